// Warns before an idle session ends, on every page, and leaves the page when it has ended. The server decides: it knows
// what people did in the other tabs too, and ends the session by itself when this script does not run.

const dialog = document.getElementById("idle-warning");
const { address, ended } = dialog.dataset;
const warning = Number(dialog.dataset.warning) * 1000;
const ring = dialog.querySelector("[role=timer]");
const [number, spoken] = ring.querySelectorAll("span");
const arc = ring.querySelector("circle:last-child");
const stay = dialog.querySelector("[data-stay]");
const tabs = new BroadcastChannel("clinic-session");

let endsAt = Date.now() + Number(dialog.dataset.left) * 1000;
let timer;
let ticking;

// Nothing of the page may be seen while, and after, the browser goes on.
function leave() {
  document.documentElement.hidden = true;
  tabs.postMessage("ended");
  location.replace(ended);
}

// GET asks how long the session lasts; POST says besides that somebody did something. True when the server answered.
async function ask(method) {
  let answer;
  try {
    answer = await fetch(address, { method, cache: "no-store", redirect: "manual" });
  } catch {
    return false;
  }
  if (answer.status === 401) {
    leave();
  } else if (answer.ok) {
    const { left, extendable } = await answer.json();
    endsAt = Date.now() + left * 1000;
    for (const part of dialog.querySelectorAll("[data-when]")) {
      part.hidden = (part.dataset.when === "extendable") !== extendable;
    }
    stay.hidden = !extendable;
    document.documentElement.hidden = false;
    plan();
  }
  return answer.ok;
}

function plan() {
  clearTimeout(timer);
  const left = endsAt - Date.now();
  // A second more: the server's answer is in whole seconds.
  if (left <= warning + 1000) {
    show();
  } else {
    hide();
    timer = setTimeout(() => ask("GET"), left - warning);
  }
}

function show() {
  if (!dialog.open) {
    dialog.showModal();
  }
  clearInterval(ticking);
  ticking = setInterval(tick, 1000);
  tick();
}

function hide() {
  clearInterval(ticking);
  if (dialog.open) {
    dialog.close();
  }
}

async function tick() {
  const seconds = Math.max(0, Math.ceil((endsAt - Date.now()) / 1000));
  number.textContent = seconds;
  arc.setAttribute("stroke-dasharray", `${seconds} ${warning / 1000}`);
  if ([60, 30, 10].includes(seconds) || !spoken.textContent) {
    spoken.textContent = ring.dataset.label.replace("{0}", seconds);
  }
  if (seconds === 0) {
    clearInterval(ticking);
    // Without a connection nobody can say that the session goes on: the page is left all the same.
    if (!await ask("GET")) {
      leave();
    }
  }
}

// What somebody does is told to the server now and then, also where the page itself sends nothing: typing in a field, or
// reading on. While the warning stands only its buttons count.
const every = warning / 4;
let toldAt = 0;
let telling = null;

function tell() {
  telling = null;
  toldAt = Date.now();
  ask("POST");
}

function noteInput(event) {
  if (event.isTrusted && !dialog.open) {
    telling ??= setTimeout(tell, Math.max(0, toldAt + every - Date.now()));
  }
}

for (const type of ["pointerdown", "keydown", "input", "wheel", "touchmove"]) {
  addEventListener(type, noteInput, { capture: true, passive: true });
}

async function remain() {
  await ask("POST");
  tabs.postMessage("stay");
}

stay.addEventListener("click", remain);
dialog.addEventListener("cancel", event => {
  event.preventDefault();
  if (!stay.hidden) {
    remain();
  }
});
tabs.addEventListener("message", () => ask("GET"));

// A tablet that slept, or a page that the browser kept: it is shown again only once the server says that it may.
function look() {
  if (document.visibilityState === "visible") {
    document.documentElement.hidden = Date.now() >= endsAt;
    ask("GET");
  }
}

document.addEventListener("visibilitychange", look);
addEventListener("pageshow", event => event.persisted && look());
plan();
