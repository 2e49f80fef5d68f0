// A form that is on its way is not sent again, however often its button is pressed or Enter is held: a second arrival would
// begin a second sign-in, or spend a code that the first has spent. Nothing is switched off, so that the name and value of the
// button go along and the focus stays where it is.

// Longer than an answer takes: whoever stopped the page, or got no answer, is not left with a form that does nothing.
const patience = 20_000;

let sentAt = new WeakMap();

document.addEventListener("submit", event => {
  if (event.defaultPrevented) {
    return;
  }

  if (event.timeStamp - sentAt.get(event.target) < patience) {
    event.preventDefault();
  } else {
    sentAt.set(event.target, event.timeStamp);
  }
});

// Shown again, from the browser's memory: by Back, after the answer or in place of it.
addEventListener("pageshow", () => { sentAt = new WeakMap(); });
