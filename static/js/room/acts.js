// What one does in the case, without leaving the talk: the plain page of the same address, drawn in a dialog.

import { split } from "../lib/split.js";
import { words } from "../lib/say.js";
import { toast } from "../lib/toast.js";
import { land } from "./focus.js";
import { icon, make, part } from "./nodes.js";

const COMMAND = /\/do\/([^/]+)\//;
const FORM = /^\/cases\/[^/]+\/do\//;
const SAID = 204;
const AS_DIALOG = { headers: { "X-Part": "act" } };

export class Acts {
  constructor(room) {
    this.room = room;
    this.dialog = document.querySelector("[data-dialog=act]");
    this.place = part(this.dialog, "act");
    this.asking = part(this.dialog, "leave");
    this.unsaid = new Map(); // by command: the words of forms that were over before they were sent
    document.addEventListener("click", (event) => this.#click(event));
    this.dialog.addEventListener("submit", (event) => this.#submit(event));
    this.dialog.addEventListener("input", () => (this.isTyped = true));
    this.dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.#leave();
    });
    this.dialog.addEventListener("close", () => this.#closed());
  }

  #click(event) {
    const { target } = event;
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (target.closest("[data-act=act-keep]")) return void this.#ask(false);
    if (target.closest("[data-act=act-leave]")) return void this.dialog.close();
    const link = target.closest("a[href]");
    const isBack = Boolean(link?.closest("[data-part=act] .dialog-do"));
    if (!isBack && !FORM.test(link?.getAttribute("href"))) return;
    event.preventDefault();
    if (isBack) this.#leave();
    else this.open(link.getAttribute("href"), link);
  }

  /** The form of an address; where it cannot be had, the plain page, which says why. */
  async open(address, from = document.activeElement) {
    const answer = await fetch(address, AS_DIALOG).catch(() => null);
    if (!answer?.ok || !FORM.test(new URL(answer.url).pathname)) return location.assign(address);
    this.address = address;
    this.from = from;
    this.isTyped = false;
    this.#draw(await mainOf(answer));
    this.#bringBack();
    from.closest("details.pop")?.removeAttribute("open");
    if (!this.dialog.open) this.dialog.showModal();
    this.dialog.scrollTop = 0;
    const first = this.place.querySelector("form :is(input:not([type=hidden], [type=range]), textarea, select)");
    (first ?? this.place.querySelector(".dialog-do .btn:last-child")).focus();
  }

  #draw(page) {
    for (const node of page.querySelectorAll("[data-screen]")) node.remove();
    const title = page.querySelector("h1");
    title.replaceWith(make("h2", { id: "act-title" }, title.textContent));
    this.place.replaceChildren(...document.adoptNode(page).childNodes);
    const sums = part(this.place, "split");
    if (sums) split(sums);
    this.#ask(false);
  }

  #bringBack() {
    const body = this.unsaid.get(this.#command);
    for (const field of body ? this.place.querySelectorAll("textarea, input[type=text]") : []) {
      const words = body.get(field.name);
      if (!words || field.value) continue;
      field.value = words;
      this.isTyped = true;
    }
  }

  async #submit(event) {
    event.preventDefault();
    const button = event.submitter;
    const body = new FormData(event.target, button);
    button.disabled = true;
    const answer = await fetch(this.address, { method: "POST", body, ...AS_DIALOG }).catch(() => null);
    const page = await mainOf(answer);
    button.disabled = false;
    if (answer?.status === SAID) return this.#done();
    if (!page) return this.#failed(words.actions.failed);
    if (new URL(answer.url).pathname.startsWith("/accounts/")) return this.#failed(words.connection.ended);
    if (page.querySelector(".case-form")) return this.#again(page, body);
    if (answer.ok) return location.assign(this.address); // there is no such form any more: the plain page says why
    return this.#failed(page.querySelector("h1")?.textContent ?? words.actions.failed);
  }

  get #command() {
    return COMMAND.exec(this.address)[1];
  }

  #done() {
    this.dialog.close();
    this.room.caseParts.refresh();
    this.unsaid.delete(this.#command);
    const said = words.done[this.#command];
    if (said) toast(said);
  }

  /** The form as the server gives it back: what was typed, what is wrong, and how the case stands now. Where the case
   *  has moved on there is none: its words are shown, and kept for when this can be said again. */
  #again(page, body) {
    this.#draw(page);
    if (!this.place.querySelector("form")) {
      this.unsaid.set(this.#command, body);
      this.isTyped = false;
    }
    this.dialog.scrollTop = 0;
    this.place.querySelector("[role=alert]")?.focus();
    this.room.caseParts.refresh();
  }

  #failed(why) {
    part(this.place, "failed")?.remove();
    const notice = make("div", { className: "notice", tabIndex: -1, data: { tone: "urgent", part: "failed" } }, icon("warn"), make("b", {}, why));
    notice.setAttribute("role", "alert");
    this.place.prepend(notice);
    notice.focus();
  }

  #leave() {
    if (this.isTyped && this.asking.hidden) this.#ask(true);
    else this.dialog.close();
  }

  #ask(isAsked) {
    this.asking.hidden = !isAsked;
    if (isAsked) this.asking.querySelector("button").focus();
  }

  /** The focus goes back to where it came from, to what stands there now, or to the list that holds it. */
  #closed() {
    this.place.replaceChildren();
    const links = [this.from, ...document.querySelectorAll(`a[href="${CSS.escape(this.address)}"]`)].filter((link) => link?.isConnected);
    land(...links, ...links.map((link) => link.closest("details")?.querySelector("summary")));
  }
}

/** What an answer shows, as nodes; null where there is none. */
async function mainOf(answer) {
  const text = await answer?.text().catch(() => null);
  return text ? new DOMParser().parseFromString(text, "text/html").querySelector("main") : null;
}
