// Dialogs: asking for a mediator, topics, removing, earlier versions, keys and settings, the end of a session.

import { CLOSED, request } from "../lib/connection.js";
import { fill, words } from "../lib/say.js";
import { toast } from "../lib/toast.js";
import { make, part } from "./nodes.js";
import { choose, LONGEST_HOLD, settings } from "./settings.js";

export class Dialogs {
  constructor(room) {
    this.room = room;
    for (const form of document.querySelectorAll("form[data-form]")) {
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.#submit(form);
      });
    }
  }

  #find = (name) => document.querySelector(name === "ask" ? "#ask" : `[data-dialog="${name}"]`);

  /** `thread` and `seq` say what it is about. */
  open(name, { thread = null, seq = null } = {}) {
    const dialog = this.#find(name);
    if (!dialog || dialog.open) return;
    const form = dialog.querySelector("form");
    this.about = { thread, seq };
    form?.reset();
    if (form) part(form, "error").hidden = true;
    if (name === "rename") form.elements.title.value = this.room.state.threads[thread].title;
    if (name === "topic") this.#audiences(form);
    if (name === "keys") this.#settings(dialog);
    dialog.showModal();
    dialog.querySelector("input:not([type=hidden]), textarea")?.focus();
  }

  /** Only who can be written to now. */
  #audiences(form) {
    const choices = [...form.querySelectorAll("[name=audience]")];
    for (const choice of choices) choice.closest("label").hidden = !this.room.state.room.can.open_topic.includes(choice.value);
    const first = choices.find((choice) => !choice.closest("label").hidden);
    if (first) first.checked = true;
  }

  #requests = {
    ask: (data, room) => request("POST", `/api/rooms/${room}/help/`, { note: data.get("note") }),
    topic: (data, room) =>
      request("POST", `/api/rooms/${room}/threads/`, { title: data.get("title"), audience: data.get("audience") }),
    rename: (data) => request("PATCH", `/api/threads/${this.about.thread}/`, { title: data.get("title") }),
    remove: (data) =>
      request("DELETE", `/api/threads/${this.about.thread}/messages/${this.about.seq}/`, { reason: data.get("reason") }),
  };

  async #submit(form) {
    const button = form.querySelector(".dialog-do .btn:last-child");
    const error = part(form, "error");
    button.disabled = true;
    try {
      const answer = await this.#requests[form.dataset.form](new FormData(form), this.room.state.room.id);
      form.closest("dialog").close();
      if (form.dataset.form === "topic") this.room.lanes.showSoon(answer.id);
    } catch (refused) {
      error.textContent = refused.message || words.actions.failed;
      error.hidden = false;
    } finally {
      button.disabled = false;
    }
  }

  /** What a message said before each change. */
  async versions(thread, seq) {
    const dialog = this.#find("versions");
    const { telling, history, moments } = this.room;
    const answer = await telling.try(request("GET", `/api/threads/${thread}/messages/${seq}/versions/`));
    if (!answer) return;
    const earlier = answer.versions.map(({ at, replaced_at, text }) => [
      fill(words.actions.version, { time: moments.clock(at ?? replaced_at) }), text,
    ]);
    const rows = [...earlier, [words.actions.version_now, history.lineOf(thread, seq).text]];
    part(dialog, "versions").replaceChildren(...rows.map(([when, text]) =>
      make("li", {}, make("p", { className: "label" }, when), make("p", { className: "version-text" }, text))));
    dialog.showModal();
  }

  #settings(dialog) {
    for (const field of dialog.querySelectorAll("[data-setting]")) {
      const { setting } = field.dataset;
      const isSwitch = field.type === "checkbox";
      if (isSwitch) field.checked = settings[setting];
      else field.value = settings[setting];
      const value = () => (isSwitch ? field.checked : Math.min(LONGEST_HOLD, Math.max(0, Number(field.value) || 0)));
      field.onchange = () => {
        choose(setting, value());
        dialog.addEventListener("close", () => toast(words.actions.kept), { once: true });
      };
    }
  }

  /** The session ended, or the room is no longer theirs. The page stays as it is, with what they wrote. */
  ended(code) {
    const dialog = this.#find("ended");
    const said = words.connection;
    const isGone = code === CLOSED.forbidden;
    part(dialog, "heading").textContent = isGone ? said.removed : said.ended;
    part(dialog, "text").textContent = isGone ? said.removed_more : said.ended_more;
    part(dialog, "sign-in").hidden = isGone;
    if (!dialog.open) dialog.showModal();
  }
}
