// The room as plain data. `reduce(state, frame)` is pure: no clock, no DOM, no network. A frame is what the socket
// says (see mediation/live) or one of the page's own: page, outbox, phase, leave.

import { roomChange } from "./room-facts.js";

export const emptyState = (me = null) => ({
  me, epoch: null, phase: "connecting", since: null, room: null, people: {}, members: [], threads: {}, help: null,
  here: [], typing: {}, outbox: {}, gaps: {}, missed: 0, inbox: {},
});

const steps = {
  welcome: onWelcome, events: onEvents, synced: onSynced, ack: onAck, refused: onRefused, read: onRead,
  room: onRoom, typing: onTyping, presence: onPresence, inbox: onInbox, page: onPage, outbox: onOutbox, phase: onPhase,
};

export function reduce(state, frame) {
  const step = Object.hasOwn(steps, frame.t) ? steps[frame.t] : null;
  return step ? step(state, frame) : state;
}

/** The state a server-rendered page starts from: `{me, epoch, room, pages: {thread: {messages, more}}}`. */
export function bootState({ me, epoch, room, pages = {} }) {
  let state = adoptRoom({ ...emptyState(me), epoch }, room, (thread) => thread.head);
  for (const [thread, page] of Object.entries(pages)) state = onPage(state, { thread, ...page, newest: page.newest ?? true });
  return state;
}

// --- what the server says ------------------------------------------------------------------------------------

function onWelcome(state, frame) {
  const next = { ...state, me: frame.me ?? state.me, epoch: frame.epoch, gaps: {} };
  if (!frame.room) return next;
  next.missed = Math.max(0, unreadOf(frame.room.threads) - totalUnread(state));
  // A thread that is new to us is replayed from its first event, so it starts at 0 and not at its head.
  return adoptRoom(next, frame.room, () => 0);
}

/** The room asked for anew, when somebody came or went. */
function onRoom(state, { room }) {
  return adoptRoom(state, room, () => 0);
}

function adoptRoom(state, room, cursorOf) {
  const threads = {};
  for (const thread of room.threads) {
    const known = state.threads[thread.id];
    const isEmpty = !known && cursorOf(thread) === 0;
    const own = known ?? { cursor: cursorOf(thread), messages: [], loaded: isEmpty, more: false, newest: isEmpty };
    // What came since the server wrote this down is newer than it.
    const { title, resolved_at, head, unread, counted } = known?.cursor > thread.head ? known : { ...thread, counted: thread.head };
    const said = { title, resolved_at, head, unread, counted, draft: (known ?? thread).draft };
    threads[thread.id] = kept(known, { ...own, ...thread, ...said, read: Math.max(known?.read ?? 0, thread.read ?? 0) });
  }
  const { threads: _threads, people, members, help, ...facts } = room;
  const said = { room: facts, people: { ...state.people, ...byId(people) }, members, help: help ?? null, threads };
  return { ...state, ...Object.fromEntries(Object.entries(said).map(([name, fresh]) => [name, kept(state[name], fresh)])) };
}

/** What is said again stays the object that it was: nobody draws it anew. */
function kept(known, fresh) {
  const isSame = known && fresh && Object.keys(known).length === Object.keys(fresh).length
    && Object.entries(fresh).every(([key, value]) => known[key] === value || JSON.stringify(known[key]) === JSON.stringify(value));
  return isSame ? known : fresh;
}

const byId = (people) => (Array.isArray(people) ? Object.fromEntries(people.map((card) => [card.id, card])) : people ?? {});

function onEvents(state, frame) {
  return frame.events.reduce((next, event) => applyEvent(next, frame.thread, event), state);
}

function applyEvent(state, id, event) {
  const thread = state.threads[id] ?? (event.type === "thread.opened" && event.seq === 1 ? opened(event, state) : null);
  if (!thread || event.seq > thread.cursor + 1) return { ...state, gaps: { ...state.gaps, [id]: true } };
  if (event.seq <= thread.cursor) return state;
  let next = { ...thread, cursor: event.seq, head: Math.max(thread.head ?? 0, event.seq) };
  if (event.message) next = withMessage(next, event, state.me);
  const threads = { ...state.threads, [id]: { ...next, ...threadChange(event) } };
  const whole = roomChange({ ...state, threads }, event);
  return event.type === "message.sent" ? sentByAuthor(whole, id, event) : whole;
}

