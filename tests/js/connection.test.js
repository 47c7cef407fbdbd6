import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { Connection } from "../../static/js/lib/connection.js";

class Socket {
  static OPEN = 1;
  static made = [];
  constructor() { this.readyState = 0; this.said = []; Socket.made.push(this); }
  send(frame) { this.said.push(JSON.parse(frame)); }
  close() {}
  fails() { this.onclose({ code: 1006 }); }
}

const give = (name, value) => Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
const settled = () => new Promise((done) => setImmediate(done));

let asked;

beforeEach(() => {
  asked = [];
  Socket.made = [];
  give("WebSocket", Socket);
  give("navigator", { onLine: true });
  give("addEventListener", () => {});
  give("document", { addEventListener() {}, querySelector: () => null });
  give("fetch", async (path, { method }) => {
    asked.push(`${method} ${path}`);
    return { ok: true, status: 200, json: async () => ({ frames: [], more: false }) };
  });
  mock.timers.enable({ apis: ["setTimeout"] });
});
afterEach(() => mock.timers.reset());

const line = (room) => {
  const phases = [];
  const connection = new Connection({
    url: "ws://here/live/", room, cursors: () => ({}), epoch: () => null, onFrame: () => null, onPhase: (phase) => phases.push(phase),
  });
  connection.start();
  return { connection, phases };
};

const refuseSockets = async (times) => {
  for (let time = 0; time < times; time += 1) {
    Socket.made.at(-1).fails();
    await settled();
    mock.timers.tick(30_000);
    await settled();
  }
};

test("a list without a room never asks over HTTP and is never over because no socket opens", async () => {
  const { phases } = line(null);
  await refuseSockets(6);
  assert.deepEqual(asked, []);
  assert.ok(!phases.includes("ended"));
  assert.equal(Socket.made.length, 7);
});

test("without sockets a room polls, and texts go over HTTP, also while another socket is being tried", async () => {
  const { connection, phases } = line("room");
  await refuseSockets(2);
  Socket.made.at(-1).fails();
  for (const wait of [0, ...Array(10).fill(2_500), 4_000, 1_000]) {
    mock.timers.tick(wait);
    await settled();
  }
  assert.equal(Socket.made.length, 4);
  assert.equal(phases.at(-1), "live");
  asked = [];
  mock.timers.tick(2_500);
  await settled();
  assert.deepEqual(asked, ["GET /api/rooms/room/events/?"]);
  await connection.send({ cid: "c", thread: "t", text: "Hello" });
  assert.equal(asked[1], "POST /api/threads/t/messages/");
});
