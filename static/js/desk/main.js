// The desk: the queue follows what happens, keys move in it, the brief opens beside it, a case is taken at once.

import { startClocks } from "../components/countdown.js";
import { showColleagues } from "../lib/colleagues.js";
import { Connection } from "../lib/connection.js";
import { Around } from "./around.js";
import { Brief } from "./brief.js";
import { Claims } from "./claims.js";
import { Keys } from "./keys.js";
import { concerns } from "./news.js";
import { Queue } from "./queue.js";

const EVERY_MS = 30_000; // what only time changes: how many are at risk, how many are breached

const frame = document.querySelector("[data-screen=desk]");
const queue = new Queue(frame);
const brief = new Brief(frame, (id) => line.tell({ t: "look", case: id }));
const around = new Around(queue, (cases) => line.tell({ t: "watch", cases }));
const line = connect();
new Keys(queue, brief, new Claims(queue, brief));

function connect() {
  const address = new URL("/live/", location.href);
  address.protocol = address.protocol.replace("http", "ws");
  const connection = new Connection({
    url: address.href,
    room: null,
    cursors: () => ({}),
    epoch: () => null,
    onFrame(said) {
      if (said.t === "colleagues") showColleagues(said.people);
      if (said.t === "around") around.hear(said);
      if (said.t === "team") queue.refreshSoon();
      if (said.t === "desk" && concerns(said, queue.shown())) queue.refreshSoon();
    },
    onPhase(phase) {
      if (phase === "ended") location.reload();
      if (phase !== "live") return;
      queue.refreshSoon(); // what came between the page and the line
      around.begin();
      if (brief.id) connection.tell({ t: "look", case: brief.id });
    },
  });
  connection.start();
  return connection;
}

startClocks(() => queue.refresh());
setInterval(() => document.visibilityState === "visible" && queue.refreshSoon(), EVERY_MS);
