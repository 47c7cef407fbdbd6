// One thread's lines on the screen: what is drawn, where one stands in it, and what is read.

import { folded } from "../lib/folds.js";
import { rows, seenBy } from "../lib/state.js";
import { person, plural, words } from "../lib/say.js";
import { isOffer } from "./cards.js";
import { land, replace } from "./focus.js";
import { makeRow, setFold, setSeen, versionOf } from "./lines.js";
import { fromTemplate, part, setText } from "./nodes.js";

const NEAR_PX = 120;
const OLDER_PX = 600;
const FOUND_MS = 4_000;

export class Timeline {
  /** `root` is the lane's section. */
  constructor(room, root, threadId) {
    Object.assign(this, { room, root, threadId, newBelow: 0, isAtEnd: true, height: 0 });
    this.list = part(root, "timeline");
    this.jump = part(root, "jump");
    this.items = new Map([...this.list.querySelectorAll("[data-key]")].map((item) => [item.dataset.key, item]));
    this.divider = this.#unreadFrom();
    this.list.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    this.jump.addEventListener("click", () => this.toNewest({ focus: true }));
    new ResizeObserver(() => this.#resized()).observe(this.list);
  }

  get thread() {
    return this.room.state.threads[this.threadId];
  }

  #unreadFrom() {
    return this.thread.unread && this.thread.newest !== false ? this.thread.read : null;
  }

  // --- drawing -------------------------------------------------------------------------------------------------

  /** Draw what changed. Whoever reads the end stays at the end; whoever reads above stays where they are. */
  draw() {
    this.keepPlace(() => this.change());
  }

  /** Nobody sees its lines: they are drawn when it is opened. */
  get isFolded() {
    return this.root.hasAttribute("data-folded");
  }

  /** Change what stands in the lines; the reader stays where they are. */
  keepPlace(change) {
    const place = this.place();
    change();
    this.keep(place);
  }

  /** Where the reader stands, for `keep`. */
  place() {
    return this.isAtEnd ? null : this.#anchor();
  }

  /** Make the lines what they are now. The place where the reader stands may move. */
  change() {
    const { state, moments } = this.room;
    const wanted = rows(state, this.threadId, { dayOf: (iso) => moments.day(iso), divider: this.divider });
    this.#reconcile(folded(wanted, words.folds));
    this.#drawSeen(state);
    part(this.root, "older").hidden = !this.thread.more;
    this.#drawEmpty(wanted);
  }

  /** Back to the place where the reader stood. */
  keep(place) {
    if (place) this.#restore(place);
    else if (this.isAtEnd) this.#stick();
    this.#showJump();
  }

  /** Draw every line anew: names or roles have changed. */
  redraw() {
    for (const item of this.items.values()) delete item.dataset.version;
    if (!this.root.hidden && !this.isFolded) this.draw();
  }

