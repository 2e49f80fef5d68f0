// What a combobox needs of the browser. The list itself, and what is chosen, are the server's.

export function attach(input) {
  // Otherwise the caret jumps, Enter sends the form, and Esc closes the dialog around it.
  input.addEventListener("keydown", event => {
    const open = input.getAttribute("aria-expanded") === "true";
    if (["ArrowDown", "ArrowUp"].includes(event.key) || (open && ["Enter", "Escape"].includes(event.key))) {
      event.preventDefault();
    }
  });

  // A press on the list must not take the focus from the text box: leaving it closes the list under the pointer.
  input.closest(".combo").addEventListener("mousedown", event => {
    if (event.target !== input) {
      event.preventDefault();
    }
  });

  // A choice is replaced as a whole, not edited letter by letter.
  input.addEventListener("focus", () => input.select());

  const active = () => document.getElementById(input.getAttribute("aria-activedescendant") ?? "");
  new MutationObserver(() => active()?.scrollIntoView({ block: "nearest" }))
    .observe(input, { attributeFilter: ["aria-activedescendant"] });
}
