// The field of one lane: who hears it, the text, what it answers or changes.

import { request } from "../lib/connection.js";
import { fill, person, shortened, threadWords, words } from "../lib/say.js";
import { Draft } from "./drafts.js";
import { Macros } from "./macros.js";
import { Mentions } from "./mentions.js";
import { icon, make, part, setIcon, setText } from "./nodes.js";
import { settings } from "./settings.js";
import { Uploads } from "./uploads.js";

const TYPING_EVERY_MS = 3_000;
const LONG = 90;
const QUOTED = 400;

export class Composer {
  constructor(room, root, threadId) {
    Object.assign(this, { room, root, threadId, replyTo: null, editing: null, typingSince: 0, stopped: [] });
    this.form = root.querySelector("[data-composer]");
    if (!this.form) return;
    this.text = part(this.form, "text");
    this.notice = part(root, "notice");
    this.draft = new Draft(room.state.me, threadId, this.thread.draft);
    this.uploads = new Uploads(threadId, part(this.form, "files"), {
      mostBytes: room.boot.file_bytes, onTrouble: (text) => this.tell(text), onChange: () => this.focus(),
    });
    const list = part(this.form, "suggest");
    this.mentions = new Mentions(room, threadId, { text: this.text, list, onPick: () => this.#changed() });
    if (room.boot.staff) this.macros = new Macros(room, threadId, { form: this.form, text: this.text, onPick: () => this.#changed() });
    this.#listen();
    this.#takeDraft();
  }

  get thread() {
    return this.room.state.threads[this.threadId];
  }

  #listen() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.text.addEventListener("keydown", (event) => this.#key(event));
    this.text.addEventListener("input", () => this.#changed());
    this.text.addEventListener("blur", () => this.#typing(false));
    this.text.addEventListener("paste", (event) => this.#take(event, event.clipboardData));
    this.form.addEventListener("dragover", (event) => event.preventDefault());
    this.form.addEventListener("drop", (event) => this.#take(event, event.dataTransfer));
    this.form.querySelector("[data-act=unreply]").addEventListener("click", () => this.unreply());
    const picker = part(this.form, "file");
    picker.multiple = true;
    picker.addEventListener("change", () => {
      this.uploads.add(picker.files);
      picker.value = "";
    });
  }

  #take(event, data) {
    if (!data?.files.length) return;
    event.preventDefault();
    this.uploads.add(data.files);
  }

  // --- how it looks --------------------------------------------------------------------------------------------

  /** The audience in colour, icon, word and names; paused while nothing may be sent. */
  draw() {
    if (!this.form) return;
    const said = threadWords(this.room.state, this.thread);
    const paused = this.room.pausedWords();
    const to = this.form.querySelector(".composer-to");
    setIcon(to, paused ? "pause" : said.icon);
    setText(part(to, "to"), paused ? words.connection.paused : said.to);
    setText(part(to, "who"), paused ?? said.who);
    this.text.setAttribute("aria-label", said.write);
    this.text.placeholder = said.placeholder;
    this.form.toggleAttribute("data-off", Boolean(paused));
    setText(part(this.form, "send-label"), this.editing ? words.actions.save : said.send);
    if (paused) part(this.form, "send").setAttribute("aria-disabled", "true");
    else part(this.form, "send").removeAttribute("aria-disabled");
  }

  /** Whether it can be written in now, and whether it is the one field of the page. */
  open(isOpen, isActive) {
    if (!this.form) return;
    this.form.hidden = !isOpen;
    if (isActive) this.form.id = "composer";
    else this.form.removeAttribute("id");
  }

  /** The field; where nothing can be written, why, or in a private thread the way to a private talk. */
  focus() {
    if (!this.form?.hidden) return this.text?.focus();
    part(this.root, "locked").focus();
    part(this.root, "silence").querySelector("a").focus();
  }

  #fit() {
    const { value } = this.text;
    this.form.toggleAttribute("data-long", value.length > LONG || value.includes("\n"));
    if (!CSS.supports("field-sizing", "content")) this.text.rows = Math.min(8, value.split("\n").length);
  }

  // --- sending -------------------------------------------------------------------------------------------------

  submit({ confirmed = false } = {}) {
    if (this.room.pausedWords()) return;
    const text = this.text.value.trim();
    if (this.editing) return void this.#saveEdit(text);
    if (!text && this.uploads.isEmpty) return this.focus();
    if (!this.uploads.areUp) return this.tell(this.uploads.failure ?? words.actions.wait_upload);
    const { ids: files, cards } = this.uploads;
    const mentions = this.mentions.in(text);
    this.#settleStopped();
    this.room.sending.submit({ thread: this.threadId, text, reply_to: this.replyTo, mentions, files, cards, confirmed });
    this.#clear();
  }

  #clear() {
    this.text.value = "";
    this.uploads.clear();
    this.replyTo = null;
    part(this.form, "reply").hidden = true;
    this.#hush();
    this.#fit();
    this.#typing(false);
    this.draft.keep("", null, { now: true });
    this.holds();
  }

  /** Put a text back that was not sent, before whatever was begun since. */
  restore({ text, reply_to, files = [], cards = {} }) {
    const begun = this.text.value.trim();
    this.text.value = begun && begun !== text ? `${text}\n${begun}` : text;
    if (reply_to) this.#answer(reply_to);
    this.uploads.restore(files, cards);
    this.#changed();
    this.focus();
  }

  // --- notices above the field ---------------------------------------------------------------------------------

  tell(text) {
    this.#notify("urgent", "warn", make("div", {}, text));
  }

  #notify(tone, glyph, body) {
    this.notice.dataset.tone = tone;
    this.notice.replaceChildren(icon(glyph), body);
    this.notice.hidden = false;
  }

  #hush() {
    this.notice.hidden = true;
    this.notice.replaceChildren();
  }

  /** Somebody wrote while this was being written: read it, then decide. */
  stale(entry) {
    const { newest } = entry.detail;
    const { states } = words;
    const name = person(this.room.state, newest.author).first_name;
    const who = make("b", {}, fill(states.stale_quote, { name, time: this.room.moments.clock(newest.at) }));
    const button = (word, send, kind) => {
      const data = kind ? { size: "s", kind } : { size: "s" };
      return make("button", { type: "button", className: "btn", onclick: () => this.#decide(send), data }, word);
    };
    const quote = make("blockquote", {}, who, " ", shortened(newest.text, QUOTED));
    const ways = make("div", { className: "notice-do" }, button(states.change, false), button(states.as_it_is, true, "quiet"));
    this.stopped.push(entry.cid);
    this.restore(entry);
    this.#notify("accent", "info", make("div", {}, make("b", {}, fill(states.stale, { name })), " ", states.stale_do, quote, ways));
  }

  /** What was stopped is in the field, and what is sent from there is what became of it. */
  #settleStopped() {
    for (const cid of this.stopped.splice(0)) this.room.sending.settle(cid);
  }

  #decide(send) {
    this.#settleStopped();
    this.#hush();
    if (send) this.submit({ confirmed: true });
    else this.focus();
  }

  // --- replies and changes -------------------------------------------------------------------------------------

  reply(seq) {
    if (!this.form) return;
    if (this.editing) this.unreply();
    this.#answer(seq);
    this.focus();
    this.draft.keep(this.text.value, seq);
  }

  #answer(seq) {
    const line = this.room.history.lineOf(this.threadId, seq);
    const name = person(this.room.state, line?.author).first_name;
    this.replyTo = seq;
    this.#above(fill(words.actions.replying, { name, text: shortened(line?.text ?? "") }), "reply");
  }

  edit(line) {
    this.begun = this.editing ? this.begun : this.text.value;
    this.editing = { seq: line.seq, rev: line.rev };
    this.replyTo = null;
    this.text.value = line.text;
    this.#above(words.actions.editing, "pen");
    this.#fit();
    this.draw();
    this.focus();
  }

  #above(text, glyph) {
    const row = part(this.form, "reply");
    setIcon(row, glyph);
    row.querySelector("span").textContent = text;
    row.hidden = false;
  }

