// The list of rooms while news comes in: last line, unread count, order, the number in the tab's title. On the
// inbox page it has a socket of its own; the room's page hands over its frames with `applyInbox`.

import { freshClocks, startClocks } from "./components/countdown.js";
import { Connection } from "./lib/connection.js";
import { inTurns } from "./lib/turns.js";

const SOON_MS = 5_000; // after news, the server says once more how the whole list stands
const CALM_MS = 1_000; // what a case tells comes in bursts
const WITHOUT_SOCKET_MS = 30_000;

const list = document.querySelector("[data-inbox]");
const waiting = document.querySelector("[data-waiting]");
const words = JSON.parse(document.getElementById("inbox-words")?.textContent ?? "{}");
const title = document.title;
let orderWaits = false; // somebody points at the list: nothing moves under a hand or an eye
let refreshing = null;

/** Show what an `inbox` frame says: `{room, thread, at, author, author_name, preview, unread}`, `unread` of that thread. */
export function applyInbox({ room, thread, at, author, author_name: name, preview, unread }) {
  const row = rowOf(room);
  if (!row || !preview) return refreshIn(0);
  row.querySelector(".convo-last").textContent = lastLine(author, name, preview);
  setTime(row.querySelector(".convo-time"), at);
  setUnread(room, thread, unread);
  settle();
  refreshIn(SOON_MS);
}

/** What a row says may be another thing now: whose turn it is in a case. */
export const refreshList = () => refreshIn(CALM_MS);

/** How much of a thread is unread now: 0 once it was read. */
export function setUnread(room, thread, unread) {
  const row = rowOf(room);
  if (!row) return;
  const byThread = { ...JSON.parse(row.dataset.unreadBy), [thread]: unread };
  row.dataset.unreadBy = JSON.stringify(byThread);
  const sum = Object.values(byThread).reduce((total, n) => total + n, 0);
  const link = row.querySelector(".convo");
  if (sum === 0 && "unread" in link.dataset) refreshIn(SOON_MS); // its group and its state may be others now
  link.toggleAttribute("data-unread", sum > 0);
  const count = row.querySelector(".count");
  count.hidden = sum === 0;
  const [shown, said] = count.children;
  shown.textContent = sum > 99 ? "99+" : sum;
  said.textContent = words.unread[sum === 1 ? 0 : 1].replace("%(n)s", sum);
  showBadge();
}

/** "(3) Parley": how many messages wait, in all rooms together. */
export function showBadge() {
  const shown = list?.querySelectorAll(".count:not([hidden]) [aria-hidden]") ?? [];
  const sum = [...shown].reduce((total, count) => total + Number.parseInt(count.textContent, 10), 0);
  document.title = sum ? `(${sum}) ${title}` : title;
}

const rowOf = (room) => list?.querySelector(`[data-room="${CSS.escape(room)}"]`);

function lastLine(author, name, preview) {
  const line = author === words.me ? words.you : words.by;
  const values = { name: name ? name.split(" ")[0] : words.someone, text: preview };
  return line.replace(/%\((name|text)\)s/g, (_, key) => values[key]);
}

function setTime(time, at) {
  const { lang, dataset } = document.documentElement;
  const here = { timeZone: dataset.zone, hourCycle: "h23" };
  time.dateTime = at;
  time.title = new Date(at).toLocaleString(lang, { ...here, dateStyle: "medium", timeStyle: "short" });
  time.textContent = new Date(at).toLocaleTimeString(lang, { ...here, hour: "2-digit", minute: "2-digit" });
}

const isTouched = () => list.matches(":hover") || list.contains(document.activeElement);

/** Newest first in each group. */
function settle() {
  orderWaits = isTouched();
  if (orderWaits) return;
  for (const group of list.querySelectorAll("ul")) {
    const rows = [...group.children];
    const sorted = [...rows].sort((one, other) => momentOf(other) - momentOf(one));
    if (sorted.some((row, place) => row !== rows[place])) group.append(...sorted);
  }
}

const momentOf = (row) => Date.parse(row.querySelector("time")?.dateTime ?? 0);

function refreshIn(wait) {
  if (!list) return;
  if (wait === 0) clearTimeout(refreshing);
  else if (refreshing !== null) return;
  refreshing = setTimeout(refresh, wait);
}

const refresh = inTurns(async () => {
  refreshing = null;
  if (isTouched()) return refreshIn(SOON_MS);
  const rows = await fetchPart(list.dataset.inbox, "rooms");
  if (!rows) return;
  if (isTouched()) return refreshIn(SOON_MS);
  list.replaceChildren(...rows);
  list.querySelector(`a[href="${location.pathname}"]`)?.setAttribute("aria-current", "page");
  showBadge();
});

/** The nodes of one part of a page, or null while the line is down: the next try comes with it. */
async function fetchPart(address, part) {
  try {
    const answer = await fetch(address, { headers: { "X-Part": part }, credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return null;
    return new DOMParser().parseFromString(await answer.text(), "text/html").body.children;
  } catch {
    return null;
  }
}

/** The cards of the rooms that ask for a mediator, anew, but not under a hand that is about to press one. */
const refreshWaiting = inTurns(async () => {
  if (!waiting) return;
  const cards = await fetchPart(waiting.dataset.waiting, "waiting");
  const isHeld = waiting.contains(document.activeElement) || waiting.querySelector("button:hover");
  if (isHeld) setTimeout(refreshWaiting, SOON_MS);
  else if (cards) {
    waiting.replaceChildren(...cards);
    freshClocks(waiting);
  }
});

/** Other rooms than before ask for a mediator. */
function applyWaiting() {
  refreshIn(0);
  refreshWaiting();
}

/** A socket of the list's own. What it missed while it was away comes with the whole list. */
function connect() {
  const address = new URL("/live/", location.href);
  address.protocol = address.protocol.replace("http", "ws");
  let isBehind = false;
  const connection = new Connection({
    url: address.href,
    room: null,
    cursors: () => ({}),
    epoch: () => null,
    onFrame(frame) {
      if (frame.t === "inbox") applyInbox(frame);
      if (frame.t === "waiting") applyWaiting();
    },
    onPhase(phase) {
      if (phase === "ended") return location.reload();
      if (phase === "reconnecting" || phase === "offline") isBehind = true;
      if (phase !== "live") return;
      refreshWaiting(); // what came between the page and the line
      if (!isBehind) return;
      isBehind = false;
      refreshIn(0);
    },
  });
  connection.start();
  setInterval(() => void (!connection.isLive && document.visibilityState === "visible" && applyWaiting()), WITHOUT_SOCKET_MS);
}

function findBySlash(event) {
  const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  document.querySelector("[data-search]").focus();
}

if (waiting) startClocks(applyWaiting);
if (list) {
  list.addEventListener("pointerleave", () => orderWaits && settle());
  list.addEventListener("focusout", () => setTimeout(() => orderWaits && settle()));
  showBadge();
  if ("connect" in list.dataset) {
    document.addEventListener("keydown", findBySlash);
    connect();
  }
}
