// What is further up, further down or far away in a thread, and what was read of it.

import { request } from "../lib/connection.js";

const PAGE = 50;
const LONGEST_PAGE = 100;
const READ_MS = 250;

export class History {
  constructor(room, pages) {
    this.room = room;
    this.quoted = new Map();
    this.loading = new Map();
    for (const [thread, page] of Object.entries(pages)) this.#keepQuoted(thread, page);
  }

  /** A line that is loaded, or one that was quoted; undefined when it is neither. */
  lineOf(thread, seq) {
    return this.room.state.threads[thread].messages.find((line) => line.seq === seq) ?? this.quoted.get(`${thread}:${seq}`);
  }

  #keepQuoted(thread, page) {
    for (const line of page.quoted ?? []) this.quoted.set(`${thread}:${line.seq}`, line);
  }

  /** Whether the page came; not asked for while another is on its way. `more(page)` says how it joins what is loaded. */
  #load(id, query, more) {
    if (this.loading.has(id)) return Promise.resolve(false);
    const run = this.#ask(id, query, more).finally(() => this.loading.delete(id));
    this.loading.set(id, run);
    return run;
  }

  async #ask(id, query, more) {
    try {
      const page = await request("GET", `/api/threads/${id}/messages/?${query}`);
      this.#keepQuoted(id, page);
      this.room.dispatch({ t: "page", thread: id, ...page, ...more(page) });
      return true;
    } catch {
      return false;
    }
  }

  older(id) {
    const first = this.room.state.threads[id].messages[0]?.seq ?? 1;
    return this.#load(id, `before=${first}&limit=${PAGE}`, () => ({ older: true }));
  }

  newer(id) {
    const last = this.room.state.threads[id].messages.at(-1)?.seq ?? 0;
    const isEnd = (page) => page.messages.filter((line) => line.seq > last).length < LONGEST_PAGE / 2;
    return this.#load(id, `around=${last + 1}&limit=${LONGEST_PAGE}`, (page) => ({ newest: isEnd(page) }));
  }

  newest(id) {
    const { unread = 0 } = this.room.state.threads[id];
    const limit = Math.min(LONGEST_PAGE, Math.max(PAGE, unread + 20));
    return this.#load(id, `limit=${limit}`, () => ({ newest: true, replace: true }));
  }

  /** Go to one line of a thread, however far away it is. */
  async goTo(id, seq) {
    await this.room.lanes.show(id, { focus: false });
    const { timeline } = this.room.lanes.get(id);
    if (timeline.reveal(seq)) return;
    while (this.loading.has(id)) await this.loading.get(id);
    if (timeline.reveal(seq)) return;
    const { head } = this.room.state.threads[id];
    const isEnd = (page) => (page.messages.at(-1)?.seq ?? 0) >= head || page.newer === false;
    await this.#load(id, `around=${seq}&limit=${PAGE}`, (page) => ({ replace: true, newest: isEnd(page) }));
    timeline.reveal(seq);
  }
}

export class Reading {
  constructor(room) {
    this.room = room;
    this.timers = new Map();
  }

  all() {
    for (const { root, timeline } of this.room.lanes.values()) if (!root.hidden) this.soon(timeline);
  }

  /** What stands on the screen of somebody who looks at it is read. */
  soon(timeline) {
    clearTimeout(this.timers.get(timeline.threadId));
    this.timers.set(timeline.threadId, setTimeout(() => this.#mark(timeline), READ_MS));
  }

  #mark(timeline) {
    const { thread, root } = timeline;
    const { state, connection } = this.room;
    if (!thread || document.visibilityState !== "visible" || !document.hasFocus() || !connection.canSend) return;
    if (root.hidden || timeline.isFolded) return;
    const seq = timeline.lastVisible();
    if (seq <= thread.read) return;
    this.room.dispatch({ t: "read", thread: thread.id, user: state.me, seq });
    connection.tell({ t: "read", thread: thread.id, seq });
  }
}