  unreply() {
    if (this.editing) this.text.value = this.begun;
    this.editing = this.replyTo = null;
    part(this.form, "reply").hidden = true;
    this.#fit();
    this.draw();
    this.draft.keep(this.text.value, null);
  }

  async #saveEdit(text) {
    const { seq, rev } = this.editing;
    try {
      await request("PATCH", `/api/threads/${this.threadId}/messages/${seq}/`, { text, rev });
      this.unreply();
      this.#hush();
      this.room.telling.announce(words.actions.edited_ok);
    } catch (refused) {
      this.tell(refused.message || words.actions.failed);
    }
  }

  // --- keys, typing, draft -------------------------------------------------------------------------------------

  #key(event) {
    if (event.isComposing) return;
    let done = this.mentions.key(event) || Boolean(this.macros?.key(event));
    if (done) event.stopPropagation();
    else done = this.#own(event);
    if (done) event.preventDefault();
  }

  #own(event) {
    const { timeline } = this.room.lanes.get(this.threadId);
    if (event.key === "Escape" && (this.editing || this.replyTo)) this.unreply();
    else if (event.key === "Escape") timeline.stand();
    else if (event.key === "Enter" && this.#sends(event)) this.submit();
    else if (event.key === "ArrowUp" && !this.text.value) timeline.step(-1);
    else return false;
    return true;
  }

  #sends(event) {
    if (event.ctrlKey || event.metaKey) return true;
    if (matchMedia("(pointer: coarse)").matches) return false;
    return settings.enter_sends && !event.shiftKey && !event.altKey;
  }

  #changed() {
    this.#fit();
    this.#typing(Boolean(this.text.value.trim()) && !this.editing);
    if (!this.editing) this.draft.keep(this.text.value, this.replyTo);
    this.holds();
  }

  /** Staff are told that a colleague has begun something; also after the line has come back. */
  holds({ anew = false } = {}) {
    if (!this.form) return; // who only reads begins nothing
    const on = Boolean(this.text.value.trim()) && !this.editing;
    const isStaff = ["mediator", "staff"].includes(this.room.state.room.role);
    if (!isStaff || (on === this.isHeld && !(anew && on))) return;
    this.isHeld = on;
    this.room.connection.tell({ t: "holds", thread: this.threadId, on });
  }

  #typing(on) {
    const now = Date.now();
    if (!on && !this.typingSince) return;
    if (on && now - this.typingSince < TYPING_EVERY_MS) return;
    this.typingSince = on ? now : 0;
    this.room.connection.tell({ t: "typing", thread: this.threadId, on });
  }

  #takeDraft() {
    const draft = this.draft.load();
    if (draft && !this.root.querySelector(".composer-notice:not([hidden])")) this.text.value = draft.body;
    if (draft?.reply_to) this.#answer(draft.reply_to);
    this.#fit();
  }
}