  #reconcile(wanted) {
    const keep = new Set();
    const focused = this.list.contains(document.activeElement) ? document.activeElement : null;
    this.#place(wanted, part(this.root, "older"), keep);
    for (const [key, item] of this.items) {
      if (keep.has(key)) continue;
      this.#handOver(item, wanted);
      item.remove();
      this.items.delete(key);
    }
    if (focused && document.activeElement === document.body) land(focused); // also who only moves loses it
  }

  /** The rows' items in order after `place`, or as the first of `list`; `keep` hears of their keys. */
  #place(wanted, place, keep, list = null) {
    for (const row of wanted) {
      const item = this.#itemOf(row);
      keep.add(row.key);
      if (place ? place.nextElementSibling !== item : list.firstElementChild !== item) {
        if (place) place.after(item);
        else list.prepend(item);
      }
      place = item;
      if (row.kind !== "fold") continue;
      this.#place(row.rows, null, keep, part(item, "folded"));
      setFold(item, row);
    }
  }

  #itemOf(row) {
    const known = this.items.get(row.key);
    const version = versionOf(row, this.room);
    if (known && (version === null || known.dataset.version === version)) return known;
    const item = makeRow(row, this.room, this.thread);
    item.dataset.key = row.key;
    if (version !== null) item.dataset.version = version;
    if (row.line?.seq) item.dataset.seq = row.line.seq;
    this.items.set(row.key, item);
    if (known) replace(known, item);
    return item;
  }

  /** A text that was being sent gives way to its stored line; whoever stood on it stands there now. */
  #handOver(item, wanted) {
    if (!item.contains(document.activeElement)) return;
    if (item.matches(".fold")) return void this.list.focus({ preventScroll: true });
    const { cid } = item.firstElementChild.dataset;
    const row = wanted.find(({ kind, line }) => kind === "message" && cid && line.cid === cid);
    this.items.get(row?.key)?.querySelector(".msg")?.focus({ preventScroll: true });
  }

  /** Under my newest words that somebody has read, and under my newest offer: who has. */
  #drawSeen(state) {
    const mine = this.thread.messages.filter((line) => line.author === state.me && !line.removed);
    for (const lines of [mine.filter(({ kind }) => kind === "text"), mine.filter(isOffer)]) {
      const newest = lines.findLast((line) => seenBy(state, this.thread, line.seq).length);
      for (const line of lines) {
        const item = this.items.get(`m-${line.seq}`);
        const seen = line === newest ? seenBy(state, this.thread, line.seq) : [];
        if (item) setSeen(item, seen.map((id) => person(state, id).first_name));
      }
    }
  }

  #drawEmpty(wanted) {
    const row = part(this.root, "empty");
    const isWritten = wanted.some((each) => each.kind === "pending" || each.line?.kind === "text" || each.line?.params?.dispute);
    const { is_main, audience, loaded } = this.thread;
    row.hidden = isWritten || !is_main || audience !== "joint" || !loaded;
    if (row.hidden) return;
    if (!row.firstElementChild) row.append(fromTemplate("empty-template"));
    this.list.append(row);
  }

  // --- where one stands ----------------------------------------------------------------------------------------

  #anchor() {
    const top = this.list.getBoundingClientRect().top;
    for (const item of this.list.children) {
      if (!item.dataset.key?.startsWith("m-")) continue;
      const box = item.getBoundingClientRect();
      if (box.bottom > top) return { key: item.dataset.key, offset: box.top - top };
    }
    return null;
  }

  #restore({ key, offset }) {
    const item = this.items.get(key);
    if (!item) return;
    const moved = item.getBoundingClientRect().top - this.list.getBoundingClientRect().top - offset;
    if (Math.abs(moved) >= 1) this.list.scrollTop += moved;
  }

  #stick() {
    this.list.scrollTop = this.list.scrollHeight;
  }

  get #below() {
    return this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight;
  }

  #resized() {
    this.height = this.list.clientHeight;
    if (this.isAtEnd) this.#stick();
  }

  #scrolled() {
    // A bar that grows in the same frame makes the list lower before its own event comes: nobody left the end.
    if (this.isAtEnd && this.list.clientHeight < this.height) return this.#resized();
    const below = this.#below;
    this.isAtEnd = below < NEAR_PX / 3 && this.thread.newest;
    if (this.isAtEnd) this.newBelow = 0;
    if (this.list.scrollTop < OLDER_PX && this.thread.more) this.room.history.older(this.threadId);
    if (below < OLDER_PX && !this.thread.newest) this.room.history.newer(this.threadId);
    this.#showJump();
    this.room.reading.soon(this);
  }

  #showJump() {
    const below = this.#below;
    const isAway = below > this.list.clientHeight / 2 || !this.thread.newest;
    this.jump.hidden = !isAway && !(this.newBelow && below > NEAR_PX);
    setText(this.jump.querySelector("span"), this.newBelow ? plural("new_messages", this.newBelow) : words.timeline.newest);
  }

  /** News came: it is counted on the button when the reader is further up. */
  arrived(n) {
    if (!this.isAtEnd) this.newBelow += n;
    this.#showJump();
  }

  // --- going somewhere -----------------------------------------------------------------------------------------

  /** Where a thread opens: at the first unread line, else at the end. */
  open() {
    const line = this.items.get("new");
    this.isAtEnd = !line;
    if (!line) return this.#stick();
    this.list.scrollTop += line.getBoundingClientRect().top - this.list.getBoundingClientRect().top - 8;
    this.#scrolled();
  }

  /** A new visit: the line of what is new stands before what came since the last one. */
  visit() {
    this.divider = this.#unreadFrom();
    this.draw();
    this.open();
  }

  async toNewest({ focus = false } = {}) {
    if (!this.thread.newest) await this.room.history.newest(this.threadId);
    this.isAtEnd = true;
    this.newBelow = 0;
    this.#stick();
    this.#showJump();
    this.room.reading.soon(this);
    if (focus) this.list.focus({ preventScroll: true });
  }

  /** Show and mark one line, wherever it is. False when it is not loaded. */
  reveal(seq) {
    const item = this.items.get(`m-${seq}`);
    if (!item) return false;
    item.closest("details:not([open])")?.setAttribute("open", "");
    const line = item.firstElementChild;
    this.isAtEnd = false;
    item.scrollIntoView({ block: "center" });
    line.setAttribute("data-found", "");
    line.tabIndex = -1;
    line.focus({ preventScroll: true });
    setTimeout(() => line.removeAttribute("data-found"), FOUND_MS);
    return true;
  }

  /** ↑ and ↓ go from message to message. */
  step(by) {
    const lines = [...this.list.querySelectorAll(".msg")];
    const now = lines.indexOf(document.activeElement?.closest(".msg"));
    const next = now < 0 ? lines.at(-1) : lines[Math.min(lines.length - 1, Math.max(0, now + by))];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  }

  /** Leave the field for the newest message. */
  stand() {
    const lines = this.list.querySelectorAll(".msg");
    (lines[lines.length - 1] ?? this.list).focus();
  }

  /** To the first unread line, if there is one here. */
  nextUnread() {
    const next = this.items.get("new")?.nextElementSibling?.querySelector(".msg");
    next?.scrollIntoView({ block: "start" });
    next?.focus({ preventScroll: true });
    return Boolean(next);
  }

  /** The newest seq that stands above the lower edge. */
  lastVisible() {
    if (this.isAtEnd) return this.thread.cursor;
    const bottom = this.list.getBoundingClientRect().bottom;
    let last = 0;
    for (const item of this.list.querySelectorAll("[data-seq]")) {
      const shown = item.closest("details:not([open])") ?? item;
      if (shown.getBoundingClientRect().top + 16 > bottom) break;
      last = Number(item.dataset.seq);
    }
    return last;
  }
}
