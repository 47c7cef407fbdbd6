// What was typed in a step of a claim and not sent yet is kept on this device, so that a reload loses nothing. Going on
// hands it to the draft on the server; what the server has then is the newer one.

const form = document.querySelector("[data-part=claim-step]");
const key = form.dataset.keepAs;

const written = () =>
  Object.fromEntries([...new FormData(form)].filter(([name]) => !["csrfmiddlewaretoken", "step"].includes(name)));

/** Storage can be off or hold what is not ours: then nothing is kept. */
function stored() {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function keep(value) {
  try {
    if (value) localStorage.setItem(key, JSON.stringify(value));
    else localStorage.removeItem(key);
  } catch {
    // The draft on the server remains.
  }
}

const server = written();
const before = stored();
if (before && JSON.stringify(before.server) === JSON.stringify(server)) {
  for (const [name, value] of Object.entries(before.typed ?? {})) {
    const field = form.elements[name];
    if (field) field.value = value;
  }
} else keep(null);

form.addEventListener("input", () => keep({ server, typed: written() }));
