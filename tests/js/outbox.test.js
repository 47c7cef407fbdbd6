import assert from "node:assert/strict";
import { test } from "node:test";
import { backOff } from "../../static/js/lib/connection.js";
import { due, Outbox } from "../../static/js/lib/outbox.js";
import { fileSize, fill, shortened } from "../../static/js/lib/say.js";

class Storage {
  constructor() { this.kept = new Map(); }
  get length() { return this.kept.size; }
  key(index) { return [...this.kept.keys()][index]; }
  getItem(key) { return this.kept.get(key) ?? null; }
  setItem(key, value) { this.kept.set(key, value); }
  removeItem(key) { this.kept.delete(key); }
}

/** Web Locks as the browser gives them to all tabs together; `die(tab)` lets go what a tab held. */
class Locks {
  constructor() { this.held = new Map(); this.waiting = []; }
  async request(name, act) {
    while (this.held.has(name)) await new Promise((done) => this.waiting.push(done));
    const job = act();
    this.held.set(name, job);
    await job;
    this.release(name);
    return job;
  }
  release(name) { this.held.delete(name); this.waiting.splice(0).forEach((wake) => wake()); }
  async query() { return { held: [...this.held.keys()].map((name) => ({ name })) }; }
}

const tab = async (storage, locks, name, user = "helen", room = "room") => {
  const outbox = new Outbox({ user, room, onChange: () => {}, storage, locks, tab: name });
  await outbox.start();
  return outbox;
};
const text = (cid, fields = {}) => ({ cid, thread: "t", text: cid, at: `2026-11-21T10:00:0${cid.length}`, state: "sending", ...fields });
const cids = (outbox) => outbox.list().map((entry) => entry.cid);

test("what was written outlives its page", async () => {
  const storage = new Storage();
  (await tab(storage, new Locks(), "a")).put(text("one"));
  const later = await tab(storage, new Locks(), "b");
  assert.deepEqual(cids(later), ["one"]);
  assert.equal(later.get("one").state, "waiting");
});

test("a living tab keeps its own, and when it is gone another takes it over", async () => {
  const storage = new Storage();
  const locks = new Locks();
  (await tab(storage, locks, "a")).put(text("one"));
  const other = await tab(storage, locks, "b");
  assert.deepEqual(cids(other), []);
  locks.release("parley.tab.a");
  await new Promise((done) => setTimeout(done, 5));
  assert.deepEqual(cids(other), ["one"]);
});

test("what is settled is gone for good", async () => {
  const storage = new Storage();
  const outbox = await tab(storage, new Locks(), "a");
  outbox.put(text("one"));
  outbox.settle("one");
  assert.equal(storage.length, 0);
  assert.deepEqual(cids(await tab(storage, new Locks(), "b")), []);
});

test("people and rooms on one device are kept apart", async () => {
  const storage = new Storage();
  (await tab(storage, new Locks(), "a")).put(text("one"));
  assert.deepEqual(cids(await tab(storage, new Locks(), "b", "mateo")), []);
  assert.deepEqual(cids(await tab(storage, new Locks(), "c", "helen", "elsewhere")), []);
});

test("a refusal stays a refusal and what is held back stays held back", async () => {
  const storage = new Storage();
  const first = await tab(storage, new Locks(), "a");
  first.put(text("no", { state: "refused" }));
  first.put(text("later", { state: "held" }));
  const second = await tab(storage, new Locks(), "b");
  assert.deepEqual([second.get("no").state, second.get("later").state], ["refused", "held"]);
});

test("a storage that refuses loses nothing of this page", async () => {
  const storage = new Storage();
  storage.setItem = () => { throw new Error("full"); };
  const outbox = await tab(storage, new Locks(), "a");
  outbox.put(text("one"));
  assert.deepEqual(cids(outbox), ["one"]);
});

test("the wait grows to half a minute and is anything below that", () => {
  assert.equal(backOff(0, () => 1), 500);
  assert.equal(backOff(3, () => 1), 4_000);
  assert.equal(backOff(30, () => 1), 30_000);
  assert.equal(backOff(30, () => 0), 0);
});

test("words take their values and leave what they do not know", () => {
  assert.equal(fill("%(name)s wrote “%(text)s”", { name: "Ana", text: "100 % $&" }), "Ana wrote “100 % $&”");
  assert.equal(fill("%(nobody)s", {}), "%(nobody)s");
});

test("a text is shortened to one plain line", () => {
  assert.equal(shortened("**B** it\n\nis, see [here](https://example.test)"), "B it is, see here");
  assert.equal(shortened("x".repeat(200), 10), `${"x".repeat(9)}…`);
});

test("sizes are said in the units people use", () => {
  assert.deepEqual([500, 8_294, 348_160, 2_621_440].map(fileSize), ["0.5 kB", "8.1 kB", "340 kB", "2.5 MB"]);
});

test("a thread hands over one text at a time, oldest first, and threads do not wait for each other", () => {
  const all = [text("a"), text("bb", { state: "waiting" }), text("cc", { state: "waiting", thread: "other" })];
  assert.deepEqual(due(all, 0).map(({ cid }) => cid), ["cc"]);
  assert.deepEqual(due(all.slice(1), 0).map(({ cid }) => cid), ["bb", "cc"]);
});

test("what was refused for the moment is not overtaken, what was refused for good is", () => {
  const next = text("bb", { state: "waiting" });
  assert.deepEqual(due([text("a", { state: "failed", after: 5 }), next], 0), []);
  assert.deepEqual(due([text("a", { state: "failed", after: 5 }), next], 5).map(({ cid }) => cid), ["a"]);
  assert.deepEqual(due([text("a", { state: "refused", after: 5 }), next], 0).map(({ cid }) => cid), ["bb"]);
});
