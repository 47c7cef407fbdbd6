// Words for people who do not look at the lines: the polite announcer, alerts, toasts.

import { fill, kindOf, person, plural, shortened, words } from "../lib/say.js";
import { icon, make } from "./nodes.js";

const PAUSE_MS = 3_000;
const TOAST_MS = 6_000;
const SPOKEN = 80;

export class Telling {
  constructor(room) {
    this.room = room;
    this.waiting = [];
    this.timer = null;
  }

  /** Politely, at most once in three seconds; messages that pile up meanwhile are counted. */
  announce(text, { isMessage = false } = {}) {
    this.waiting.push({ text, isMessage });
    if (!this.timer) this.#next();
  }

  /** New lines of others, with their audience first where it is a private one. */
  lines(thread, lines) {
    const { state } = this.room;
    const said = words.announced[kindOf(state.threads[thread].audience)];
    for (const line of lines) {
      const name = person(state, line.author).first_name;
      this.announce(fill(said, { name, text: shortened(line.text, SPOKEN) }), { isMessage: true });
    }
  }

  #next() {
    const waiting = this.waiting.splice(0);
    this.timer = waiting.length ? setTimeout(() => this.#next(), PAUSE_MS) : null;
    if (!waiting.length) return;
    const messages = waiting.filter((each) => each.isMessage);
    const said = waiting.filter((each) => !each.isMessage).map((each) => each.text);
    if (messages.length === 1) said.push(messages[0].text);
    else if (messages.length) said.push(plural("new_messages", messages.length));
    document.getElementById("announcer").textContent = said.join(". ");
  }

  alert(text) {
    document.getElementById("alerts").textContent = text;
  }

  toast(text) {
    const toast = make("div", { className: "toast" }, icon("info"), text);
    document.getElementById("toasts").append(toast);
    setTimeout(() => toast.remove(), TOAST_MS);
  }

  /** The answer of a request, or null with a word about what went wrong. */
  async try(asked, { quiet = false } = {}) {
    try {
      return (await asked) ?? true;
    } catch (refused) {
      if (!quiet) this.toast(refused.message || words.actions.failed);
      return null;
    }
  }
}
