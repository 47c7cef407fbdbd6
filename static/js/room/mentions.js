// Naming somebody with @: a list above the field of those who read the thread.

import { person, present, words } from "../lib/say.js";
import { Choices } from "./choices.js";
import { make } from "./nodes.js";

const TYPED = /(?:^|\s)@([\p{L}\p{N}]*)$/u;
const TYPED_NAME = /@[\p{L}\p{N}]*$/u;
const SYNTAX = /[\\^$.*+?()[\]{}|/]/g;

/** The ids of those of `cards` who are named in a text. Of names that begin alike the longest counts. */
export function mentioned(text, cards) {
  const names = cards.map(({ name }) => name.replace(SYNTAX, "\\$&")).sort((a, b) => b.length - a.length);
  const named = new RegExp(`@(${names.join("|")})(?![\\p{L}\\p{N}])`, "gu");
  const found = new Set([...text.matchAll(named)].map(([, name]) => name));
  return cards.filter(({ name }) => found.has(name)).map(({ id }) => id);
}

export class Mentions {
  /** `list` is the listbox, `text` the field, `onPick()` is called after a name was put in. */
  constructor(room, threadId, { text, list, onPick }) {
    Object.assign(this, { room, threadId, text, onPick });
    list.id = `suggest-${threadId}`;
    this.choices = new Choices({ text, list, onPick: (option) => this.#put(option.dataset.person) });
    text.addEventListener("input", () => this.#offer());
    text.addEventListener("blur", () => this.choices.close());
  }

  /** Who reads the thread beside the writer. */
  #readers() {
    const { state } = this.room;
    const { audience } = state.threads[this.threadId];
    const others = present(state).filter((card) => card.id !== state.me);
    if (audience === "joint") return others;
    return others.filter((card) => card.role === "mediator" || audience === `caucus_${card.role}`);
  }

  /** The ids of those whose names stand in a text. */
  in(text) {
    return mentioned(text, this.#readers());
  }

  /** Whether the key was for the list. */
  key(event) {
    return this.choices.key(event);
  }

  #offer() {
    const typed = TYPED.exec(this.text.value.slice(0, this.text.selectionStart));
    const wanted = typed?.[1].toLowerCase();
    const found = typed ? this.#readers().filter((card) => card.name.toLowerCase().includes(wanted)) : [];
    this.choices.show(found.map(optionOf));
  }

  #put(id) {
    const { selectionStart, value } = this.text;
    const before = value.slice(0, selectionStart).replace(TYPED_NAME, `@${person(this.room.state, id).name} `);
    this.text.value = before + value.slice(selectionStart);
    this.text.setSelectionRange(before.length, before.length);
    this.choices.close();
    this.onPick();
  }
}

function optionOf(card) {
  const role = make("span", { className: "label" }, words.roles[card.role]);
  return make("div", { className: "menu-item", data: { person: card.id } }, make("b", {}, card.name), role);
}
