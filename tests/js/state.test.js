import assert from "node:assert/strict";
import { test } from "node:test";
import { bootState, cursors, orderedThreads, reduce, rows, seenBy, upsert } from "../../static/js/lib/state.js";

const HELEN = "helen";
const MATEO = "mateo";
const ANA = "ana";
const JOINT = "joint-thread";

const at = (seq) => new Date(Date.UTC(2026, 10, 18, 10, seq)).toISOString();
const dayOf = (iso) => iso.slice(0, 10);

const line = (seq, author, text, more = {}) => ({
  seq, rev: 1, kind: "text", author, cid: `cid-${seq}`, at: at(seq), html: `<p>${text}</p>`, text, code: "", params: {},
  reply_to: null, mentions: [], files: [], reactions: {}, edited_at: null, removed: null, ...more,
});
const systemLine = (seq, code, params = {}) => line(seq, null, "", { kind: "system", code, params, cid: null });
const sent = (seq, author, text) => ({ seq, type: "message.sent", at: at(seq), actor: author, data: {}, message: line(seq, author, text) });
const card = (id, role) => ({ id, name: id, first_name: id, initials: id.slice(0, 2), role });
const thread = (fields = {}) => ({
  id: JOINT, audience: "joint", is_main: true, title: "", resolved_at: null, head: 0, unread: 0, read: 0, reads: {}, draft: null,
  can_write: true, ...fields,
});
const room = (threads) => ({
  id: "room", contract: { title: "Website redesign" }, people: [card(HELEN, "client"), card(MATEO, "freelancer")],
  members: [{ id: HELEN, role: "client" }, { id: MATEO, role: "freelancer" }], threads, help: null,
});
const fresh = (fields = {}, messages = []) =>
  bootState({ me: HELEN, epoch: "e1", room: room([thread(fields)]), pages: { [JOINT]: { messages, more: false } } });
const opening = { seq: 1, type: "thread.opened", at: at(1), actor: null, data: { thread: thread() }, message: systemLine(1, "thread.opened") };
const play = (state, events, id = JOINT) => reduce(state, { t: "events", thread: id, room: "room", events });
const shown = (state, id = JOINT) => state.threads[id].messages.map((message) => [message.seq, message.rev, message.text]);

test("replaying every event ends where a fresh load begins", () => {
  const log = [
    opening, sent(2, MATEO, "Hello"), sent(3, HELEN, "Good morning"),
    { seq: 4, type: "message.edited", at: at(4), actor: MATEO, data: {}, message: line(2, MATEO, "Hello Helen", { rev: 2, edited_at: at(4) }) },
    { seq: 5, type: "message.reacted", at: at(5), actor: HELEN, data: {}, message: line(2, MATEO, "Hello Helen", { rev: 3, edited_at: at(4), reactions: { heart: [HELEN] } }) },
    { seq: 6, type: "thread.renamed", at: at(6), actor: MATEO, data: { title: "Delivery" }, message: systemLine(6, "thread.renamed", { title: "Delivery" }) },
    { seq: 7, type: "thread.resolved", at: at(7), actor: MATEO, data: {}, message: systemLine(7, "thread.resolved") },
  ];
  const replayed = play(fresh({ head: 0 }), log);
  const loaded = fresh({ head: 7, title: "Delivery", resolved_at: at(7), unread: 1 }, [
    log[0].message, log[4].message, log[2].message, log[5].message, log[6].message,
  ]);
  assert.deepEqual(shown(replayed), shown(loaded));
  for (const key of ["title", "resolved_at", "head", "cursor", "unread"]) {
    assert.deepEqual(replayed.threads[JOINT][key], loaded.threads[JOINT][key], key);
  }
});

test("what the other side did with a milestone is unread like a message, other lines are not", () => {
  const did = (seq, author, code) => ({ seq, type: code, at: at(seq), actor: author, data: {}, message: { ...systemLine(seq, code), author } });
  const log = [opening, did(2, MATEO, "milestone.submitted"), did(3, MATEO, "thread.renamed"), did(4, HELEN, "milestone.returned")];
  const state = play(fresh({ head: 0 }), log);
  assert.equal(state.threads[JOINT].unread, 1);
  const again = play(state, [{ ...did(2, MATEO, "milestone.submitted"), seq: 5, type: "message.reacted" }]);
  assert.equal(again.threads[JOINT].unread, 1);
  assert.equal(reduce(state, { t: "read", thread: JOINT, user: HELEN, seq: 1 }).threads[JOINT].unread, 1);
  assert.equal(reduce(state, { t: "read", thread: JOINT, user: HELEN, seq: 2 }).threads[JOINT].unread, 0);
});

