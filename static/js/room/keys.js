// The keyboard outside the fields. Single letters can be switched off, and never work while one writes.

import { orderedThreads } from "../lib/state.js";
import { part } from "./nodes.js";
import { settings } from "./settings.js";

const LANES = { j: "joint", h: "caucus_client", f: "caucus_freelancer", i: "internal" };
const OWN_ARROWS = ".tabs, .menu, dialog, .frame-list, .frame-panel";

export class Keys {
  constructor(room) {
    this.room = room;
    document.addEventListener("keydown", (event) => this.#key(event));
  }

  #key(event) {
    if (event.defaultPrevented || event.altKey || document.querySelector("dialog[open]")) return;
    const field = event.target.closest("input, textarea, select, [contenteditable]");
    const control = event.ctrlKey || event.metaKey;
    let done = false;
    if (control) done = event.key === "z" && !field?.value && this.room.sending.undo();
    else if (event.key === "Escape") done = this.room.hands.closePicks() || this.room.panel.close();
    else if (!field) done = this.#arrow(event) || (settings.single_keys && this.#letter(event));
    if (done) event.preventDefault();
  }

  #timelineOf(target) {
    const { lanes } = this.room;
    return lanes.get(target.closest("[data-lane]")?.dataset.thread ?? lanes.active)?.timeline;
  }

  #arrow({ key, target }) {
    const by = { ArrowUp: -1, ArrowDown: 1 }[key];
    if (!by || target.closest(OWN_ARROWS)) return false;
    this.#timelineOf(target)?.step(by);
    return true;
  }

  #letter({ key, target }) {
    const letter = key.toLowerCase();
    if (this.afterG) {
      this.afterG = false;
      return this.#numbered(letter);
    }
    const act = this.letters[letter];
    if (act) return act(target) !== false;
    return this.room.boot.staff && this.#laneOf(LANES[letter]);
  }

  letters = {
    g: () => (this.afterG = true),
    n: (target) => this.#timelineOf(target)?.nextUnread() || this.#nextUnreadThread(),
    p: () => void this.room.panel.toggle(),
    r: (target) => this.#reply(target),
    "/": () => {
      const field = document.querySelector("[data-search]");
      if (field) field.focus();
      else part(document, "search-link").click();
    },
    "?": () => void this.room.panel.dialogs.open("keys"),
  };

  #numbered(letter) {
    const thread = /^[1-9]$/.test(letter) && orderedThreads(this.room.state)[Number(letter) - 1];
    if (thread) this.room.lanes.show(thread.id);
    return Boolean(thread);
  }

  #reply(target) {
    const timeline = this.#timelineOf(target);
    const last = timeline?.thread.messages.findLast((line) => line.kind === "text" && !line.removed);
    const seq = Number(target.closest("[data-seq]")?.dataset.seq) || last?.seq;
    if (!seq || !timeline.thread.can_write) return false;
    this.room.hands.reply(timeline.threadId, seq);
    return true;
  }

  #nextUnreadThread() {
    const { lanes, state } = this.room;
    const next = orderedThreads(state).find((thread) => thread.unread && thread.id !== lanes.shown);
    if (next) lanes.show(next.id, { focus: false });
    return Boolean(next);
  }

  #laneOf(audience) {
    const thread = Object.values(this.room.state.threads).find((each) => each.is_main && each.audience === audience);
    if (thread) this.room.lanes.show(thread.id).then(() => this.room.lanes.write(thread.id));
    return Boolean(thread);
  }
}
