// Links within the page: the skip link, and an error summary's lines that lead to their fields. A plain "#field" would
// be resolved against <base href="/"> and leave the page.

const focusable = "input, select, textarea, button, a[href], [tabindex]";

document.addEventListener("click", event => {
  const link = event.target.closest?.('a[href^="#"]');
  const target = link && document.getElementById(link.getAttribute("href").slice(1));
  if (!target) {
    return;
  }
  event.preventDefault();
  const field = target.matches(focusable) ? target : target.querySelector(focusable) ?? target;
  field.focus();
}, { capture: true });