test("an event that comes twice is applied once", () => {
  const once = play(fresh({ head: 0 }), [opening, sent(2, MATEO, "Hello")]);
  const twice = play(once, [opening, sent(2, MATEO, "Hello")]);
  assert.deepEqual(twice, once);
});

test("any cut into frames gives the same room", () => {
  const log = [opening, ...[2, 3, 4, 5].map((seq) => sent(seq, MATEO, `line ${seq}`))];
  const whole = play(fresh({ head: 0 }), log);
  for (let cut = 0; cut <= log.length; cut += 1) {
    const halves = play(play(fresh({ head: 0 }), log.slice(0, cut)), log.slice(Math.max(0, cut - 2)));
    assert.deepEqual(halves.threads, whole.threads);
  }
});

test("a gap is noticed and nothing is shown out of order", () => {
  const state = play(fresh({ head: 1 }, [systemLine(1, "thread.opened")]), [sent(3, MATEO, "third")]);
  assert.equal(state.gaps[JOINT], true);
  assert.deepEqual(shown(state).map(([seq]) => seq), [1]);
  const mended = play(reduce(state, { t: "welcome", epoch: "e1", me: HELEN, room: null }), [sent(2, MATEO, "second"), sent(3, MATEO, "third")]);
  assert.deepEqual(mended.gaps, {});
  assert.deepEqual(shown(mended).map(([seq]) => seq), [1, 2, 3]);
});

test("an older revision never replaces a newer one", () => {
  const newer = line(2, MATEO, "new", { rev: 3 });
  assert.equal(upsert([newer], line(2, MATEO, "old", { rev: 2 }))[0].text, "new");
  assert.equal(upsert([newer], line(2, MATEO, "newest", { rev: 4 }))[0].text, "newest");
});

test("lines stand in the order of their numbers whatever order they come in", () => {
  const shuffled = [5, 2, 4, 1, 3].map((seq) => line(seq, MATEO, `${seq}`));
  assert.deepEqual(shuffled.reduce(upsert, []).map((message) => message.seq), [1, 2, 3, 4, 5]);
});

test("a thread that becomes visible arrives with its first event, without asking for the room again", () => {
  const caucus = thread({ id: "caucus", audience: "caucus_client" });
  const event = { ...opening, data: { thread: caucus } };
  const state = play(fresh({ head: 4 }), [event], "caucus");
  assert.equal(state.threads.caucus.cursor, 1);
  assert.equal(state.threads.caucus.can_write, true);
  assert.deepEqual(orderedThreads(state).map((each) => each.id), [JOINT, "caucus"]);
});

test("the middle of an unknown thread is a gap", () => {
  assert.equal(play(fresh(), [sent(7, MATEO, "?")], "elsewhere").gaps.elsewhere, true);
});

test("a welcome keeps what was read and loaded, and counts nothing twice", () => {
  const before = play(fresh({ head: 1 }), [sent(2, MATEO, "one")]);
  const after = reduce(before, { t: "welcome", epoch: "e1", me: HELEN, room: room([thread({ head: 3, unread: 2 })]) });
  assert.equal(after.threads[JOINT].cursor, 2);
  assert.equal(after.missed, 1);
  assert.equal(play(after, [sent(3, MATEO, "two")]).threads[JOINT].unread, 2);
  assert.equal(play(play(after, [sent(3, MATEO, "two")]), [sent(4, MATEO, "three")]).threads[JOINT].unread, 3);
});

test("a thread that is no longer ours to read is gone after the welcome", () => {
  const state = fresh({ head: 1 });
  const after = reduce(state, { t: "welcome", epoch: "e1", me: HELEN, room: room([thread({ id: "other", head: 1 })]) });
  assert.deepEqual(Object.keys(after.threads), ["other"]);
});

test("reading moves forward only and takes the count with it", () => {
  let state = play(fresh({ head: 1 }), [sent(2, MATEO, "a"), sent(3, MATEO, "b"), sent(4, HELEN, "c")]);
  assert.equal(state.threads[JOINT].unread, 2);
  state = reduce(state, { t: "read", thread: JOINT, user: HELEN, seq: 2 });
  assert.equal(state.threads[JOINT].unread, 1);
  state = reduce(state, { t: "read", thread: JOINT, user: HELEN, seq: 1 });
  assert.equal(state.threads[JOINT].read, 2);
  state = reduce(state, { t: "read", thread: JOINT, user: MATEO, seq: 4 });
  assert.deepEqual(seenBy(state, state.threads[JOINT], 4), [MATEO]);
});

