// Buttons that print the page: <button type="button" data-print hidden>. Hidden until this runs, so that without a
// script there is no button that does nothing.

for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
