// The case beside the talk: drawn by the server, fetched anew when something happened in it.

import { freshClocks, startClocks } from "../components/countdown.js";
import { words } from "../lib/say.js";
import { inTurns } from "../lib/turns.js";
import { freshen, gather, reveal } from "./cards.js";
import { land } from "./focus.js";
import { part } from "./nodes.js";

const SOON_MS = 150;
const CALM_MS = 1_000; // words come in bursts
const LATER_MS = 6_000;

export class CaseParts {
  constructor(room) {
    this.room = room;
    gather(document, part(document, "case-cards"));
    this.narrow();
    startClocks(() => this.refresh());
    document.addEventListener("click", (event) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const { shows, finds } = event.target.closest("[data-shows], [data-finds]")?.dataset ?? {};
      if ((shows && this.#show(shows)) || (finds && this.#find(finds))) event.preventDefault();
    });
  }

  /** On a phone the bar is one line until it is opened. */
  narrow() {
    if (matchMedia("(max-width: 51.99rem), (max-height: 40rem)").matches) this.#bar()?.removeAttribute("open");
  }

  #bar() {
    return document.querySelector(".case-bar > details");
  }

  get id() {
    return document.querySelector("[data-part=case-bar]").dataset.case;
  }

  /** Whether an open claim says how to come to a mediator, so that the room's own row need not. */
  get isClaim() {
    return document.querySelector("[data-part=case-bar]").hasAttribute("data-claim");
  }

  get takesEvidence() {
    return document.querySelector("[data-part=case-bar]").hasAttribute("data-evidence");
  }

  /** To the newest offer that stands, in the talk if its line is there. */
  toOpenOffer() {
    const row = [...document.querySelectorAll("[data-shows]")].find(({ dataset }) => dataset.state === "open");
    return Boolean(row) && (reveal(row.dataset.shows) || this.room.panel.reveal("[data-shows]"));
  }

  /** To a card in the talk; a sheet over it gives way. */
  #show(key) {
    if (!reveal(key)) return false;
    this.room.panel.close();
    return reveal(key);
  }

  /** To a line of the panel, opened. */
  #find(id) {
    const box = document.querySelector(`#${CSS.escape(id)} details`);
    if (box) box.open = true;
    return this.room.panel.reveal(`#${CSS.escape(id)} summary`);
  }

  useAsEvidence(thread, seq) {
    this.room.acts.open(`/cases/${this.id}/do/submit_evidence/?message=${thread}:${seq}`);
  }

  /** Events of the case, and words in private that may go with one, draw the parts anew; for the mediator, whose
   *  columns tell who waits for an answer, all words do. */
  heard(thread, events) {
    const { threads, room } = this.room.state;
    const counts = room.role === "mediator" || threads[thread]?.audience.startsWith("caucus");
    this.#again();
    const isOf = (start) => events.some(({ type }) => type.startsWith(start));
    if (["dispute.", "milestone.", "contract.", "clock."].some(isOf)) this.refresh();
    else if (counts && isOf("message.sent")) this.refresh(room.role === "mediator" ? CALM_MS : SOON_MS);
  }

  /** Clocks hear of it a little later than people. */
  #again() {
    clearTimeout(this.later);
    if (document.querySelector("[data-clocks]")) this.later = setTimeout(() => this.refresh(), LATER_MS);
  }

  /** The soonest wins: what is fetched then is all there is. */
  refresh(after = SOON_MS) {
    if (this.waiting && after > SOON_MS) return;
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => {
      this.waiting = null;
      this.#fetchInTurns();
    }, after);
  }

  #fetchInTurns = inTurns(() => this.#fetch());

  async #fetch() {
    const answer = await fetch(`/rooms/${this.room.state.room.id}/case/`, { headers: { "X-Part": "case" } }).catch(() => null);
    if (!answer?.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const turn = document.querySelector(".case-bar .standing-facts b")?.textContent;
    const begins = fresh.querySelector(".case-bar") && !this.#bar();
    if (begins) this.#wear();
    part(document, "case-cards").replaceWith(document.adoptNode(part(fresh, "case-cards")));
    for (const name of ["case-bar", "case-panel", "case-heading", "case-head", "milestones", "contract"]) swap(part(document, name), part(fresh, name));
    freshTools(part(fresh, "case-tools"));
    for (const { timeline } of this.room.lanes.values()) timeline.keepPlace(() => freshen(timeline.list));
    if (begins) this.narrow();
    freshClocks(document);
    const now = document.querySelector(".case-bar .standing-facts b")?.textContent;
    if (now && now !== turn) this.room.telling.announce(`${words.case.now}: ${now}`);
    this.room.panel.drawHelp();
  }

  /** A case that began while the page was open brings its styles along. */
  #wear() {
    for (const one of document.querySelectorAll("meta[data-case-style]")) {
      one.replaceWith(Object.assign(document.createElement("link"), { rel: "stylesheet", href: one.dataset.caseStyle }));
    }
  }
}

/** What can be added to the case, in each field that everyone reads; also in those that lanes are still made from. */
function freshTools(fresh) {
  for (const root of [document, document.getElementById("lane-template").content]) {
    for (const old of root.querySelectorAll("[data-composer] [data-part=case-tools]")) {
      if (old.innerHTML.trim() !== fresh.innerHTML.trim()) swap(old, fresh.cloneNode(true));
    }
  }
}

/** The new markup in the place of the old: what was open stays open, the focus stays where it was. */
function swap(old, fresh) {
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const open = new Map([...old.querySelectorAll("details[data-keep]")].map((box) => [box.dataset.keep, box.open]));
  for (const box of fresh.querySelectorAll("details[data-keep]")) {
    if (open.has(box.dataset.keep)) box.open = open.get(box.dataset.keep);
  }
  const address = focused?.getAttribute("href");
  const kept = focused?.closest("details[data-keep]")?.dataset.keep;
  old.replaceWith(document.adoptNode(fresh));
  if (!focused) return;
  const same = address && [...fresh.querySelectorAll("a[href]")].find((link) => link.getAttribute("href") === address);
  const box = kept && [...fresh.querySelectorAll("details[data-keep]")].find((each) => each.dataset.keep === kept);
  const place = focused.id && fresh.querySelector(`#${CSS.escape(focused.id)}`);
  if (place) place.tabIndex = focused.tabIndex;
  land(place, same, box?.querySelector("summary"));
}