test("somebody who wrote is no longer writing", () => {
  let state = reduce(fresh({ head: 1 }), { t: "typing", thread: JOINT, user: MATEO, on: true });
  assert.deepEqual(state.typing[JOINT], [MATEO]);
  state = play(state, [sent(2, MATEO, "done")]);
  assert.deepEqual(state.typing[JOINT], []);
});

test("typing in a thread that is not mine to read is not kept", () => {
  assert.deepEqual(reduce(fresh(), { t: "typing", thread: "private", user: MATEO, on: true }).typing, {});
});

const entry = (fields = {}) => ({ cid: "mine", thread: JOINT, text: "On my way", at: at(20), state: "sending", ...fields });
const pending = (state) => rows(state, JOINT, { dayOf }).filter((row) => row.kind === "pending");

test("a pending text is shown once: first as its own, then as the line that the server stored", () => {
  let state = reduce(fresh({ head: 1 }), { t: "outbox", entries: [entry()] });
  assert.equal(pending(state).length, 1);
  state = play(state, [{ ...sent(2, HELEN, "On my way"), message: line(2, HELEN, "On my way", { cid: "mine" }) }]);
  assert.equal(pending(state).length, 0);
  state = reduce(state, { t: "outbox", entries: [entry()] });
  assert.equal(pending(state).length, 0);
});

test("the answer may come before the event and the text never blinks out", () => {
  let state = reduce(fresh({ head: 1 }), { t: "outbox", entries: [entry()] });
  state = reduce(state, { t: "ack", cid: "mine", thread: JOINT, seq: 2 });
  state = reduce(state, { t: "outbox", entries: [] });
  assert.equal(pending(state)[0].entry.state, "sent");
  state = play(state, [{ ...sent(2, HELEN, "On my way"), message: line(2, HELEN, "On my way", { cid: "mine" }) }]);
  assert.deepEqual(state.outbox, {});
});

test("nothing is sent before the server has said so", () => {
  const state = reduce(fresh({ head: 1 }), { t: "outbox", entries: [entry()] });
  assert.notEqual(pending(state)[0].entry.state, "sent");
});

test("a refusal keeps the text and says why", () => {
  let state = reduce(fresh({ head: 1 }), { t: "outbox", entries: [entry()] });
  state = reduce(state, { t: "refused", cid: "mine", code: "message.too_long", message: "Too long", retry: false, detail: {} });
  assert.equal(pending(state)[0].entry.state, "refused");
  assert.equal(pending(state)[0].entry.text, "On my way");
  state = reduce(state, { t: "refused", cid: "mine", code: "message.stale", message: "Mateo wrote", retry: false, detail: { newest: {} } });
  assert.equal(pending(state).length, 0, "it is back in the field, beside what Mateo wrote");
});

test("history joins above without a hole, and live lines stay out of a window that ends in the past", () => {
  let state = bootState({ me: HELEN, epoch: "e", room: room([thread({ head: 50 })]), pages: { [JOINT]: { messages: [line(49, MATEO, "y"), line(50, MATEO, "z")], more: true } } });
  state = reduce(state, { t: "page", thread: JOINT, messages: [line(47, MATEO, "w"), line(48, MATEO, "x")], more: false, older: true });
  assert.deepEqual(shown(state).map(([seq]) => seq), [47, 48, 49, 50]);
  state = reduce(state, { t: "page", thread: JOINT, messages: [line(10, MATEO, "long ago")], more: true, replace: true });
  state = play(state, [sent(51, MATEO, "now")]);
  assert.deepEqual(shown(state).map(([seq]) => seq), [10]);
  assert.equal(state.threads[JOINT].cursor, 51);
});

test("an edit of a line above what is loaded does not open a hole", () => {
  let state = bootState({ me: HELEN, epoch: "e", room: room([thread({ head: 50 })]), pages: { [JOINT]: { messages: [line(50, MATEO, "z")], more: true } } });
  state = play(state, [{ seq: 51, type: "message.edited", at: at(51), actor: MATEO, data: {}, message: line(3, MATEO, "old", { rev: 2 }) }]);
  assert.deepEqual(shown(state).map(([seq]) => seq), [50]);
});

