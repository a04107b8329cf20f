// Passkeys: the browser is asked, its answer goes with the form. Without script or without passkeys the buttons stay away.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const words = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
const named = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

async function made(options) {
  const user = { ...options.user, id: bytes(options.user.id) };
  const publicKey = { ...options, user, challenge: bytes(options.challenge), excludeCredentials: named(options.excludeCredentials) };
  const key = await navigator.credentials.create({ publicKey });
  return { key, response: { clientDataJSON: words(key.response.clientDataJSON), attestationObject: words(key.response.attestationObject) } };
}

async function proved(options) {
  const publicKey = { ...options, challenge: bytes(options.challenge), allowCredentials: named(options.allowCredentials) };
  const key = await navigator.credentials.get({ publicKey }), said = key.response;
  return { key, response: { clientDataJSON: words(said.clientDataJSON), authenticatorData: words(said.authenticatorData), signature: words(said.signature) } };
}

for (const button of window.PublicKeyCredential ? document.querySelectorAll("[data-passkey]") : []) {
  button.hidden = false;
  button.closest("[data-passkey-box]")?.removeAttribute("hidden");
  button.addEventListener("click", async () => {
    const form = button.form, fault = form.querySelector("[data-passkey-fault]");
    fault.textContent = "";
    try {
      const ask = button.dataset.passkey === "create" ? made : proved;
      const { key, response } = await ask(JSON.parse(button.dataset.options));
      form.elements.second_passkey.value = JSON.stringify({ id: key.id, rawId: words(key.rawId), type: key.type, response });
      form.submit();
    } catch {
      fault.textContent = button.dataset.failed;
    }
  });
}
