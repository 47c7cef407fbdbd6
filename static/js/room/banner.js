// The state of the line, under the head of the room.

import { fill, plural, words } from "../lib/say.js";
import { icon, linkButton, make, part } from "./nodes.js";

const FIRST_MS = 400; // catching up at the first load is quicker than that and needs no word
const ICONS = { reconnecting: "retry", offline: "offline", catching_up: "sync" };

export class Banner {
  constructor(room) {
    this.room = room;
    this.node = part(document.getElementById("main"), "connection");
    this.wasDown = false;
  }

  draw({ phase, since, missed }) {
    clearTimeout(this.timer);
    if (phase === "catching_up" && !this.wasDown) this.timer = setTimeout(() => this.#show(phase, since, missed), FIRST_MS);
    else if (ICONS[phase]) {
      this.wasDown = true;
      this.#show(phase, since, missed);
    } else this.#hide(phase);
  }

  #show(phase, since, missed) {
    const said = words.connection;
    const time = since ? this.room.moments.clock(since) : "";
    const isCounted = phase === "catching_up" && missed;
    const more = isCounted ? plural("new_messages", missed) : fill(said[`${phase}_more`], { time });
    const line = make("p", {}, make("b", {}, said[phase]), " ", more);
    const now = linkButton(said.try_now, { onclick: () => this.room.connection.now() });
    this.node.replaceChildren(icon(ICONS[phase], "s"), line, ...(phase === "catching_up" ? [] : [now]));
    if (phase === "catching_up") this.node.dataset.tone = "ok";
    else delete this.node.dataset.tone;
    this.node.hidden = false;
  }

  #hide(phase) {
    this.node.hidden = true;
    if (phase !== "live" || !this.wasDown) return;
    this.wasDown = false;
    this.room.telling.announce(words.announced.connected);
  }
}
