// What stands around the lines: tabs, people, help from a mediator, the contract.

import { orderedThreads, totalUnread } from "../lib/state.js";
import { fill, joinNames, plural, present, threadWords, words } from "../lib/say.js";
import { Banner } from "./banner.js";
import { Dialogs } from "./dialogs.js";
import { fromTemplate, icon, make, part, setCount, setFace, setIcon, setRole, setText } from "./nodes.js";

export class Panel {
  constructor(room) {
    this.room = room;
    this.main = document.getElementById("main");
    this.panel = document.getElementById("panel");
    this.tabs = part(this.main, "tabs");
    this.title = document.title;
    this.banner = new Banner(room);
    this.dialogs = new Dialogs(room);
    this.tabs.addEventListener("keydown", (event) => this.#tabKey(event));
  }

  draw(state, before = null) {
    const changed = (...keys) => !before || keys.some((key) => state[key] !== before[key]);
    if (changed("threads", "members", "people", "room")) this.#drawThreads(state);
    if (changed("members", "people", "here")) this.#drawPeople(state);
    if (changed("help", "members", "room")) this.drawHelp(state);
    if (changed("room")) this.#drawTopicNew(state);
    if (changed("phase", "since", "missed")) this.banner.draw(state);
  }

  // --- threads -------------------------------------------------------------------------------------------------

  /** Tabs and the list of topics. In the mediator's wide room the dock's threads need no tab. */
  #drawThreads(state) {
    const threads = orderedThreads(state);
    const tabbed = threads.filter((thread) => !this.room.lanes.isDocked(thread));
    fillList(this.tabs, tabbed, "tab-template", (tab, thread) => this.#drawTab(tab, thread));
    fillList(part(this.panel, "topics"), threads, "topic-template", (link, thread) => this.#drawTopic(link, thread));
    this.tabs.hidden = tabbed.length < 2;
    const unread = totalUnread(state);
    if (!document.querySelector("[data-inbox]")) document.title = unread ? `(${unread}) ${this.title}` : this.title;
  }

  #drawTab(tab, thread) {
    const said = threadWords(this.room.state, thread);
    const isOn = thread.id === this.room.lanes.shown;
    const wasOn = tab.getAttribute("aria-selected") === "true";
    if (isOn && !wasOn) requestAnimationFrame(() => tab.scrollIntoView({ block: "nearest", inline: "nearest" }));
    tab.dataset.audience = thread.audience;
    tab.toggleAttribute("data-resolved", Boolean(thread.resolved_at));
    tab.setAttribute("aria-selected", String(isOn));
    tab.tabIndex = isOn ? 0 : -1;
    if (isOn) tab.setAttribute("aria-controls", `lane-${thread.id}`);
    else tab.removeAttribute("aria-controls");
    setIcon(tab, said.icon);
    setText(part(tab, "tab"), said.tab);
    part(tab, "resolved").hidden = !thread.resolved_at;
    setCount(part(tab, "count"), thread.unread);
  }

  #drawTopic(link, thread) {
    const said = threadWords(this.room.state, thread);
    const [glyph, name] = link.children;
    const settled = link.querySelector("svg + span + svg");
    if (thread.id === this.room.lanes.shown) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
    setIcon(glyph, said.icon);
    setText(name, said.tab);
    if (thread.resolved_at && !settled) name.after(icon("check", "s"));
    if (!thread.resolved_at) settled?.remove();
    setCount(part(link, "count"), thread.unread);
  }