test("rows carry the day, the first unread line and whose lines stand together", () => {
  const far = "2026-11-19T08:00:00.000Z";
  const state = fresh({ head: 4 }, [line(1, MATEO, "a"), line(2, MATEO, "b"), line(3, HELEN, "c"), line(4, MATEO, "d", { at: far })]);
  const kinds = rows(state, JOINT, { dayOf, divider: 3 }).map((row) => row.kind + (row.more ? "+" : ""));
  assert.deepEqual(kinds, ["day", "message", "message+", "message", "day", "new", "message"]);
  const told = fresh({ head: 2 }, [systemLine(1, "thread.opened"), line(2, MATEO, "a")]);
  assert.deepEqual(rows(told, JOINT, { dayOf, divider: 0 }).map((row) => row.kind), ["day", "message", "new", "message"], "the system's lines are no news");
});

test("people come and go with the events of the room", () => {
  const member = { id: ANA, role: "mediator" };
  const joined = { seq: 2, type: "member.joined", at: at(2), actor: ANA, data: { member }, message: systemLine(2, "member.joined", { person: ANA }) };
  let state = play(fresh({ head: 1 }), [joined]);
  assert.deepEqual(state.members.at(-1), { ...member, joined_at: at(2) });
  state = reduce(state, { t: "room", room: { ...room([thread({ head: 2 })]), people: [card(ANA, "mediator")], members: state.members } });
  state = play(state, [{ seq: 3, type: "member.left", at: at(3), actor: ANA, data: { member }, message: systemLine(3, "member.left", { person: ANA }) }]);
  assert.equal(state.members.length, 2);
  assert.equal(state.people[ANA].role, "mediator", "what she wrote keeps its name");
});

test("the request that a mediator took ends when they leave", () => {
  const member = { id: ANA, role: "mediator" };
  const event = (type, seq, data) => ({ seq, type, at: at(seq), actor: ANA, data, message: systemLine(seq, type) });
  const state = play(fresh({ head: 1 }), [
    event("help.taken", 2, { help: { id: "h", asked_by: HELEN, taken_by: ANA } }), event("member.joined", 3, { member }), event("member.left", 4, { member }),
  ]);
  assert.equal(state.help, null);
});

test("asking for help shows and ends", () => {
  const help = (type, seq, more) => ({ seq, type, at: at(seq), actor: HELEN, data: { help: { id: "h", asked_by: HELEN, ...more } }, message: systemLine(seq, type) });
  let state = play(fresh({ head: 1 }), [help("help.asked", 2, {})]);
  assert.equal(state.help.asked_by, HELEN);
  state = play(state, [help("help.cancelled", 3, {})]);
  assert.equal(state.help, null);
});

test("going offline keeps since when, and ends everybody's typing", () => {
  let state = reduce(fresh({ head: 1 }), { t: "typing", thread: JOINT, user: MATEO, on: true });
  state = reduce(state, { t: "phase", phase: "reconnecting", at: "10:00" });
  state = reduce(state, { t: "phase", phase: "offline", at: "10:05" });
  assert.equal(state.since, "10:00");
  assert.deepEqual(state.typing, {});
});

test("an unknown frame changes nothing", () => {
  const state = fresh();
  assert.equal(reduce(state, { t: "constructor" }), state);
});

test("cursors say what is applied, not what exists", () => {
  assert.deepEqual(cursors(play(fresh({ head: 1 }), [sent(2, MATEO, "a")])), { [JOINT]: 2 });
});

test("what the server wrote down before an event does not undo it", () => {
  let state = play(fresh({ head: 1 }), [
    { seq: 2, type: "thread.renamed", at: at(2), actor: MATEO, data: { title: "Delivery day" }, message: systemLine(2, "thread.renamed") },
    sent(3, MATEO, "Hello"),
  ]);
  const late = (fields) => ({ t: "room", room: room([thread({ title: "Delivery date", ...fields })]) });
  state = reduce(state, late({ head: 1, can_write: false }));
  const { title, unread, can_write } = state.threads[JOINT];
  assert.deepEqual([title, unread, can_write], ["Delivery day", 1, false]);
  assert.equal(reduce(state, late({ head: 3, title: "Delivery" })).threads[JOINT].title, "Delivery");
});

test("a welcome that says what is known leaves everything as it was, so that nothing is drawn anew", () => {
  const before = fresh({ head: 2, unread: 1 }, [line(1, HELEN, "Hello"), line(2, MATEO, "Hi")]);
  const after = reduce(before, { t: "welcome", epoch: "e1", room: room([thread({ head: 2, unread: 1 })]) });
  for (const name of ["room", "people", "members", "threads"]) assert.equal(after[name], before[name], name);
  const locked = reduce(before, { t: "welcome", epoch: "e1", room: { ...room([thread({ head: 2 })]), locked_at: at(9) } });
  assert.equal(locked.threads[JOINT].unread, 0);
  assert.equal(locked.room.locked_at, at(9));
  assert.equal(locked.members, before.members);
});
