// A passkey is made and shown by the browser alone; who has no script types a code.
const WAYS = {
  create: (options) => navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }),
  get: (options) => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }),
};

for (const form of document.querySelectorAll("[data-passkey]")) {
  const said = form.querySelector("[role=status]");
  const button = form.querySelector("[type=submit]");
  form.hidden = false;
  if (!window.PublicKeyCredential?.parseCreationOptionsFromJSON) {
    button.disabled = true;
    said.textContent = form.dataset.missing;
    continue;
  }
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    said.textContent = "";
    try {
      const credential = await WAYS[form.dataset.passkey](JSON.parse(form.dataset.options));
      form.elements.credential.value = JSON.stringify(credential.toJSON());
      form.submit();
    } catch {
      // Whoever changes her mind ends here, too.
      said.textContent = form.dataset.failed;
      button.disabled = false;
    }
  });
}
