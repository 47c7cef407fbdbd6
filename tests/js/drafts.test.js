import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Draft, forgetOthers } from "../../static/js/room/drafts.js";

const settled = () => new Promise((done) => setImmediate(done));
const give = (name, value) => Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });

test("a draft that is still on its way up does not come back after its text was sent", async () => {
  const asked = [];
  let answer;
  give("localStorage", { getItem: () => null, setItem() {}, removeItem() {} });
  give("document", { querySelector: () => null });
  give("fetch", (_path, { method }) => {
    asked.push(method);
    return new Promise((done) => { answer = () => done({ ok: true, status: 204 }); });
  });
  mock.timers.enable({ apis: ["setTimeout"] });
  const draft = new Draft("me", "thread", null);
  draft.keep("Hello", null);
  mock.timers.tick(1_500);
  await settled();
  draft.keep("", null, { now: true });
  mock.timers.tick(0);
  await settled();
  assert.deepEqual(asked, ["PUT"]);
  answer();
  await settled();
  assert.deepEqual(asked, ["PUT", "DELETE"]);
  mock.timers.reset();
});

test("what another person had written on this device goes, and one's own and what is nobody's stays", () => {
  const kept = { "parley.draft.me.t": "mine", "parley.draft.she.t": "hers", "parley.outbox.she.r.c": "hers", "parley.outbox.me.r.c": "mine", theme: "dark" };
  const storage = Object.create({ removeItem: (key) => delete kept[key] });
  const seen = new Proxy(kept, { get: (whole, key) => whole[key] ?? storage[key] });
  forgetOthers("me", seen);
  assert.deepEqual(Object.keys(kept).sort(), ["parley.draft.me.t", "parley.outbox.me.r.c", "theme"]);
});
