// A page of the desk that is no queue follows by itself: its own part, and the list of queues with their counts.

import { Connection } from "../lib/connection.js";
import { inTurns } from "../lib/turns.js";

const SOON_MS = 1_500;

/** Ask for a part of this page anew. What has the focus in it keeps its nodes. Whether it was drawn. */
export async function draw(name, place) {
  try {
    const answer = await fetch(location.href, { headers: { "X-Part": name }, credentials: "same-origin" });
    if (!answer.ok || answer.redirected || place.contains(document.activeElement)) return false;
    place.replaceChildren(...new DOMParser().parseFromString(await answer.text(), "text/html").body.childNodes);
    return true;
  } catch {
    return false; // the next news or the next connection asks again
  }
}

/** `refresh` draws the page's own part; `kinds` are the frames after which it is asked for. */
export function follow(refresh, kinds) {
  const list = document.querySelector("[data-part=list]");
  const drawList = inTurns(() => draw("list", list));
  let timer = null;
  const soon = () => {
    timer ??= setTimeout(() => {
      timer = null;
      drawList();
    }, SOON_MS);
  };
  const address = new URL("/live/", location.href);
  address.protocol = address.protocol.replace("http", "ws");
  new Connection({
    url: address.href, room: null, cursors: () => ({}), epoch: () => null,
    onFrame(said) {
      if (kinds.includes(said.t)) refresh();
      if (said.t === "desk" || said.t === "team") soon();
    },
    onPhase(phase) {
      if (phase === "ended") location.reload();
      if (phase !== "live") return;
      refresh();
      soon();
    },
  }).start();
}
