import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Draft } from "../../static/js/room/drafts.js";

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
