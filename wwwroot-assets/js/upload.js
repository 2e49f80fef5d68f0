// Sends files that were chosen, dropped or photographed, one after the other, each as the body of a request of its own. Nothing of
// them goes through the circuit, which only hears that one has arrived. The part's markup, words and address stand in the page.

// A line on which nothing has moved for so long is dead, whatever the browser thinks of it.
const patience = 60_000;

// A screen reader hears every tenth part, not every one.
const spokenStep = 10;

const fill = (words, ...values) => values.reduce((text, value, at) => text.replace(`{${at}}`, () => value), words);

// Half of a pair of code units is no text, and no address can carry it.
const nameOf = file => file.name.slice(-255).replace(/\p{Surrogate}/gu, "\uFFFD");

// The sign-out form of the page lends its antiforgery field.
const token = () => document.querySelector("#sign-out-form [name='__RequestVerificationToken']")?.value ?? "";

const hasFiles = event => event.dataTransfer?.types.includes("Files");

export function begin(root, page) {
  const { address, most, ended: signedOut } = root.dataset;
  const words = JSON.parse(root.dataset.words);
  const find = name => root.querySelector(`[data-${name}]`);
  const [files, spoken, model] = [find("files"), find("spoken"), find("model").firstElementChild];
  const inputs = [...root.querySelectorAll("input[type=file]")];
  const waiting = [];
  const ending = new AbortController();
  let sending = null;
  let busy = false;

  const say = text => { spoken.textContent = text; };
  const stayHere = event => event.preventDefault();

  // The page warns before it is left while something is on its way, and only then.
  function showBusy(now) {
    if (now === busy) {
      return;
    }
    busy = now;
    (busy ? addEventListener : removeEventListener)("beforeunload", stayHere);
    page.invokeMethodAsync("SetBusyAsync", busy).catch(() => {});
  }

  function rowOf(file) {
    const row = model.cloneNode(true);
    const part = name => row.querySelector(`[data-${name}]`);
    const item = { file, name: nameOf(file), command: crypto.randomUUID(), row, part, heard: 0, request: null };
    part("name").textContent = item.name;
    row.querySelectorAll("[data-of]").forEach(of => { of.textContent = ` ${item.name}`; });
    row.querySelector("progress").setAttribute("aria-label", item.name);
    part("cancel").addEventListener("click", () => cancel(item));
    part("dismiss").addEventListener("click", () => drop(item));
    part("again").addEventListener("click", () => queue(item));
    files.append(row);
    return item;
  }

  // Whoever stood on a button of a row that goes is led back to where files are chosen.
  function drop(item) {
    const held = item.row.contains(document.activeElement);
    item.row.remove();
    if (held) {
      inputs[0].focus();
    }
  }

  function fail(item, problem) {
    const held = item.row.contains(document.activeElement);
    item.part("going").hidden = true;
    item.part("failed").hidden = false;
    item.part("problem").textContent = problem;
    if (held) {
      item.part("again").focus();
    }
  }

  function show(item, share) {
    item.row.querySelector("progress").value = share;
    item.part("share").textContent = fill(words.share, share);
    if (share - item.heard >= spokenStep) {
      item.heard = share;
      say(fill(words.progress, item.name, share));
    }
  }

  function take(chosen) {
    for (const file of chosen) {
      queue(rowOf(file));
    }
  }

  function queue(item) {
    item.heard = 0;
    item.part("problem").textContent = "";
    item.part("failed").hidden = true;
    item.part("going").hidden = false;
    item.row.querySelector("progress").value = 0;
    item.part("share").textContent = words.waiting;
    if (item.file.size > Number(most)) {
      fail(item, words.large);
    } else {
      waiting.push(item);
      next();
    }
  }

  function cancel(item) {
    say(fill(words.cancelled, item.name));
    drop(item);
    if (item === sending) {
      item.request.abort();
    } else {
      waiting.splice(waiting.indexOf(item), 1);
    }
  }

  function next() {
    if (sending || ending.signal.aborted) {
      return;
    }
    sending = waiting.shift() ?? null;
    if (sending) {
      showBusy(true);
      send(sending);
    }
  }

  function send(item) {
    const request = item.request = new XMLHttpRequest();
    let watch;
    let silent = false;
    const stir = () => {
      clearTimeout(watch);
      watch = setTimeout(() => {
        silent = true;
        request.abort();
      }, patience);
    };
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      stir();
      show(item, total > 0 ? Math.floor(100 * loaded / total) : 0);
    });
    request.addEventListener("loadend", () => {
      clearTimeout(watch);
      sending = null;
      if (request.status === 201) {
        say(fill(words.done, item.name));
        drop(item);
        page.invokeMethodAsync("UploadedAsync").catch(() => {});
      } else if (request.status === 401) {
        removeEventListener("beforeunload", stayHere);
        location.replace(signedOut);
        return;
      } else if (item.row.isConnected) {
        fail(item, request.status === 0 || silent ? words.lost : problemOf(request));
      }
      if (waiting.length === 0) {
        showBusy(false);
      }
      next();
    });
    request.open("POST", address);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("RequestVerificationToken", token());
    request.setRequestHeader("X-Command-Id", item.command);
    request.setRequestHeader("X-File-Name", encodeURIComponent(item.name));
    stir();
    request.send(item.file);
  }

  // What the clinic says of the file, in words; a page that stands in the answer's place says nothing of it.
  function problemOf({ status, responseText }) {
    try {
      return JSON.parse(responseText).message ?? words.failed;
    } catch {
      return status === 413 ? words.large : [408, 429, 503].includes(status) ? words.busy : words.failed;
    }
  }

  for (const input of inputs) {
    input.addEventListener("change", () => {
      take(input.files);

      // The same file can be chosen once more.
      input.value = "";
    }, ending);
  }

  root.addEventListener("dragover", event => root.classList.toggle("is-over", hasFiles(event)), ending);
  root.addEventListener("dragleave", event => {
    if (!root.contains(event.relatedTarget)) {
      root.classList.remove("is-over");
    }
  }, ending);
  root.addEventListener("drop", event => {
    root.classList.remove("is-over");
    take(event.dataTransfer.files);
  }, ending);

  // A file that misses its place must not open in place of the page.
  for (const type of ["dragover", "drop"]) {
    addEventListener(type, event => hasFiles(event) && event.preventDefault(), ending);
  }

  return {
    end: () => {
      ending.abort();
      removeEventListener("beforeunload", stayHere);
      sending?.request.abort();
    },
  };
}
