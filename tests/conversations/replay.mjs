// Runs the page's own reducer: what `frames` make of the room as it was at `start`, beside a fresh load of it.
import { readFileSync } from "node:fs";
import { bootState, emptyState, reduce } from "../../static/js/lib/state.js";

const threadOf = ({ id, audience, is_main, title, resolved_at, head, unread, can_write, messages }) =>
  ({ id, audience, is_main, title, resolved_at, head, unread, can_write, messages });
const shown = ({ room, threads, members, help }) => ({
  contract: room.contract,
  locked_at: room.locked_at,
  threads: Object.fromEntries(Object.values(threads).map((thread) => [thread.id, threadOf(thread)])),
  members: members.toSorted((one, other) => one.id.localeCompare(other.id)),
  help,
});

function ways({ me, start, frames, now }) {
  const live = (begin) => frames.reduce(reduce, begin);
  const epoch = "one";
  return {
    fresh: shown(bootState({ me, epoch, ...now })),
    followed: shown(live(bootState({ me, epoch, ...start }))),
    repeated: shown(live(live(bootState({ me, epoch, ...start })))),
    late: shown(live(bootState({ me, epoch, ...now }))),
    welcomed: shown(live(reduce(emptyState(me), { t: "welcome", me, epoch, room: now.room }))),
  };
}

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(ways)));
