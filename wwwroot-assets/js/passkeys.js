// Forms that are sent with the answer of a passkey:
// <form method="post" data-passkey="create or get" data-options="address of the options" data-declined="…" data-known="…" data-failed="…" hidden>
//   <input type="hidden" name="answer"> <p role="alert" hidden></p> <button type="submit">
// Hidden until this runs in a browser that knows passkeys, so that elsewhere there is no button that does nothing;
// [data-passkey-missing] is shown in its place.

const ceremonies = {
  create: async options => navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }),
  get: async options => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }),
};

// How browsers say that the person or the device declined, and that the device has a passkey already.
const words = { NotAllowedError: "declined", AbortError: "declined", InvalidStateError: "known" };

const ask = async form => {
  const response = await fetch(form.dataset.options, { headers: { Accept: "application/json" }, cache: "no-store" });
  if (response.redirected) {
    // The session or the proof of identity is too old; the page itself leads to where that is put right.
    location.reload();
    return new Promise(() => {});
  }

  if (!response.ok) {
    throw new Error(`${response.status}`);
  }

  return ceremonies[form.dataset.passkey](await response.json());
};

const connect = form => {
  const message = form.querySelector("[role=alert]");
  const button = form.querySelector("[type=submit]");

  form.addEventListener("submit", async event => {
    event.preventDefault();
    message.hidden = true;
    button.disabled = true;
    try {
      const credential = await ask(form);
      form.elements.answer.value = JSON.stringify(credential);

      // The button stays off: what is sent is on its way.
      form.submit();
    } catch (fault) {
      message.textContent = form.dataset[words[fault.name]] ?? form.dataset.failed;
      message.hidden = false;
      button.disabled = false;
    }
  });
  addEventListener("pageshow", () => { button.disabled = false; });
  form.hidden = false;
};

if (globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON && PublicKeyCredential.parseCreationOptionsFromJSON) {
  document.querySelectorAll("form[data-passkey]").forEach(connect);
  document.querySelectorAll("[data-passkey-missing]").forEach(note => { note.hidden = true; });
}
