// Buttons that print the page: <button type="button" data-print>. On a page without a circuit such a button is hidden
// until this runs, so that without a script there is no button that does nothing.

for (const button of document.querySelectorAll("button[data-print][hidden]")) {
  button.hidden = false;
}

document.addEventListener("click", event => {
  if (event.target.closest?.("button[data-print]")) {
    print();
  }
});
