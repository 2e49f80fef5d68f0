// Keyboard of the staff pages. Ctrl+K works everywhere; single keys only while a list has the focus, so that they never
// meet somebody who types or speaks. The page marks its list with data-list and a button or link with data-key="n"; the
// arrow down leads from the page's search into the list. A button with aria-keyshortcuts="Control+S" is pressed by that,
// wherever the focus is.

const search = () => document.querySelector('main input[type="search"]');
// What a row is reached by. On a board that is its button, if it has one: Enter is the next act.
const handle = row => (row?.closest("[data-board]") && row.querySelector("button")) || row?.querySelector("a[href], button");
const rows = list => [...list.querySelectorAll("tbody tr, li")].filter(row => row.querySelector("a[href], button"));

// A dialog that stands before the page, of the browser's own or of the library.
const dialog = () => document.querySelector("dialog[open], .mud-dialog");

function find() {
  if (!dialog()) {
    document.querySelector("[data-find]")?.click();
  }
}

// A text box with a list open below it: Enter takes what is chosen there and sends no form, the arrows move there and not
// in the text, and Esc closes that list alone. The list hears of Enter and Esc when the key is let go.
const hasList = box => box.matches?.('input[role="combobox"]') && box.getAttribute("aria-expanded") === "true";
let sent = false;

function comboboxKey(event) {
  if (event.key === "Enter") {
    sent = event.target.matches?.('input[role="combobox"]') && !hasList(event.target);
  }
  if (!hasList(event.target) || !["Enter", "Escape", "ArrowDown", "ArrowUp"].includes(event.key)) {
    return;
  }
  event.preventDefault();
  // The palette is left at once: its list is no list that opens.
  if (event.key === "Escape" && event.target.closest(".search-field")) {
    event.stopPropagation();
  }
}

document.addEventListener("keydown", comboboxKey, true);

// An Enter that sent the form opens no list.
document.addEventListener("keyup", event => {
  if (event.key === "Enter" && sent) {
    sent = false;
    event.stopPropagation();
  }
}, true);

// What stands in the box is chosen as a whole when it gets the focus. Here and not by the library, whose way over the server
// would choose what is typed meanwhile.
document.addEventListener("focusin", event => {
  if (event.target.matches?.('.search-field input[role="combobox"]')) {
    event.target.select();
  }
});

// The field of a closed calendar is a text field: a blank is a blank, and Enter sends what was typed. The library keeps these
// keys for the calendar, which opens by Alt and the arrow down.
document.addEventListener("keydown", event => {
  const picker = event.target.matches?.(".mud-picker input") && !document.querySelector(".mud-picker-open")
    ? event.target.closest(".mud-picker") : null;
  if (!picker || event.ctrlKey || event.metaKey || ![" ", "Enter", "Backspace", "ArrowDown", "ArrowUp"].includes(event.key)) {
    return;
  }
  event.stopPropagation();
  if (event.altKey && event.key === "ArrowDown") {
    event.preventDefault();
    picker.querySelector("button").click();
  }
}, true);

// A press on the list leaves the focus in the text box: leaving it closes the list under the pointer.
document.addEventListener("mousedown", event => {
  if (event.target.closest?.(".search-list")) {
    event.preventDefault();
  }
});

function move(list, row, step) {
  const all = rows(list);
  handle(all[all.indexOf(row) + step])?.focus();
}

// A row leaves its column when its act is done, and the next one slides under the hand: the second press of a double click
// is not meant for that one.
document.addEventListener("click", event => {
  if (event.detail > 1 && event.target.closest?.("[data-board]")) {
    event.preventDefault();
    event.stopPropagation();
  }
}, true);

// Nor is Enter held: the focus goes on to the next row by itself.
document.addEventListener("keydown", event => {
  if (event.repeat && (event.key === "Enter" || event.key === " ") && event.target.closest?.('[data-board], [data-key="u"]')) {
    event.preventDefault();
    event.stopPropagation();
  }
}, true);

// Nor does an Enter that is still held from the press that opened a dialog send it, filled as it comes. In a text of several
// lines it is typed.
document.addEventListener("keydown", event => {
  if (event.repeat && event.key === "Enter" && event.target.closest?.("dialog, .mud-dialog") && !event.target.matches("textarea")) {
    event.preventDefault();
    event.stopPropagation();
  }
}, true);

// A row that goes to another column is made anew there, and a button whose time is over goes: the focus is given back to the row,
// or to its neighbour, until somebody presses elsewhere.
let lastRow = null;
document.addEventListener("focusin", event => {
  const row = event.target.closest?.("[data-board] [data-visit-id]");
  if (row) {
    lastRow = { visit: row.dataset.visitId, place: rows(row.closest("[data-board]")).indexOf(row) };
  }
});
document.addEventListener("pointerdown", () => { lastRow = null; });
new MutationObserver(() => {
  // The years of a calendar scroll: by keyboard as well.
  document.getElementById("pickerYears")?.setAttribute("tabindex", "0");
  const board = lastRow && document.activeElement === document.body ? document.querySelector("[data-board]") : null;
  if (board) {
    const all = rows(board);
    handle(all.find(row => row.dataset.visitId === lastRow.visit) ?? all[Math.min(lastRow.place, all.length - 1)])?.focus();
  }
}).observe(document.body, { childList: true, subtree: true });

// To the row at the same height in the next column that has any, or to its last one.
function moveAcross(list, row, step) {
  const lanes = [...list.children].filter(lane => rows(lane).length > 0);
  const from = lanes.findIndex(lane => lane.contains(row));
  const to = from >= 0 && lanes[from + step] ? rows(lanes[from + step]) : [];
  handle(to[Math.min(rows(lanes[from]).indexOf(row), to.length - 1)])?.focus();
}

// What a board has beside a list: columns, and the chart of the row by O, its next act having the focus.
function boardKey(key, list, row) {
  if (key === "arrowleft" || key === "arrowright") {
    moveAcross(list, row, key === "arrowright" ? 1 : -1);
    return true;
  }
  const chart = key === "o" ? row?.querySelector("a[href]") : null;
  chart?.click();
  return chart !== null && chart !== undefined;
}

function listKey(event, list) {
  const key = event.key.toLowerCase();
  if (list.hasAttribute("data-board") && boardKey(key, list, event.target.closest("li"))) {
    return true;
  }
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
