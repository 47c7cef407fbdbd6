// The case beside the talk: drawn by the server, fetched anew when something happened in it.

import { words } from "../lib/say.js";
import { part } from "./nodes.js";

const SOON_MS = 150;

export class CaseParts {
  constructor(room) {
    this.room = room;
    this.narrow();
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

  useAsEvidence(thread, seq) {
    location.assign(`/cases/${this.id}/do/submit_evidence/?message=${thread}:${seq}`);
  }

  /** Events of the case, and words in private that may go with one, draw the parts anew. */
  heard(thread, events) {
    const isPrivate = this.room.state.threads[thread]?.audience.startsWith("caucus");
    if (events.some(({ type }) => type.startsWith("dispute.") || (isPrivate && type === "message.sent"))) this.refresh();
  }

  refresh() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.#fetch(), SOON_MS);
  }

  async #fetch() {
    const answer = await fetch(`/rooms/${this.room.state.room.id}/case/`, { headers: { "X-Part": "case" } }).catch(() => null);
    if (!answer?.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const turn = document.querySelector(".case-bar .standing-facts b")?.textContent;
    for (const name of ["case-bar", "case-panel", "case-heading"]) swap(part(document, name), part(fresh, name));
    if (fresh.querySelector(".case-bar")) this.#wear();
    const now = document.querySelector(".case-bar .standing-facts b")?.textContent;
    if (now && now !== turn) this.room.telling.announce(`${words.case.now}: ${now}`);
    this.room.panel.drawHelp();
  }

  /** A case that began while the page was open brings its styles along. */
  #wear() {
    if (document.querySelector("link[data-case-style]")) return;
    const link = document.querySelector("[data-case-style-address]");
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: link.dataset.caseStyleAddress }));
    link.removeAttribute("data-case-style-address");
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
  const isSummary = focused?.matches("summary");
  old.replaceWith(document.adoptNode(fresh));
  if (!focused) return;
  const same = address && [...fresh.querySelectorAll("a[href]")].find((link) => link.getAttribute("href") === address);
  const box = kept && [...fresh.querySelectorAll("details[data-keep]")].find((each) => each.dataset.keep === kept);
  (same || (isSummary && box?.querySelector("summary")) || box?.querySelector("summary") || document.getElementById("main")).focus({ preventScroll: true });
}
