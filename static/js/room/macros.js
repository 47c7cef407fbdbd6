// Words that agents say often: "/" at the begin of the field, then a part of a name. What is chosen is put into the
// field to be read and changed; nothing is sent by it.

import { request } from "../lib/connection.js";
import { fill, threadWords, words } from "../lib/say.js";
import { Choices } from "./choices.js";
import { make } from "./nodes.js";

const TYPED = /^\/([^\s/]*)$/;
const OPEN = "…";
const FRESH_MS = 30_000; // a deadline or a name in them may have changed since

/** Those with the words in their name, title or text; whose short name begins so come first. */
export function found(macros, typed) {
  const wanted = typed.toLowerCase();
  const has = (macro) => [macro.key, macro.title, macro.text].some((text) => text.toLowerCase().includes(wanted));
  const begins = ({ key }) => Number(key.startsWith(wanted));
  return macros.filter(has).sort((one, other) => begins(other) - begins(one));
}

export class Macros {
  constructor(room, threadId, { form, text, onPick }) {
    Object.assign(this, { room, threadId, text, onPick, macros: [], readAt: -Infinity, turn: 0 });
    this.searched = make("span");
    this.readers = make("b");
    const list = make("div", { id: `macros-${threadId}`, ariaLabel: words.macros.name, tabIndex: 0 });
    list.setAttribute("role", "listbox");
    this.box = make("div", { className: "menu macros", hidden: true }, this.#head(), list, footOf());
    form.append(this.box);
    this.choices = new Choices({ text, list, box: this.box, onPick: (option) => this.#put(option.dataset.macro) });
    text.addEventListener("input", () => this.#offer());
    text.addEventListener("blur", () => this.#leave());
  }

  /** Whether the key was for the list, or for going on to the next place that is to be filled in. */
  key(event) {
    if (event.key === "Escape") this.turn += 1; // also for a list that is still being asked for
    return this.choices.key(event) || (event.key === "Tab" && !event.shiftKey && this.#next());
  }

  /** Only in what was put in, and only as long as something is open: otherwise Tab leaves the field as ever. */
  #next() {
    const { value, selectionEnd } = this.text;
    const open = this.isFilling ? value.indexOf(OPEN, selectionEnd) : -1;
    this.isFilling = open >= 0;
    if (this.isFilling) this.text.setSelectionRange(open, open + OPEN.length);
    return this.isFilling;
  }

  #head() {
    const [before, after] = words.macros.read_by.split("%(who)s");
    const readers = make("span", { className: "push" }, before, this.readers, after);
    return make("div", { className: "menu-head" }, make("b", {}, words.macros.name), this.searched, readers);
  }

  #leave() {
    this.turn += 1;
    this.choices.close();
  }

  async #offer() {
    if (!TYPED.test(this.text.value)) return this.#leave();
    const turn = (this.turn += 1);
    if (!(await this.#read()) || turn !== this.turn) return;
    const typed = TYPED.exec(this.text.value)?.[1]; // what stands there by now
    if (typed === undefined) return this.choices.close();
    this.searched.textContent = fill(words.macros.searched, { text: typed });
    this.readers.textContent = threadWords(this.room.state, this.room.state.threads[this.threadId]).to;
    const fitting = found(this.macros, typed);
    this.choices.show(fitting.map(optionOf));
    if (!fitting.length && typed) this.room.telling.announce(fill(words.macros.none, { text: typed }));
  }

  /** Whether there is a list to choose from; without a line, "/" is a letter like any other. */
  async #read() {
    if (performance.now() - this.readAt < FRESH_MS) return true;
    try {
      this.macros = (await request("GET", `/api/threads/${this.threadId}/macros/`)).macros;
      this.readAt = performance.now();
      return true;
    } catch {
      return false;
    }
  }

  #put(key) {
    const macro = this.macros.find((one) => one.key === key);
    this.choices.close();
    this.text.value = macro.text;
    this.text.focus();
    this.text.setSelectionRange(0, 0);
    this.isFilling = true;
    const isOpen = this.#next();
    if (!isOpen) this.text.setSelectionRange(macro.text.length, macro.text.length);
    this.room.telling.announce(fill(isOpen ? words.macros.is_open : words.macros.is_put, { title: macro.title }));
    this.onPick();
  }
}

function optionOf({ key, title, text, languages }) {
  const name = make("b", {}, `${title} `, make("span", { className: "label" }, `/${key}`));
  const spoken = make("span", { className: "label" }, languages.join(" ").toUpperCase());
  return make("div", { className: "menu-item", data: { macro: key } }, name, spoken, make("small", {}, text));
}

function footOf() {
  const keys = [["↑", ""], ["↓", words.macros.choose], ["Enter", words.macros.put], ["Esc", words.macros.close]];
  return make("div", { className: "menu-head", ariaHidden: "true" }, ...keys.flatMap(([key, word]) => [make("kbd", {}, key), word]));
}
