// Keyboard of the staff pages. Ctrl+K works everywhere; single keys only while a list has the focus, so that they never
// meet somebody who types or speaks. The page marks its list with data-list and a button or link with data-key="n".

const search = () => document.querySelector('main input[type="search"]');
const rows = list => [...list.querySelectorAll("tr, li")].filter(row => row.querySelector("a[href], button"));

// True from Ctrl+K until the list of patients stands and its search has the focus.
let finding = false;

function find() {
  const link = document.querySelector("a[data-find]");
  if (!link) {
    return;
  }
  if (new URL(link.href).pathname === location.pathname && search()) {
    search().focus();
    return;
  }
  finding = true;
  link.click();
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

document.addEventListener("keydown", event => {
  if (event.ctrlKey && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
    event.preventDefault();
    find();
    return;
  }
  const list = event.target.closest?.("[data-list]");
  const typing = event.target.matches?.("input, select, textarea, [contenteditable]");
  if (list && !typing && !event.ctrlKey && !event.altKey && !event.metaKey && listKey(event, list)) {
    event.preventDefault();
  }
});

document.addEventListener("click", event => {
  if (event.target.closest?.("a[data-find]")) {
    finding = true;
  }
});

// After a navigation the heading takes the focus; who asked for the search goes on to it.
document.addEventListener("focusin", event => {
  if (finding && event.target.matches("h1") && search()) {
    finding = false;
    search().focus();
  }
});
document.addEventListener("pointerdown", () => finding = false);