function opened(event, state) {
  // Who may write follows from the audience alone.
  const twin = Object.values(state.threads).find((thread) => thread.audience === event.data.thread.audience);
  const thread = { unread: 0, read: 0, reads: {}, draft: null, title: "", resolved_at: null, ...event.data.thread };
  return { ...thread, can_write: twin?.can_write ?? true, cursor: 0, counted: 0, messages: [], loaded: true, more: false, newest: true };
}

function withMessage(thread, event, me) {
  const { message } = event;
  const isNew = isCounted(message) && message.seq === event.seq && message.author !== me && event.seq > (thread.counted ?? 0);
  const unread = (thread.unread ?? 0) + (isNew ? 1 : 0);
  const next = { ...thread, unread, counted: Math.max(thread.counted ?? 0, event.seq) };
  return insertable(thread, message.seq) ? { ...next, messages: upsert(thread.messages, message) } : next;
}

/** A message, or what somebody did with a milestone: `rules.news` on the server says the same. */
const isCounted = (line) => line.kind === "text" || Boolean(line.code?.startsWith("milestone."));

/** Whether a line belongs in what is loaded: never leave a hole above it, never one below. */
function insertable(thread, seq) {
  if (!thread.loaded) return false;
  const oldest = thread.messages[0]?.seq;
  const newest = thread.messages.at(-1)?.seq;
  if (thread.more && oldest !== undefined && seq < oldest) return false;
  return thread.newest || (newest !== undefined && seq <= newest);
}

/** `messages`, sorted by seq, with `message` in its place; an older revision never wins. */
export function upsert(messages, message) {
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (messages[middle].seq < message.seq) low = middle + 1;
    else high = middle;
  }
  const known = messages[low]?.seq === message.seq;
  if (known && messages[low].rev >= message.rev) return messages;
  return [...messages.slice(0, low), message, ...messages.slice(low + (known ? 1 : 0))];
}

function threadChange(event) {
  switch (event.type) {
    case "thread.renamed": return { title: event.data.title };
    case "thread.resolved": return { resolved_at: event.at };
    case "thread.reopened": return { resolved_at: null };
    default: return {};
  }
}

/** A line that arrived settles what was being sent, and ends its author's "is writing". */
function sentByAuthor(state, thread, event) {
  const next = typingOff(state, thread, event.message.author);
  if (event.message.author !== state.me || !next.outbox[event.message.cid]) return next;
  return { ...next, outbox: without(next.outbox, event.message.cid) };
}

const without = (all, key) => Object.fromEntries(Object.entries(all).filter(([each]) => each !== key));

function onSynced(state) {
  return { ...state, phase: "live", since: null, missed: 0 };
}

function onAck(state, { cid, thread, seq }) {
  const entry = state.outbox[cid];
  if (!entry || seq === undefined) return state;
  const shown = state.threads[thread]?.messages.some((message) => message.seq === seq);
  const outbox = shown ? without(state.outbox, cid) : { ...state.outbox, [cid]: { ...entry, state: "sent", seq } };
  return { ...state, outbox };
}

function onRefused(state, { cid, code, message, retry, detail }) {
  const entry = state.outbox[cid];
  if (!entry) return state;
  const refused = { ...entry, state: retry ? "failed" : "refused", code, why: message, detail: detail ?? {} };
  return { ...state, outbox: { ...state.outbox, [cid]: refused } };
}

function onRead(state, { thread: id, user, seq }) {
  const thread = state.threads[id];
  if (!thread) return state;
  if (user !== state.me) {
    if ((thread.reads?.[user] ?? 0) >= seq) return state;
    return withThread(state, { ...thread, reads: { ...thread.reads, [user]: seq } });
  }
  if ((thread.read ?? 0) >= seq) return state;
  return withThread(state, { ...thread, read: seq, unread: unreadAfter(thread, seq, state.me) });
}

function unreadAfter(thread, seq, me) {
  if (seq >= thread.cursor) return 0;
  if (!thread.loaded || !thread.newest) return thread.unread;
  return thread.messages.filter((line) => isCounted(line) && line.author !== me && line.seq > seq).length;
}

const withThread = (state, thread) => ({ ...state, threads: { ...state.threads, [thread.id]: thread } });

function onTyping(state, { thread, user, on }) {
  if (!state.threads[thread] || user === state.me) return state;
  if (!on) return typingOff(state, thread, user);
  const users = (state.typing[thread] ?? []).filter((known) => known !== user);
  return { ...state, typing: { ...state.typing, [thread]: [...users, user] } };
}

function typingOff(state, thread, user) {
  const users = state.typing[thread];
  if (!users?.includes(user)) return state;
  return { ...state, typing: { ...state.typing, [thread]: users.filter((known) => known !== user) } };
}

