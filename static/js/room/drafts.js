// What was begun and not sent: on this device at once, on the server a moment later, so that another device finds it.

import { request } from "../lib/connection.js";

const SAVE_AFTER_MS = 1_500;

const OF_SOMEBODY = /^parley\.(?:draft|outbox)\.([^.]+)\./;

/** What somebody else began or could not send on this device goes when another person is signed in on it. */
export function forgetOthers(me, storage = globalThis.localStorage) {
  try {
    for (const key of Object.keys(storage)) {
      const whose = OF_SOMEBODY.exec(key)?.[1];
      if (whose && whose !== me) storage.removeItem(key);
    }
  } catch {
    // Storage is off: nothing is kept.
  }
}

export class Draft {
  /** `saved` is the server's copy as the page was made: `{body, reply_to, updated_at}` or null. */
  constructor(user, thread, saved) {
    this.key = `parley.draft.${user}.${thread}`;
    this.path = `/api/threads/${thread}/draft/`;
    this.saved = saved;
    this.known = saved?.body ?? "";
    this.saving = Promise.resolve();
  }

  /** The newer of the two copies, or null. */
  load() {
    let local = null;
    try {
      local = JSON.parse(localStorage.getItem(this.key));
    } catch {
      // Storage is off, or what lies there is not ours.
    }
    if (!local || !this.saved) return local ?? this.saved;
    return local.at >= this.saved.updated_at ? local : this.saved;
  }

  keep(body, replyTo, { now = false } = {}) {
    const isEmpty = !body.trim() && !replyTo;
    try {
      if (isEmpty) localStorage.removeItem(this.key);
      else localStorage.setItem(this.key, JSON.stringify({ body, reply_to: replyTo, at: new Date().toISOString() }));
    } catch {
      // Storage is full or off: the server's copy remains.
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#save(body, replyTo), now ? 0 : SAVE_AFTER_MS);
  }

  /** One after the other: what is thrown away must not be overtaken by what was kept before. */
  #save(body, replyTo) {
    this.saving = this.saving.then(() => this.#tell(body, replyTo));
  }

  async #tell(body, replyTo) {
    if (body === this.known) return;
    try {
      if (body.trim()) await request("PUT", this.path, { text: body, reply_to: replyTo });
      else await request("DELETE", this.path);
      this.known = body.trim() ? body : "";
    } catch {
      // It is kept on this device and saved with the next change.
    }
  }
}
