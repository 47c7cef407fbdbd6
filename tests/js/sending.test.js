import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { words } from "../../static/js/lib/say.js";
import { Sending } from "../../static/js/room/sending.js";

const give = (name, value) => Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });

let handed;
let sending;

beforeEach(() => {
  words.states = { failed_why: "" };
  handed = [];
  give("localStorage", { setItem() {}, removeItem() {}, getItem: () => null, length: 0 });
  sending = new Sending({
    boot: { me: "helen", room: { id: "room" }, staff: false },
    state: { phase: "live", threads: { t: { audience: "joint", cursor: 1 }, u: { audience: "joint", cursor: 1 } } },
    connection: { canSend: true, now() {}, send: ({ cid, text }) => handed.push({ cid, text }) },
    dispatch() {}, lanes: new Map(), telling: { alert() {} },
  });
  for (const [thread, text] of [["t", "first"], ["t", "second"], ["u", "elsewhere"]]) sending.submit({ thread, text });
});

const texts = () => handed.map(({ text }) => text);

test("the next text of a thread goes when the one before is answered", () => {
  assert.deepEqual(texts(), ["first", "elsewhere"]);
  sending.settle(handed[0].cid);
  assert.deepEqual(texts(), ["first", "elsewhere", "second"]);
});

test("a text that is refused for the moment keeps its place before the next", () => {
  sending.refused({ cid: handed[0].cid, code: "busy", message: "", retry: true, detail: {} });
  assert.deepEqual(texts(), ["first", "elsewhere"]);
  sending.again(handed[0].cid);
  assert.deepEqual(texts(), ["first", "elsewhere", "first"]);
});

test("a text that is refused for good lets the next go", () => {
  sending.refused({ cid: handed[0].cid, code: "message.too_long", message: "", retry: false, detail: {} });
  assert.deepEqual(texts(), ["first", "elsewhere", "second"]);
});
