// The lanes: one for each thread that is shown. A party sees one at a time, the mediator also the dock beside it.
// Only one field is open at once.

import { orderedThreads } from "../lib/state.js";
import { fill, joinNames, kindOf, person, threadWords, words } from "../lib/say.js";
import { Composer } from "./composer.js";
import { fromTemplate, part, setCount, setIcon, setRole, setText } from "./nodes.js";
import { isLocked, mayWrite, silence } from "./rights.js";
import { Timeline } from "./timeline.js";

const DOCKED = ["caucus_client", "caucus_freelancer", "internal"];

export class Lanes {
  constructor(room) {
    Object.assign(this, { room, shown: room.boot.shown, active: room.boot.shown, lanes: new Map(), unfolded: null });
    this.wide = matchMedia("(min-width: 64rem)");
  }

  start() {
    this.#adopt(document.querySelector("[data-lane]"), this.shown);
    this.#place();
    this.wide.addEventListener("change", () => this.arrange());
  }

  get = (id) => this.lanes.get(id);
  values = () => this.lanes.values();
  #thread = (id) => this.room.state.threads[id];

  // --- which lanes there are -----------------------------------------------------------------------------------

  hasDock() {
    return this.room.state.room.role === "mediator" && this.wide.matches;
  }

  /** In the mediator's wide room the private threads and the notes stand beside the one for everyone. */
  isDocked(thread) {
    return Boolean(thread) && this.hasDock() && thread.is_main && DOCKED.includes(thread.audience);
  }

