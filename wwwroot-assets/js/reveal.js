// Show and hide buttons of password fields:
// <button type="button" aria-controls="id of the field" data-hide="Hide" hidden>Show<span class="vh"> password</span></button>
// The button is hidden until this runs, so that without a script there is no button that does nothing.

for (const button of document.querySelectorAll(".reveal > button[aria-controls]")) {
  const field = document.getElementById(button.getAttribute("aria-controls"));
  const word = button.firstChild;
  const words = { password: word.textContent, text: button.dataset.hide };

  const set = type => {
    field.type = type;
    word.textContent = words[type];
  };

  button.hidden = false;
  button.addEventListener("click", () => set(field.type === "password" ? "text" : "password"));
  // A revealed password must not end up among the browser's remembered texts.
  field.form?.addEventListener("submit", () => set("password"));
}
