// Keeps the promise of the reconnect bar: typing goes on and nothing is lost. The Blazor script shows the state of the
// connection as a class of the bar; this module acts on it.

const bar = document.getElementById("components-reconnect-modal");
const is = state => bar.classList.contains(`components-reconnect-${state}`);
const pause = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

// A dead connection shows up to a minute late, and what was typed in between was sent into nothing.
const unnoticed = 60_000;
const typed = new Map();
let lostAt = null;

document.addEventListener("input", event => {
  [...typed.keys()].filter(field => !field.isConnected).forEach(field => typed.delete(field));
  typed.set(event.target, performance.now());
}, { capture: true });

// The heading of a screen takes the focus when it appears, and over a slow connection that comes late: a field that
// somebody is in already keeps it, and no letter is lost.
document.addEventListener("focusin", ({ target, relatedTarget }) => {
  if (target.matches("h1") && relatedTarget?.matches("input, textarea, select")) {
    relatedTarget.focus();
  }
});

const unsent = () => [...typed].filter(([field, at]) => field.isConnected && at > lostAt - unnoticed).map(([field]) => field);

function send(field) {
  // Of several choices only the one that stands was meant; the others were before it.
  if (field.type === "radio" && !field.checked) {
    return;
  }
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

// A form of the page that is sent meanwhile waits, and is sent once, when the connection is back; the bar says so. Forms
// with a method go to the server by themselves. On the window, because the Blazor script listens on the document.
const waits = bar.querySelector("[data-waits]");
let pressed = null;

window.addEventListener("submit", event => {
  if (lostAt === null || event.target.hasAttribute("method")) {
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  pressed = { form: event.target, button: event.submitter };
  waits.hidden = false;
}, { capture: true });

function goOn() {
  const { form, button } = pressed ?? {};
  pressed = null;
  waits.hidden = true;
  if (form?.isConnected) {
    form.requestSubmit(button?.isConnected ? button : null);
  }
}

// A form that names its draft in data-unsent can be sent without a circuit, as a whole: what stands in it belongs together.
// The sign-out form lends its antiforgery field. False when its text goes into no draft, and the page alone holds it.
async function post(form) {
  const body = new URLSearchParams(new FormData(document.getElementById("sign-out-form")));
  for (const { name, id, type, checked, value } of form.elements) {
    if ((name || id) && value !== undefined && (type !== "radio" || checked)) {
      body.append(name || id, type === "checkbox" ? checked : value);
    }
  }
  const { status } = await fetch(form.dataset.unsent, { method: "POST", body, redirect: "manual", signal: AbortSignal.timeout(10_000) });
  if (status === 429 || status >= 500) {
    throw new Error("busy");
  }
  return status !== 409;
}

// A text of several lines outside of such a form, a reason for instance, is nowhere but in the page.
async function keep() {
  const fields = unsent();
  let kept = !fields.some(field => field.matches("textarea") && field.value && !field.closest("[data-unsent]"));
  for (const form of new Set(fields.map(field => field.closest("[data-unsent]")).filter(form => form))) {
    kept = await post(form) && kept;
  }
  return kept;
}

// What could not be kept is not thrown away by opening the page again, unless its session ends.
async function stay() {
  bar.querySelector("[data-reopen]").addEventListener("click", () => location.reload());
  bar.dataset.stays = "";
  while (await askForSession() !== 401) {
    await pause(5_000);
  }
  location.replace("/signed-out");
}

// Null while there is no server, or none that has started.
async function askForSession() {
  try {
    const { status } = await fetch("/account/session", { cache: "no-store", signal: AbortSignal.timeout(10_000) });
    return status === 200 || status === 401 ? status : null;
  } catch {
    return null;
  }
}

// The circuit is gone for good, for instance because the server was restarted. The page opens again once the server
// answers; what was saved as a draft is there. Nothing is kept in the browser's storage: it could outlive the session.
let reopening = null;

const reopen = () => reopening ??= openAgain();

async function openAgain() {
  for (; ; await pause(3_000)) {
    try {
      const status = await askForSession();
      if (status === 401) {
        location.replace("/signed-out");
        return;
      }
      if (status === 200) {
        if (await keep()) {
          location.reload();
        } else {
          await stay();
        }
        return;
      }
    } catch {
      // Gone again while it was sent: the next round begins anew.
    }
  }
}

// The Blazor script tries ever more seldom, gives up after some minutes, and takes a server that refuses for one that is
// away. So the server itself is asked: a tablet that was asleep, or whose session has ended, comes back by itself.
let watching = false;

// A server that answers this often while its circuit does not come back has no such circuit any more.
const patience = 3;

async function watch() {
  if (watching) {
    return;
  }
  watching = true;
  let answered = 0;
  while (is("show") || is("failed")) {
    await pause(5_000);
    const status = await askForSession();
    answered = status === 200 ? answered + 1 : 0;
    if (answered >= patience || status === 401 || (status === 200 && is("failed") && !await reconnect())) {
      await reopen();
    }
    if (status === 200 && is("show")) {
      // What the script takes as a reason to try at once.
      document.dispatchEvent(new Event("visibilitychange"));
    }
  }
  watching = false;
}

async function reconnect() {
  try {
    // It may never answer, when the script was at something else.
    return await Promise.race([Blazor.reconnect(), pause(10_000).then(() => false)]);
  } catch {
    return false;
  }
}

// Signing out ends the circuit before the next page is there, and nothing is to be got back then. A page that stands for
// longer than that takes its time has not been left after all.
window.addEventListener("submit", ({ target }) => {
  const handler = target.id === "sign-out-form" && window.Blazor?.defaultReconnectionHandler;
  if (handler) {
    const lost = handler.onConnectionDown;
    handler.onConnectionDown = (...what) => pause(10_000).then(() => lost.apply(handler, what));
  }
}, { capture: true });

new MutationObserver(() => {
  if (is("show") || is("failed")) {
    lostAt ??= performance.now();
    watch();
  } else if (is("hide") && lostAt !== null) {
    unsent().forEach(send);
    typed.clear();
    lostAt = null;
    goOn();
  } else if (is("rejected") || is("paused") || is("resume-failed")) {
    reopen();
  }
}).observe(bar, { attributeFilter: ["class"] });
