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

const unsent = () => [...typed].filter(([field, at]) => field.isConnected && at > lostAt - unnoticed).map(([field]) => field);

function send(field) {
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

// A field that names an address in data-unsent can be sent without a circuit. The sign-out form lends its antiforgery
// field.
async function post(field) {
  const body = new URLSearchParams(new FormData(document.getElementById("sign-out-form")));
  body.append(field.name, field.value);
  await fetch(field.dataset.unsent, { method: "POST", body, redirect: "manual" });
}

// The circuit is gone for good, for instance because the server was restarted. The page opens again once the server
// answers; what was saved as a draft is there. Nothing is kept in the browser's storage: it could outlive the session.
async function reopen() {
  try {
    for (const field of unsent().filter(field => field.dataset.unsent)) {
      await post(field);
    }
    const session = await fetch("/account/session", { cache: "no-store" });
    if (session.status === 401) {
      location.replace("/signed-out");
    } else {
      location.reload();
    }
  } catch {
    await pause(3_000);
    await reopen();
  }
}

// The Blazor script gives up after some minutes. A tablet that was asleep should come back by itself all the same.
async function retry() {
  while (is("failed")) {
    await pause(5_000);
    try {
      if (!await Blazor.reconnect()) {
        await reopen();
        return;
      }
    } catch {
      // Still no server: the next round tries again.
    }
  }
}

new MutationObserver(() => {
  if (is("show")) {
    lostAt ??= performance.now();
  } else if (is("hide") && lostAt !== null) {
    unsent().forEach(send);
    typed.clear();
    lostAt = null;
  } else if (is("failed")) {
    retry();
  } else if (is("rejected")) {
    reopen();
  }
}).observe(bar, { attributeFilter: ["class"] });