  #drawTopicNew({ room: { can } }) {
    for (const button of document.querySelectorAll("[data-act=topic-new]")) button.hidden = !can.open_topic.length;
  }

  #tabKey(event) {
    const by = { ArrowRight: 1, ArrowLeft: -1, " ": 0 }[event.key];
    if (by === undefined) return;
    const tabs = [...this.tabs.children];
    const next = tabs[(tabs.indexOf(document.activeElement) + by + tabs.length) % tabs.length];
    event.preventDefault();
    event.stopPropagation();
    this.room.lanes.show(next.dataset.threadLink, { focus: false });
    next.focus();
  }

  // --- people --------------------------------------------------------------------------------------------------

  #drawPeople(state) {
    const members = present(state);
    const isHere = ({ id }) => id === state.me || state.here.includes(id);
    const names = joinNames(members.filter(({ id }) => id !== state.me).map((card) => card.first_name));
    const count = members.filter(isHere).length;
    const faces = part(this.main, "faces");
    const list = part(this.panel, "members");
    setText(part(this.main, "people-line"), [names, count ? plural("people_here", count) : ""].filter(Boolean).join(" · "));
    faces.setAttribute("aria-label", fill(words.presence.in_room, { names: joinNames(members.map((card) => card.first_name)) }));
    fitChildren(faces, members.length, newFace);
    fitChildren(list, members.length, () => fromTemplate("person-template"));
    members.forEach((card, index) => {
      drawFace(faces.children[index], card, isHere(card));
      drawPerson(list.children[index], card, isHere(card));
    });
  }

  // --- help ----------------------------------------------------------------------------------------------------

  drawHelp({ room: { can }, help } = this.room.state) {
    const box = part(this.main, "help");
    const isWaiting = Boolean(help && !help.taken_by);
    for (const [name, on] of Object.entries({ ask: can.ask, waiting: isWaiting, cancel: can.cancel_ask, join: can.join })) {
      box.querySelector(`[data-help="${name}"]`).hidden = !on;
    }
    box.hidden = (!can.ask && !isWaiting) || this.room.caseParts.isClaim;
    part(this.main, "leave").hidden = !can.leave;
  }

  // --- the contract --------------------------------------------------------------------------------------------

  /** A column where there is room for it, else a sheet. */
  toggle() {
    if (matchMedia("(min-width: 76rem)").matches) {
      const frame = document.querySelector(".frame");
      if (frame.dataset.panel === "off") delete frame.dataset.panel;
      else frame.dataset.panel = "off";
    } else if (!this.close()) {
      this.opener = document.activeElement;
      this.panel.setAttribute("data-open", "");
      this.panel.focus();
    }
  }

  /** Show a part of the panel and put the focus there. Whether it is there. */
  reveal(selector) {
    const found = this.panel.querySelector(selector);
    if (!found) return false;
    if (!this.panel.checkVisibility()) this.toggle();
    found.tabIndex = -1;
    found.focus();
    found.scrollIntoView({ block: "nearest" });
    return true;
  }

  /** Whether the sheet was open. */
  close() {
    if (!this.panel.hasAttribute("data-open")) return false;
    this.panel.removeAttribute("data-open");
    this.opener?.focus();
    return true;
  }
}

/** Make the list hold one item for each thread, in order, keeping the items that stay. */
function fillList(list, threads, template, draw) {
  const linkOf = (item) => item.querySelector("[data-thread-link]") ?? item;
  const known = new Map([...list.children].map((item) => [linkOf(item).dataset.threadLink, item]));
  let place = null;
  for (const thread of threads) {
    const item = known.get(thread.id) ?? fromTemplate(template);
    const next = place ? place.nextElementSibling : list.firstElementChild;
    known.delete(thread.id);
    linkOf(item).dataset.threadLink = thread.id;
    linkOf(item).href = `?thread=${thread.id}`;
    draw(linkOf(item), thread);
    if (next !== item) list.insertBefore(item, next);
    place = item;
  }
  for (const item of known.values()) item.remove();
}

function fitChildren(list, n, makeOne) {
  while (list.children.length < n) list.append(makeOne());
  while (list.children.length > n) list.lastElementChild.remove();
}

function newFace() {
  const face = make("span", { className: "face", data: { size: "m" } }, make("span"), make("i", { className: "face-here" }));
  face.setAttribute("aria-hidden", "true");
  return face;
}

function drawFace(face, card, isHere) {
  setFace(face, card);
  face.querySelector(".face-here").toggleAttribute("data-away", !isHere);
}

function drawPerson(row, card, isHere) {
  row.dataset.person = card.id;
  drawFace(row.querySelector(".face"), card, isHere);
  setText(row.querySelector("b"), card.name);
  setRole(row.querySelector(".role"), card.role, words.roles[card.role]);
  setText(part(row, "presence"), isHere ? words.presence.here : words.presence.away);
}