  /** One thread alone has no tab, and neither have those in the dock. */
  #hasTab(thread) {
    return !this.isDocked(thread) && Object.values(this.room.state.threads).filter((each) => !this.isDocked(each)).length > 1;
  }

  /** Threads came or went, or the window has another width. */
  arrange() {
    this.#place();
    this.show(this.shown, { focus: false });
  }

  /** Put every lane where it belongs. */
  #place() {
    const dock = part(document, "dock");
    const docked = orderedThreads(this.room.state).filter((thread) => this.isDocked(thread));
    part(document, "lanes").toggleAttribute("data-dock", docked.length > 0);
    dock.hidden = !docked.length;
    for (const { id } of docked) {
      const { root } = this.#lane(id);
      if (root.parentElement !== dock) dock.append(root);
      root.hidden = false;
      part(root, "head").hidden = false;
    }
    for (const [id, { root }] of this.lanes) {
      if (this.isDocked(this.#thread(id))) continue;
      if (root.parentElement === dock) dock.before(root);
      part(root, "head").hidden = true;
    }
    if (!docked.some(({ id }) => id === this.unfolded)) this.unfolded = (docked.find(({ unread }) => unread) ?? docked[0])?.id;
    if (this.isDocked(this.#thread(this.shown))) this.shown = orderedThreads(this.room.state)[0].id;
  }

  #lane(id) {
    if (this.lanes.has(id)) return this.lanes.get(id);
    const root = fromTemplate("lane-template");
    const thread = this.#thread(id);
    const kind = kindOf(thread.audience);
    root.className = `lane lane-${kind}`;
    root.dataset.thread = id;
    root.hidden = true;
    for (const node of [root, ...root.querySelectorAll("[data-audience]")]) node.dataset.audience = thread.audience;
    const form = root.querySelector("[data-composer]");
    form.elements.thread.value = id;
    part(form, "send").dataset.kind = kind === "joint" ? "main" : kind;
    if (!thread.can_write) form.remove();
    part(root, "readonly").hidden = thread.can_write;
    const said = threadWords(this.room.state, thread);
    for (const name of ["head", "rule", "shut"]) setIcon(part(root, name), said.icon);
    drawSide(part(root, "head").querySelector(".role"), thread.audience);
    part(document, "dock").before(root);
    return this.#adopt(root, id);
  }

  #adopt(root, id) {
    const lane = { root, timeline: new Timeline(this.room, root, id), composer: new Composer(this.room, root, id) };
    this.lanes.set(id, lane);
    root.id = `lane-${id}`;
    part(root, "shut").addEventListener("click", () => this.write(id));
    part(root, "head").addEventListener("click", () => this.fold(id));
    root.addEventListener("focusin", ({ target }) => {
      if (id !== this.active && target.closest("[data-composer]")) this.write(id, { focus: false });
    });
    return lane;
  }

  // --- drawing -------------------------------------------------------------------------------------------------

  draw(before = null) {
    const { state } = this.room;
    for (const [id, { root }] of this.lanes) {
      if (state.threads[id]) continue;
      root.remove();
      this.lanes.delete(id);
    }
    if (!state.threads[this.shown]) this.show(orderedThreads(state)[0].id);
    if (!before) this.#open();
    const changed = (...keys) => !before || keys.some((key) => state[key] !== before[key]);
    const all = changed("people", "members", "outbox") || (changed("phase") && Object.keys(state.outbox).length > 0);
    this.#drawLanes((id) => all || state.threads[id] !== before.threads[id]);
    for (const [id, lane] of this.lanes) {
      if (changed("phase")) lane.composer.draw();
      if (changed("typing")) this.#drawTyping(id, lane);
    }
    if (before && Boolean(state.room.locked_at) !== Boolean(before.room?.locked_at)) this.#drawLock(state.room.locked_at);
  }

  /** The fields close or open at once; who was in one is told why, and is not left without a place. */
  #drawLock(locked) {
    const id = document.activeElement?.closest("[data-composer], [data-part=locked]")?.closest("[data-lane]")?.dataset.thread;
    this.#compose();
    this.room.telling.announce(words.system[locked ? "room.locked" : "room.unlocked"]);
    if (id) this.get(id).composer.focus();
  }

  /** All of them are changed before the first is measured: else the page would be laid out anew for each. */
  #drawLanes(wanted) {
    const drawn = [...this.lanes].filter(([id, { root }]) => !root.hidden && this.#thread(id) && wanted(id));
    const lines = drawn.map(([, { timeline }]) => timeline).filter(({ isFolded }) => !isFolded);
    const places = lines.map((timeline) => timeline.place());
    for (const [id, lane] of drawn) this.#drawLane(id, lane);
    lines.forEach((timeline, at) => timeline.keep(places[at]));
  }

  #drawLane(id, { root, timeline, composer }) {
    const thread = this.#thread(id);
    const said = threadWords(this.room.state, thread);
    if (!timeline.isFolded) timeline.change();
    composer.draw();
    root.setAttribute("aria-label", said.tab);
    if (this.#hasTab(thread)) root.setAttribute("role", "tabpanel");
    else root.removeAttribute("role");
    setText(part(root, "tab"), said.tab);
    part(root, "timeline").setAttribute("aria-label", said.list);
    part(root, "rule").hidden = !said.rule;
    setText(part(root, "rule").querySelector("span"), said.rule ?? "");
    setText(part(root, "shut").querySelector("span"), said.placeholder);
    setCount(part(root, "count"), thread.unread);
    part(root, "locked").hidden = !isLocked(this.room.state, thread);
    this.#drawSilence(root, thread, said);
    drawTopicTools(root, thread, mayWrite(this.room.state, thread));
  }

  /** In a private thread without a private talk the mediator finds how to begin one in the place of the field. */
  #drawSilence(root, thread, said) {
    const why = silence(this.room.state, thread);
    const notice = part(root, "silence");
    notice.hidden = !why;
    if (!why) return;
    const [text, act] = [notice.querySelector("p"), notice.querySelector("a")];
    text.textContent = said[why];
    act.hidden = why === "over";
    act.textContent = said[`${why}_do`] ?? "";
    const party = this.room.state.members.find(({ role }) => thread.audience === `caucus_${role}`)?.id;
    const command = why === "begin" ? `begin_caucus/?party=${party}` : "end_caucus/";
    act.href = `/cases/${this.room.caseParts.id}/do/${command}`;
  }

  #drawTyping(id, { root }) {
    const { state } = this.room;
    const names = (state.typing[id] ?? []).map((user) => person(state, user).first_name);
    const [dots, text] = part(root, "typing").children;
    const said = names.length === 1 ? words.presence.writing_one : words.presence.writing_many;
    dots.hidden = !names.length;
    text.textContent = names.length ? fill(said, { names: joinNames(names) }) : "";
  }

  // --- going from one to the other -----------------------------------------------------------------------------

  /** Show a thread in the centre, or open its lane in the dock. */
  async show(id, { focus = true } = {}) {
    if (!this.#thread(id)) return;
    if (this.soon === id) this.soon = null;
    if (this.isDocked(this.#thread(id))) return this.write(id, { focus });
    const changed = this.shown !== id;
    this.shown = id;
    const { timeline, composer } = this.#lane(id);
    for (const [other, { root }] of this.lanes) if (!this.isDocked(this.#thread(other))) root.hidden = other !== id;
    if (changed || !this.isDocked(this.#thread(this.active))) this.active = id;
    this.room.panel.draw(this.room.state);
    if (!this.#thread(id).loaded) await this.room.history.newest(id);
    this.#compose();
    if (!changed) return;
    history.replaceState(null, "", `?thread=${id}`);
    timeline.visit();
    this.room.reading.soon(timeline);
    if (focus) composer.focus();
  }

  /** Show a thread as soon as its first event is here. */
  showSoon(id) {
    this.soon = id;
    this.show(id);
  }

  /** Open the field of one lane; every other one closes. Says whose it is. */
  write(id, { focus = true } = {}) {
    const thread = this.#thread(id);
    const isNew = this.active !== id;
    this.active = id;
    if (this.isDocked(thread) && thread.audience === "internal") this.notesFolded = false;
    else if (this.isDocked(thread)) this.unfolded = id;
    this.#compose();
    if (focus) this.get(id).composer.focus();
    if (!isNew || !this.hasDock()) return;
    const { to, who } = threadWords(this.room.state, thread);
    this.room.telling.announce(fill(words.announced.lane, { to, who }));
  }

  fold(id) {
    if (this.#thread(id).audience === "internal") this.notesFolded = !this.notesFolded;
    else this.unfolded = this.unfolded === id ? null : id;
    if (this.active === id) this.active = this.shown;
    this.#compose();
  }

  #isFolded(thread) {
    if (!this.isDocked(thread)) return false;
    return thread.audience === "internal" ? Boolean(this.notesFolded) : this.unfolded !== thread.id;
  }

  #compose() {
    this.#open();
    this.#drawLanes((id) => !this.#isFolded(this.#thread(id)));
  }

  /** Which lanes and which field are open. */
  #open() {
    const inDock = this.isDocked(this.#thread(this.active));
    part(document, "lanes").dataset.writing = inDock ? "dock" : "centre";
    for (const [id, lane] of this.lanes) {
      const thread = this.#thread(id);
      if (!thread) continue;
      const folded = this.#isFolded(thread);
      const open = id === this.active || (!this.isDocked(thread) && !inDock);
      lane.root.toggleAttribute("data-folded", folded);
      part(lane.root, "head").setAttribute("aria-expanded", String(!folded));
      const writes = mayWrite(this.room.state, thread);
      lane.composer.open(open && writes, id === this.active);
      part(lane.root, "shut").hidden = open || !writes;
    }
  }
}

/** Whose private thread it is, by shape, colour and word. */
function drawSide(role, audience) {
  const side = { caucus_client: "client", caucus_freelancer: "freelancer" }[audience];
  if (side) setRole(role, side, words.roles[side]);
  else role.remove();
}

function drawTopicTools(root, thread, writes) {
  let tools = part(root, "topic-tools");
  if (thread.is_main || !writes) return tools?.remove();
  if (!tools) {
    tools = fromTemplate("topic-tools-template");
    root.querySelector(".timeline-wrap").before(tools);
  }
  tools.querySelector('[data-act="topic-resolve"]').hidden = Boolean(thread.resolved_at);
  tools.querySelector('[data-act="topic-reopen"]').hidden = !thread.resolved_at;
}
