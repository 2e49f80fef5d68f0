// Keyboard of the staff pages. Ctrl+K works everywhere; single keys only while a list has the focus, so that they never
// meet somebody who types or speaks. The page marks its list with data-list and a button or link with data-key="n"; the
// arrow down leads from the page's search into the list. A button with aria-keyshortcuts="Control+S" is pressed by that,
// wherever the focus is.

const search = () => document.querySelector('main input[type="search"]');
const rows = list => [...list.querySelectorAll("tbody tr, li")].filter(row => row.querySelector("a[href], button"));

// A dialog that stands before the page, of the browser's own or of the library.
const dialog = () => document.querySelector("dialog[open], .mud-dialog");

function find() {
  if (!dialog()) {
    document.querySelector("[data-find]")?.click();
  }
}

function move(list, row, step) {
  const all = rows(list);
  all[all.indexOf(row) + step]?.querySelector("a[href], button").focus();
}

function listKey(event, list) {
  const key = event.key.toLowerCase();
  if (key === "arrowdown" || key === "arrowup") {
    move(list, event.target.closest("tr, li"), key === "arrowdown" ? 1 : -1);
    return true;
  }
  const target = key === "/" ? search() : document.querySelector(`main [data-key="${CSS.escape(key)}"]`);
  if (key.length !== 1 || !target) {
    return false;
  }
  target.focus();
  if (key !== "/") {
    target.click();
  }
  return true;
}

// The button for a chord with Ctrl; null when a dialog stands before it.
function chordButton(event) {
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  return dialog() ? null : document.querySelector(`main button[aria-keyshortcuts="Control+${CSS.escape(key)}"]`);
}

function controlKey(event) {
  if (event.key.toLowerCase() === "k") {
    event.preventDefault();
    find();
    return;
  }
  const button = chordButton(event);
  if (button) {
    event.preventDefault();
    button.click();
  }
}

document.addEventListener("keydown", event => {
  // An open list of choices has taken the key for itself.
  if (event.defaultPrevented) {
    return;
  }
  if (event.ctrlKey && !event.altKey && !event.shiftKey && !event.metaKey) {
    controlKey(event);
    return;
  }
  if (event.key === "ArrowDown" && event.target === search()) {
    event.preventDefault();
    rows(document.querySelector("main [data-list]") ?? event.target)[0]?.querySelector("a[href], button").focus();
    return;
  }
  const list = event.target.closest?.("[data-list]");
  const typing = event.target.matches?.("input, select, textarea, [contenteditable]");
  if (list && !typing && !event.ctrlKey && !event.altKey && !event.metaKey && listKey(event, list)) {
    event.preventDefault();
  }
});
