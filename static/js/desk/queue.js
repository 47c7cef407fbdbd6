// The rows of the queue, and the list of queues with their counts. Nothing moves under a hand: while somebody points at
// the rows or has the focus in them, clocks, owners and counts are put right in their places, and the rest waits to be
// asked for or for the next look without a hand. What one did oneself is no news: by keys the row leaves at once, under a
// pointer it stays, for the next press would hit another one.

import { freshClocks } from "../components/countdown.js";
import { inTurns } from "../lib/turns.js";
import { make } from "../room/nodes.js";
import { changes } from "./news.js";

const SOON_MS = 1_500;
const SPREAD_MS = 1_000; // so that not every desk asks in the same moment
const OWN_MS = 15_000; // until clocks and subscribers have followed what one did

export class Queue {
  constructor(frame) {
    this.frame = frame;
    this.place = frame.querySelector("[data-part=queue]");
    this.list = frame.querySelector("[data-part=list]");
    this.news = frame.querySelector("[data-part=news]");
    this.words = document.getElementById("desk-words").dataset;
    this.waiting = null; // rows that came while the list was held
    this.own = new Map(); // case that the reader acted on → when
    this.onDrawn = () => {};
    this.refresh = inTurns(() => this.#refresh());
    this.news.querySelector("[data-act=show]").addEventListener("click", () => this.show());
  }

  rows = () => [...this.place.querySelectorAll("[data-case]")];
  rowOf = (id) => this.place.querySelector(`[data-case="${CSS.escape(id)}"]`);
  shown = () => ({ queue: this.frame.dataset.queue, me: this.frame.dataset.me, cases: this.rows().map((row) => row.dataset.case) });

  /** The reader acted on a case: ask for what came of it, which is not said as news. */
  acted(id) {
    this.own.set(id, Date.now());
    return this.refresh();
  }

  /** Ask soon, once for all that comes until then. */
  refreshSoon() {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.refresh();
    }, SOON_MS + Math.random() * SPREAD_MS);
  }

  async #refresh() {
    const parts = await this.#fetch();
    if (!parts) return;
    this.#draw(this.list, parts.list);
    const ids = [...parts.queue.querySelectorAll("[data-case]")].map((row) => row.dataset.case);
    const before = this.shown().cases;
    const all = changes(before, ids);
    const { gone, news, moved } = changes(before, ids, this.#own());
    const isOther = all.gone.length || all.news.length || all.moved;
    const isNews = gone.length || news.length || moved;
    if (!(isOther && this.#isPointedAt()) && !(isNews && this.#hasFocus())) return this.show(parts.queue, news.length);
    this.waiting = parts.queue;
    this.#inPlace(parts.queue, all.gone);
    if (isNews) this.#tell(news.length + gone.length + Number(moved && !news.length && !gone.length));
  }

  #own() {
    for (const [id, at] of this.own) if (Date.now() - at > OWN_MS) this.own.delete(id);
    return [...this.own.keys()];
  }

  /** Put what came in the place of what is shown, with the focus where it was. */
  show(rows = this.waiting, news = 0) {
    if (!rows) return;
    const focused = this.place.contains(document.activeElement) ? document.activeElement : null;
    const id = focused?.closest("[data-case]")?.dataset.case;
    this.waiting = null;
    this.news.hidden = true;
    const chosen = this.place.querySelectorAll("[name=case]:checked");
    const ids = [...chosen].map((box) => box.value);
    this.place.replaceChildren(...rows.childNodes);
    for (const box of this.place.querySelectorAll("[name=case]")) box.checked = ids.includes(box.value);
    freshClocks(this.place);
    this.markShown();
    this.onDrawn();
    if (id) (this.rowOf(id) ?? this.place).querySelector(".case-title")?.focus();
    if (news) document.getElementById("announcer").textContent = this.#said(news);
  }

  /** The row whose brief is open. */
  markShown() {
    const id = new URL(location.href).searchParams.get("case");
    for (const row of this.rows()) row.toggleAttribute("data-shown", row.dataset.case === id);
  }

  #isPointedAt = () => Boolean(this.place.querySelector(".cases:hover"));
  #hasFocus = () => Boolean(this.place.querySelector(".cases :focus"));

  #inPlace(rows, gone) {
    for (const row of this.rows()) {
      const fresh = rows.querySelector(`[data-case="${CSS.escape(row.dataset.case)}"]`);
      if (!fresh || row.contains(document.activeElement)) continue;
      row.dataset.state = fresh.dataset.state;
      const isChosen = row.querySelector("[name=case]").checked;
      row.replaceChildren(...fresh.cloneNode(true).childNodes);
      row.querySelector("[name=case]").checked = isChosen;
    }
    for (const id of gone) {
      const row = this.rowOf(id);
      row.dataset.gone = "";
      row.querySelector(".case-do").replaceChildren(this.#whyGone(id, row));
    }
    this.#count(this.place, rows, ".deskbar .num");
    freshClocks(this.place);
    this.onDrawn();
  }

  /** What the reader took themselves has the way to its room. */
  #whyGone(id, row) {
    if (!this.own.has(id)) return make("small", {}, this.words.gone);
    const link = make("a", { className: "link", href: row.querySelector(".case-title").href }, this.words.open);
    return make("small", {}, this.words.own, " · ", link);
  }

  #tell(count) {
    this.news.querySelector("[data-part=news-words]").textContent = this.#said(count);
    this.news.hidden = false;
  }

  #said = (count) => (count === 1 ? this.words.one : this.words.many.replace("{n}", count));

  /** A part that has the focus keeps its nodes; only its counts follow. */
  #draw(place, fresh) {
    if (!place.contains(document.activeElement)) return place.replaceChildren(...fresh.childNodes);
    this.#count(place, fresh, "[data-key] .num");
  }

  #count(place, fresh, selector) {
    const counts = fresh.querySelectorAll(selector);
    for (const [at, count] of place.querySelectorAll(selector).entries()) count.textContent = counts[at]?.textContent ?? "";
  }

  async #fetch() {
    try {
      const answer = await fetch(location.href, { headers: { "X-Part": "queue" }, credentials: "same-origin" });
      if (!answer.ok || answer.redirected) return null;
      const body = new DOMParser().parseFromString(await answer.text(), "text/html").body;
      return { list: body.querySelector("[data-part=list]"), queue: body.querySelector("[data-part=queue]") };
    } catch {
      return null; // the next knock or the next half minute asks again
    }
  }
}
