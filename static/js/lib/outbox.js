// What was written and is not yet known to be stored. It lives in localStorage, one key for each text, so that
// neither a reload, a crash nor a second tab loses it. The `cid` makes any number of tries one message.

const HEARTBEAT = "parley.tab.";

export class Outbox {
  /** `user` and `room` keep people and rooms apart on one device; `onChange(entries)` gets this tab's own entries. */
  constructor({ user, room, onChange, storage = localStorage, locks = globalThis.navigator?.locks, tab = newId() }) {
    Object.assign(this, { onChange, storage, locks, tab, watched: new Set() });
    this.prefix = `parley.outbox.${user}.${room}.`;
    this.entries = new Map();
  }

  /** Say that this tab lives, and take over what tabs that are gone have left. */
  async start() {
    this.locks?.request(HEARTBEAT + this.tab, () => new Promise(() => {}));
    await this.adopt();
  }

  /** Entries of tabs that no longer hold their lock become ours; of two tabs that try, one wins. */
  async adopt() {
    const take = async () => {
      const living = await this.#livingTabs();
      for (const entry of this.#stored()) {
        if (entry.tab === this.tab || this.entries.has(entry.cid)) continue;
        if (living.has(entry.tab)) this.#watch(entry.tab);
        else this.put({ ...entry, state: ["refused", "held"].includes(entry.state) ? entry.state : "waiting" });
      }
    };
    await (this.locks ? this.locks.request(`${this.prefix}adopt`, take) : take());
  }

  /** Wait for the lock of a tab that has something unsent: it is ours at the moment the tab is gone. */
  #watch(tab) {
    if (this.watched.has(tab)) return;
    this.watched.add(tab);
    this.locks.request(HEARTBEAT + tab, () => this.watched.delete(tab)).then(() => this.adopt(), () => {});
  }

  put(entry) {
    const kept = { ...entry, tab: this.tab };
    this.entries.set(kept.cid, kept);
    try {
      this.storage.setItem(this.prefix + kept.cid, JSON.stringify(kept));
    } catch {
      // A full or forbidden storage: the text still lives in this page.
    }
    this.onChange(this.list());
    return kept;
  }

  change(cid, fields) {
    const entry = this.entries.get(cid);
    return entry ? this.put({ ...entry, ...fields }) : null;
  }

  /** The text is stored on the server, or its writer gave it up. */
  settle(cid) {
    if (!this.entries.delete(cid)) return;
    this.storage.removeItem(this.prefix + cid);
    this.onChange(this.list());
  }

  get(cid) {
    return this.entries.get(cid);
  }

  list() {
    return [...this.entries.values()].sort((a, b) => (a.at < b.at ? -1 : 1));
  }

  #stored() {
    const found = [];
    for (let index = 0; index < this.storage.length; index += 1) {
      const key = this.storage.key(index);
      if (!key.startsWith(this.prefix)) continue;
      try {
        found.push(JSON.parse(this.storage.getItem(key)));
      } catch {
        // Not ours, or cut off: leave it where it is.
      }
    }
    return found;
  }

  async #livingTabs() {
    if (!this.locks) return new Set();
    const { held } = await this.locks.query();
    return new Set(held.filter((lock) => lock.name.startsWith(HEARTBEAT)).map((lock) => lock.name.slice(HEARTBEAT.length)));
  }
}

/**
 * What may be handed over now: of each thread the oldest text that has no final answer, and none while that one is
 * on its way or was refused for the moment. So texts arrive in the order in which they were written.
 */
export function due(entries, now) {
  const oldest = new Map();
  for (const entry of entries) {
    if (["waiting", "sending", "failed"].includes(entry.state) && !oldest.has(entry.thread)) oldest.set(entry.thread, entry);
  }
  return [...oldest.values()].filter(({ state, after = 0 }) => state !== "sending" && after <= now);
}

/** A random UUID, also where the page is not served over HTTPS. */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
