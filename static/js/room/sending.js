// The way of a text from the field to the server: held back, waiting, sending, and what becomes of a refusal.

import { due, newId, Outbox } from "../lib/outbox.js";
import { fill, words } from "../lib/say.js";
import { settings } from "./settings.js";

const ANSWER_MS = 10_000; // without an answer for so long, the line is dead whatever it says
const STUCK_MS = 2_500; // a shorter break than this needs no word under the text
const AGAIN_MS = 3_000;

export class Sending {
  constructor(room) {
    this.room = room;
    const { me, room: { id } } = room.boot;
    this.outbox = new Outbox({ user: me, room: id, onChange: (entries) => room.dispatch({ t: "outbox", entries }) });
  }

  async start() {
    await this.outbox.start();
    for (const entry of this.outbox.list()) {
      if (entry.code === "message.stale") this.room.lanes.get(entry.thread)?.composer.stale(entry);
      else if (entry.state === "held") this.outbox.change(entry.cid, { until: Date.now() + settings.hold_seconds * 1000 });
    }
    addEventListener("storage", () => this.outbox.adopt());
    this.flush(); // the line may have been quicker
  }

  /** Take a text over from its field. An agent's words to everyone are held back for a moment. */
  submit({ confirmed = false, ...said }) {
    const { audience, cursor } = this.room.state.threads[said.thread];
    const hold = this.room.boot.staff && audience === "joint" && !confirmed ? settings.hold_seconds : 0;
    this.outbox.put({
      ...said, confirmed, cid: newId(), seen: cursor, at: new Date().toISOString(), state: hold ? "held" : "waiting",
      until: hold ? Date.now() + hold * 1000 : 0, left: hold,
    });
    this.room.lanes.get(said.thread)?.timeline.toNewest();
    this.flush();
  }

  /** Hand over what is next in each thread; the answer lets the one after it go. The same `cid` again is the same message. */
  flush() {
    const { connection } = this.room;
    if (this.room.state.phase !== "live" || !connection.canSend) return;
    for (const entry of due(this.outbox.list(), Date.now())) {
      const { cid, thread, text } = this.outbox.change(entry.cid, { state: "sending", why: "", since: Date.now() });
      const { reply_to = null, mentions = [], files = [], seen = null, confirmed = false } = entry;
      connection.send({ cid, thread, text, reply_to, mentions, files, seen, confirmed });
    }
  }

  /** The line broke: what was on its way waits again. */
  broken() {
    for (const entry of this.outbox.list()) {
      if (entry.state === "sending") this.outbox.change(entry.cid, { state: "waiting" });
    }
    this.downSince ??= Date.now();
  }

  mended() {
    this.downSince = null;
    this.flush();
  }

  settle(cid) {
    this.outbox.settle(cid);
    this.flush();
  }

  refused(frame) {
    const entry = this.outbox.get(frame.cid);
    if (!entry) return;
    const { code, message: why, detail, retry } = frame;
    const kept = this.outbox.put({ ...entry, code, why, detail, state: retry ? "failed" : "refused", after: Date.now() + AGAIN_MS });
    this.room.telling.alert(fill(words.states.failed_why, { why }));
    if (code === "message.stale") this.room.lanes.get(entry.thread)?.composer.stale(kept);
    this.flush();
  }

  /** Whether a text has to say that it did not get away. */
  isStuck(entry) {
    if (["failed", "refused"].includes(entry.state)) return true;
    return entry.state === "waiting" && Boolean(this.downSince) && Date.now() - this.downSince > STUCK_MS;
  }

  again(cid) {
    this.outbox.change(cid, { state: "waiting", why: "", after: 0 });
    this.room.connection.now();
    this.flush();
  }

  /** Put back into its field what is still held back: the given text, or the newest one. False if there is none. */
  undo(cid) {
    const held = this.outbox.list().findLast((entry) => entry.state === "held" && (!cid || entry.cid === cid));
    if (!held) return false;
    this.outbox.settle(held.cid);
    this.room.lanes.write(held.thread, { focus: false });
    this.room.lanes.get(held.thread).composer.restore(held);
    return true;
  }

  /** Once a second: count down, notice what gets no answer. */
  tick() {
    const now = Date.now();
    for (const entry of this.outbox.list()) {
      if (entry.state === "held") this.#count(entry, now);
      if (entry.state !== "sending" || now - entry.since < ANSWER_MS) continue;
      this.outbox.change(entry.cid, { state: "waiting" });
      this.room.connection.again();
    }
    if (this.downSince && this.outbox.list().length) this.room.lanes.draw();
    this.flush();
  }

  #count(entry, now) {
    const left = Math.max(0, Math.ceil((entry.until - now) / 1000));
    if (left === 0) this.outbox.change(entry.cid, { state: "waiting", left });
    else if (left !== entry.left) this.outbox.change(entry.cid, { left });
  }
}
