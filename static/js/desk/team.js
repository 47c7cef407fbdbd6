// The team room follows by itself, and what one writes stays in the field until it was taken.

import { csrfToken } from "../lib/connection.js";
import { inTurns } from "../lib/turns.js";
import { draw, follow } from "./follow.js";

const lines = document.querySelector("[data-part=lines]");
const form = document.querySelector("[data-part=write]");
const announcer = document.getElementById("announcer");

const newest = () => lines.querySelector("[data-line]");

const refresh = inTurns(async () => {
  const before = newest()?.dataset.line;
  if (!(await draw("lines", lines))) return;
  const now = newest();
  if (now && now.dataset.line !== before && !("own" in now.dataset)) announcer.textContent = lines.dataset.one;
});

function refuse(message) {
  const place = form.querySelector("[data-part=refusal]");
  place.hidden = !message;
  place.querySelector("b").textContent = message;
}

async function send() {
  const button = form.querySelector("button");
  button.disabled = true;
  try {
    const headers = { "X-Part": "act", "X-CSRFToken": csrfToken() };
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers, credentials: "same-origin" });
    if (!answer.ok) return refuse((await answer.json()).message);
    refuse("");
    form.elements.text.value = "";
    form.elements.client_id.value = crypto.randomUUID();
    await refresh();
  } catch {
    refuse(lines.dataset.offline);
  } finally {
    button.disabled = false;
  }
}

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});
form?.elements.text.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
});

follow(refresh, ["team"]);
