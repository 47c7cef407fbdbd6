// The conversation with the assistant without loading the page anew. Without this script the form does the same.

const form = document.querySelector("[data-part=say]");
const field = form.elements.question;

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const turns = page.querySelector("[data-part=turns]");
    if (!answer.ok || !turns) throw new Error(`answered ${answer.status}`);
    show(turns);
  } catch {
    form.submit(); // the plain way says what is wrong, and keeps what was written
  } finally {
    form.ariaBusy = "false";
  }
});

// What is new is added to the log, so that it alone is read out; of the turns before only the last one changes.
function show(turns) {
  const log = document.querySelector("[data-part=turns]");
  const before = log.children.length;
  [...turns.children].forEach((turn, at) => {
    if (at < before - 1) return;
    if (at < before) log.children[at].replaceWith(turn);
    else log.append(turn);
  });
  field.value = "";
  document.getElementById("newest")?.scrollIntoView({ block: "nearest" });
  field.focus();
}
