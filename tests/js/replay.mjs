// Plays a room's events onto the state of an earlier load, and prints what differs from a fresh load. Input (stdin):
// a list of {name, me, before: {room, pages}, frames, after: {room, pages}}.
import { readFileSync } from "node:fs";
import { bootState, reduce } from "../../static/js/lib/state.js";

const shape = (state) => ({
  help: state.help,
  locked_at: state.room.locked_at,
  members: state.members.map(({ id, role }) => `${role} ${id}`).sort(),
  threads: Object.fromEntries(Object.values(state.threads).map((thread) => [thread.id, {
    audience: thread.audience, is_main: thread.is_main, title: thread.title, resolved_at: thread.resolved_at, head: thread.head,
    cursor: thread.cursor, unread: thread.unread, messages: thread.messages, can_write: thread.can_write,
  }])),
});

const differences = [];

const compare = (one, other, path) => {
  const isPlain = (value) => value === null || typeof value !== "object";
  if (isPlain(one) || isPlain(other)) {
    if (one !== other) differences.push(`${path}: played ${JSON.stringify(one)}, fresh ${JSON.stringify(other)}`);
    return;
  }
  for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) compare(one[key], other[key], `${path}.${key}`);
};

for (const { name, me, before, frames, after } of JSON.parse(readFileSync(0, "utf8"))) {
  const played = frames.reduce(reduce, bootState({ me, epoch: "e", ...before }));
  compare(shape(played), shape(bootState({ me, epoch: "e", ...after })), name);
}
process.stdout.write(JSON.stringify(differences));