function onPresence(state, { room, here }) {
  return room === state.room?.id ? { ...state, here } : state;
}

function onInbox(state, frame) {
  return { ...state, inbox: { ...state.inbox, [frame.room]: frame } };
}

// --- what the page says --------------------------------------------------------------------------------------

/** A page of history. `newest` says that it reaches the thread's end; `replace` drops what was loaded before. */
function onPage(state, { thread: id, messages, more, newest = false, replace = false, older = false }) {
  const thread = state.threads[id];
  if (!thread) return state;
  const kept = replace ? [] : thread.messages;
  const merged = messages.reduce(upsert, kept);
  const next = { ...thread, loaded: true, messages: merged, newest: newest || (!replace && thread.newest) };
  if (older || replace || !thread.loaded) next.more = more;
  return withThread(state, next);
}

function onOutbox(state, { entries }) {
  const outbox = {};
  for (const entry of entries) {
    const known = state.outbox[entry.cid];
    const seen = state.threads[entry.thread]?.messages.some((line) => line.cid === entry.cid && line.author === state.me);
    if (!seen) outbox[entry.cid] = known?.state === "sent" ? known : entry;
  }
  for (const [cid, entry] of Object.entries(state.outbox)) if (entry.state === "sent" && !outbox[cid]) outbox[cid] = entry;
  return { ...state, outbox };
}

function onPhase(state, { phase, at = null }) {
  const down = phase === "offline" || phase === "reconnecting";
  const quiet = phase === "live" ? {} : { typing: {} };
  return { ...state, ...quiet, phase, since: down ? state.since ?? at : null };
}

// --- reading the state ---------------------------------------------------------------------------------------
export const cursors = (state) => Object.fromEntries(Object.values(state.threads).map((thread) => [thread.id, thread.cursor]));
const unreadOf = (threads) => threads.reduce((sum, thread) => sum + (thread.unread ?? 0), 0);
export const totalUnread = (state) => unreadOf(Object.values(state.threads));

const ORDER = { joint: 0, caucus_client: 1, caucus_freelancer: 2, internal: 4 };
const rank = (thread) => (thread.is_main ? ORDER[thread.audience] : 3);

/** Threads in the order of the tabs: everyone, private, topics as they were opened, staff notes. */
export function orderedThreads(state) {
  const list = Object.values(state.threads);
  return list.map((thread, index) => [thread, index]).sort(([a, i], [b, j]) => rank(a) - rank(b) || i - j).map(([thread]) => thread);
}

/** Who else has read my line `seq`: ids, in the order of the members. */
export function seenBy(state, thread, seq) {
  return state.members.map((stay) => stay.id).filter((id) => id !== state.me && (thread.reads?.[id] ?? 0) >= seq);
}

const GROUP_MS = 5 * 60 * 1000;

/** Whether `line` stands under `before` without a head of its own. The server's rule is the same: web/timeline.py. */
export function continues(before, line, dayOf) {
  if (!before || before.kind !== "text" || line.kind !== "text" || before.author !== line.author) return false;
  if (before.removed || line.removed || line.reply_to) return false;
  return dayOf(before.at) === dayOf(line.at) && Date.parse(line.at) - Date.parse(before.at) < GROUP_MS;
}

/** The rows of a timeline: day, new, message and pending rows, each with a stable key. */
export function rows(state, id, { dayOf, divider = null, now = null }) {
  const thread = state.threads[id];
  const found = [];
  let day = null;
  let before = null;
  let divided = divider === null;
  const place = (line, row) => {
    if (dayOf(line.at) !== day) {
      day = dayOf(line.at);
      found.push({ kind: "day", key: `day-${day}`, at: line.at });
      before = null;
    }
    const isNews = row.kind === "message" && line.kind === "text" && !line.removed && line.author !== state.me;
    if (!divided && isNews && line.seq > divider) {
      divided = true;
      found.push({ kind: "new", key: "new", at: line.at });
      before = null;
    }
    found.push({ ...row, more: continues(before, line, dayOf) });
    before = line;
  };
  for (const line of thread.messages) place(line, { kind: "message", key: `m-${line.seq}`, line });
  for (const entry of pendingOf(state, id)) {
    const line = { ...entry, kind: "text", author: state.me, at: entry.at ?? now };
    place(line, { kind: "pending", key: `p-${entry.cid}`, line, entry });
  }
  return found;
}

const pendingOf = (state, id) =>
  Object.values(state.outbox).filter((entry) => entry.thread === id && entry.code !== "message.stale").sort((a, b) => (a.at < b.at ? -1 : 1));
