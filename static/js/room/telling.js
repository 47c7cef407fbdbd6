// Words for people who do not look at the lines: the polite announcer, alerts.

import { fill, kindOf, person, plural, shortened, words } from "../lib/say.js";
import { icon, make, part } from "./nodes.js";

const PAUSE_MS = 3_000;
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

  /** What was refused stays until it is closed or something else works. */
  refuse(text) {
    const main = document.getElementById("main");
    part(main, "refused")?.remove();
    if (!text) return;
    const shut = make("button", { type: "button", className: "btn", onclick: () => this.refuse(""), data: { kind: "quiet", size: "icon" } }, icon("x"));
    shut.setAttribute("aria-label", words.actions.close);
    const notice = make("div", { className: "notices", data: { part: "refused" } }, make("p", { className: "notice", data: { tone: "urgent" } }, icon("warn"), make("span", { className: "grow" }, text), shut));
    notice.setAttribute("role", "alert");
    part(main, "connection").after(notice);
  }

  /** The answer of a request, or null with a word about what went wrong. */
  async try(asked, { quiet = false } = {}) {
    try {
      const answer = (await asked) ?? true;
      if (!quiet) this.refuse("");
      return answer;
    } catch (refused) {
      if (!quiet) this.refuse(refused.message || words.actions.failed);
      return null;
    }
  }
}
