// The keyboard outside the fields. Single letters can be switched off, and never work while one writes.

import { orderedThreads } from "../lib/state.js";
import { part } from "./nodes.js";
import { mayWrite } from "./rights.js";
import { settings } from "./settings.js";

const LANES = { j: ["joint"], h: ["caucus_client"], f: ["caucus_freelancer"], i: ["internal"], n: ["internal"],
  p: ["caucus_client", "caucus_freelancer"] };
const OWN_ARROWS = ".tabs, .menu, dialog, .frame-list, .frame-panel";

export class Keys {
  constructor(room) {
    this.room = room;
    document.addEventListener("keydown", (event) => this.#key(event));
  }

  #key(event) {
    const isThird = event.getModifierState("AltGraph"); // how many keyboards write [ and ]
    if (event.defaultPrevented || (event.altKey && !isThird) || document.querySelector("dialog[open]")) return;
    const field = event.target.closest("input, textarea, select, [contenteditable]");
    const control = (event.ctrlKey && !isThird) || event.metaKey;
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
    if (this.room.boot.staff && LANES[letter]) return this.#laneOf(LANES[letter]);
    const act = this.letters[letter];
    return Boolean(act) && act(target) !== false;
  }

  letters = {
    g: () => (this.afterG = true),
    n: (target) => this.letters.u(target),
    u: (target) => this.#timelineOf(target)?.nextUnread() || this.#nextUnreadThread(),
    p: () => void this.room.panel.toggle(),
    c: () => void this.room.panel.toggle(),
    o: () => this.room.caseParts.toOpenOffer(),
    ".": () => this.room.panel.reveal("#checklist"),
    "[": () => this.#go("previous-case"),
    "]": () => this.#go("next-case"),
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
    if (!seq || !mayWrite(this.room.state, timeline.thread)) return false;
    this.room.hands.reply(timeline.threadId, seq);
    return true;
  }

  #nextUnreadThread() {
    const { lanes, state } = this.room;
    const next = orderedThreads(state).find((thread) => thread.unread && thread.id !== lanes.shown);
    if (next) lanes.show(next.id, { focus: false });
    return Boolean(next);
  }

  #go(name) {
    const link = part(document, name);
    link?.click();
    return Boolean(link);
  }

  /** The field of the main thread of an audience; of several, of the one after that which is open now. */
  #laneOf(audiences) {
    const { lanes, state } = this.room;
    const place = audiences.indexOf(state.threads[lanes.active]?.audience);
    const wanted = audiences[(place + 1) % audiences.length];
    const thread = Object.values(state.threads).find((each) => each.is_main && each.audience === wanted);
    if (thread) lanes.show(thread.id).then(() => lanes.write(thread.id));
    return Boolean(thread);
  }
}
