import assert from "node:assert/strict";
import { test } from "node:test";
import { History } from "../../static/js/room/history.js";

const settled = () => new Promise((done) => setImmediate(done));

test("who goes to a far line while a page is loading gets there", async () => {
  globalThis.document = { querySelector: () => null };
  const asked = [];
  globalThis.fetch = (path) => new Promise((answer) => asked.push({ path, answer }));
  const come = (seq) => {
    asked.at(-1).answer({ ok: true, status: 200, json: async () => ({ messages: [{ seq }], more: true }) });
    return settled();
  };
  const shown = [];
  const timeline = { reveal: (seq) => shown.includes(seq) };
  const history = new History({
    state: { threads: { t: { messages: [{ seq: 200 }], head: 300 } } },
    dispatch: ({ messages }) => shown.push(...messages.map(({ seq }) => seq)),
    lanes: { show: async () => {}, get: () => ({ timeline }) },
  }, {});
  history.older("t");
  const arrived = history.goTo("t", 5);
  await settled();
  assert.equal(asked.length, 1);
  await come(150);
  assert.equal(asked.length, 2);
  assert.match(asked[1].path, /around=5/);
  await come(5);
  await arrived;
  assert.ok(shown.includes(5));
});
