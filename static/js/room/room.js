// The room: the state, and who is told when it changes.

import { showColleagues } from "../lib/colleagues.js";
import { Connection, request } from "../lib/connection.js";
import { Moments, shortened, words } from "../lib/say.js";
import { bootState, cursors, reduce } from "../lib/state.js";
import { inTurns } from "../lib/turns.js";
import { Acts } from "./acts.js";
import { CaseParts } from "./case.js";
import { forgetOthers } from "./drafts.js";
import { Hands } from "./hands.js";
import { History, Reading } from "./history.js";
import { Keys } from "./keys.js";
import { Lanes } from "./lanes.js";
import { Panel } from "./panel.js";
import { Sending } from "./sending.js";
import { Telling } from "./telling.js";

const TYPING_MS = 6_000; // "is writing" ends by itself when its end got lost
const REFRESH_MS = 60;
const CHANGES_ROOM = /^(member|help|dispute|room)\.|^thread\.opened/; // who is in it, and what may be done in it

const NO_LIST = { applyInbox: () => {}, refreshList: () => {}, setUnread: () => {} };

/** The room of this page; `list` is the list of rooms beside it, where there is one. */
export function begin(list = NO_LIST) {
  document.documentElement.dataset.scripts = "true";
  new Room(JSON.parse(document.getElementById("room-state").textContent), list).start();
}

export class Room {
  constructor(boot, list) {
    this.boot = boot;
    this.list = list;
    this.state = bootState(boot);
    this.moments = new Moments(boot.zone);
    this.today = this.moments.day(new Date().toISOString());
    this.typing = new Map();
    this.connection = new Connection({
      url: boot.socket, room: boot.room.id, cursors: () => cursors(this.state), epoch: () => this.state.epoch,
      onFrame: (frame) => this.take(frame), onPhase: (phase, more) => this.#phase(phase, more),
    });
    forgetOthers(this.state.me);
    this.telling = new Telling(this);
    this.history = new History(this, boot.pages);
    this.reading = new Reading(this);
    this.sending = new Sending(this);
    this.lanes = new Lanes(this);
    this.caseParts = new CaseParts(this);
    this.acts = new Acts(this);
    this.panel = new Panel(this);
    this.hands = new Hands(this);
    this.keys = new Keys(this);
  }

  async start() {
    this.lanes.start();
    this.connection.start(); // the line is being made while the page is drawn
    this.draw(null);
    this.lanes.get(this.lanes.shown).timeline.open();
    if (this.boot.at) requestAnimationFrame(() => this.lanes.get(this.lanes.shown).timeline.reveal(this.boot.at));
    for (const event of ["visibilitychange", "focus"]) window.addEventListener(event, () => this.reading.all(), true);
    addEventListener("pagehide", () => this.connection.stop());
    addEventListener("pageshow", (event) => event.persisted && location.reload());
    await this.sending.start();
    setInterval(() => this.#tick(), 1_000);
  }

  // --- the state -----------------------------------------------------------------------------------------------

  dispatch(frame) {
    const before = this.state;
    this.state = reduce(before, frame);
    if (this.state !== before) this.draw(before);
  }

  draw(before) {
    this.lanes.draw(before);
    this.panel.draw(this.state, before);
    for (const [id, { unread = 0 }] of Object.entries(this.state.threads)) {
      if (unread !== before?.threads[id]?.unread) this.list.setUnread(this.state.room.id, id, unread);
    }
  }

  // --- what the server says ------------------------------------------------------------------------------------

  /** A frame of the server. "gap" asks the line to begin anew from our cursors. */
  take(frame) {
    if (frame.t === "welcome" && this.#isAnotherHistory(frame)) return null;
    if (frame.t === "inbox") this.list.applyInbox(frame);
    if (frame.t === "refused") this.sending.refused(frame);
    if (frame.t === "typing") this.#typingFor(frame);
    if (frame.t === "desk" && frame.cases.includes(this.caseParts.id)) this.caseParts.refresh();
    if (frame.t === "colleagues") showColleagues(frame.people);
    const before = this.state;
    this.dispatch(frame);
    if (frame.t === "ack") this.sending.settle(frame.cid);
    if (frame.t === "events") this.#arrived(frame, before);
    return Object.keys(this.state.gaps).length ? "gap" : null;
  }

  /** After a restore of the database what we show may never have been: begin anew. What is unsent is kept. */
  #isAnotherHistory({ epoch }) {
    if (!this.state.epoch || epoch === this.state.epoch) return false;
    this.connection.stop();
    location.reload();
    return true;
  }

  #arrived({ thread, events }, before) {
    const cursor = before.threads[thread]?.cursor ?? 0;
    const fresh = events.filter((event) => event.seq > cursor);
    const written = fresh.filter((event) => event.type === "message.sent").map((event) => event.message);
    for (const { cid, author } of written) if (author === this.state.me) this.sending.settle(cid);
    if (written.length) this.#listed(thread, written.at(-1));
    const news = written.filter(({ author }) => author !== this.state.me);
    if (news.length) this.lanes.get(thread)?.timeline.arrived(news.length);
    if (news.length && before.phase === "live") this.telling.lines(thread, news);
    const isStranger = ({ message }) => message?.author && !this.state.people[message.author];
    if (fresh.some(isStranger) || fresh.some(({ type }) => CHANGES_ROOM.test(type))) this.#refresh();
    if (fresh.some(({ type }) => type.startsWith("dispute."))) this.list.refreshList();
    this.caseParts.heard(thread, fresh);
    if (this.lanes.soon === thread) this.lanes.show(thread);
    this.reading.all();
  }

  /** The list of rooms beside us shows the newest line of this room too. */
  #listed(thread, { at, author, text }) {
    if (!text) return;
    const { unread = 0 } = this.state.threads[thread] ?? {};
    const author_name = this.state.people[author]?.name;
    this.list.applyInbox({ room: this.state.room.id, thread, at, author, author_name, preview: shortened(text), unread });
  }

  /** Who came, and what may be done now, is the server's to say. */
  #refresh() {
    clearTimeout(this.refreshing);
    this.refreshing = setTimeout(this.#fetchInTurns, REFRESH_MS);
  }

  #fetchInTurns = inTurns(async () => {
    const room = await this.telling.try(request("GET", `/api/rooms/${this.state.room.id}/`), { quiet: true });
    if (!room) return;
    this.dispatch({ t: "room", room });
    this.lanes.arrange();
    for (const { timeline } of this.lanes.values()) timeline.redraw();
  });

  // --- the line ------------------------------------------------------------------------------------------------

  #phase(phase, { code } = {}) {
    if (phase === "ended") return this.panel.dialogs.ended(code);
    if (phase !== "live" && phase !== "catching_up") this.sending.broken();
    this.dispatch({ t: "phase", phase, at: new Date().toISOString() });
    document.documentElement.toggleAttribute("data-live", phase === "live");
    if (phase !== "live") return;
    this.wasLive = true;
    for (const id of Object.keys(this.state.threads)) this.lanes.get(id)?.composer?.holds({ anew: true });
    this.sending.mended();
    this.reading.all();
  }

  /** What a field says instead of its audience while nothing may be sent, or null. */
  pausedWords() {
    const { phase } = this.state;
    if (phase === "catching_up" && !this.wasLive) return null;
    return words.connection[`paused_${phase}`] ?? null;
  }

  #typingFor({ thread, user, on }) {
    if (on) this.typing.set(user, { thread, until: Date.now() + TYPING_MS });
    else this.typing.delete(user);
  }

  #tick() {
    this.sending.tick();
    for (const [user, { thread, until }] of this.typing) {
      if (until > Date.now()) continue;
      this.typing.delete(user);
      this.dispatch({ t: "typing", thread, user, on: false });
    }
    const today = this.moments.day(new Date().toISOString());
    if (today === this.today) return;
    this.today = today;
    this.draw(null);
  }
}
