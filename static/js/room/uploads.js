// Files beside a text that is not sent yet: on their way up, or up and waiting.

import { csrfToken } from "../lib/connection.js";
import { newId } from "../lib/outbox.js";
import { fill, words } from "../lib/say.js";
import { fileCard, icon, make } from "./nodes.js";

const MOST = 10;
const CREATED = 201;

export class Uploads {
  /** `row` is where the cards stand; `onTrouble(text)` says what went wrong, `onChange()` that a file was taken out. */
  constructor(threadId, row, { mostBytes, onTrouble, onChange }) {
    Object.assign(this, { threadId, row, mostBytes, onTrouble, onChange, files: new Map() });
    row.addEventListener("click", (event) => {
      const key = event.target.closest("button") && event.target.closest("[data-upload]")?.dataset.upload;
      if (!key) return;
      if (event.target.closest("[data-again]")) this.#again(key);
      else this.#drop(key);
    });
  }

  get isEmpty() {
    return !this.files.size;
  }

  get areUp() {
    return [...this.files.values()].every((file) => file.id);
  }

  /** What to say of a file that did not go up, or undefined when none failed. */
  get failure() {
    return [...this.files.values()].find((file) => file.why)?.why;
  }

  get ids() {
    return [...this.files.values()].map((file) => file.id);
  }

  get cards() {
    return Object.fromEntries([...this.files.values()].map((file) => [file.id, file.card]));
  }

  add(files) {
    const all = [...files];
    const fitting = all.filter((file) => file.size <= this.mostBytes);
    const tooLarge = all.find((file) => file.size > this.mostBytes);
    const room = MOST - this.files.size;
    for (const file of fitting.slice(0, room)) this.#send(file);
    // Said before anything goes up: a server that refuses in the middle looks like a broken line.
    if (tooLarge) this.onTrouble(fill(words.actions.upload_failed, { name: tooLarge.name, why: words.actions.upload_too_large }));
    else if (fitting.length > room) this.onTrouble(words.actions.upload_too_many);
  }

  /** Files that are up already: of a text that came back. */
  restore(ids, cards) {
    for (const id of ids) this.files.set(id, { id, card: cards[id] ?? { id, name: "" } });
    this.#draw();
  }

  clear() {
    this.files.clear();
    this.#draw();
  }

  #send(file, key = newId()) {
    const upload = new XMLHttpRequest();
    const job = { id: "", card: { id: "", name: file.name, size: file.size }, upload, file };
    this.files.set(key, job);
    upload.open("POST", `/api/threads/${this.threadId}/files/`);
    upload.setRequestHeader("X-CSRFToken", csrfToken());
    upload.setRequestHeader("Accept", "application/json");
    upload.responseType = "json";
    upload.upload.onprogress = ({ loaded, total }) => this.#progress(key, total ? loaded / total : 0);
    upload.onload = () => {
      if (upload.status !== CREATED) return this.#failed(key, upload.response?.message);
      Object.assign(job, { id: upload.response.id, card: upload.response, upload: null });
      this.#draw();
    };
    upload.onerror = () => this.#failed(key);
    const body = new FormData();
    body.append("file", file);
    upload.send(body);
    this.#draw();
  }

  #progress(key, done) {
    const bar = this.row.querySelector(`[data-upload="${CSS.escape(key)}"] progress`);
    if (bar) bar.value = done;
  }

  #failed(key, why = words.actions.upload_no_line) {
    const job = this.files.get(key);
    if (!job) return;
    Object.assign(job, { upload: null, why: fill(words.actions.upload_failed, { name: job.card.name, why }) });
    this.#draw();
    this.onTrouble(job.why);
  }

  #again(key) {
    this.#send(this.files.get(key).file, key);
    this.onChange();
  }

  #drop(key) {
    this.files.get(key)?.upload?.abort();
    this.files.delete(key);
    this.#draw();
    this.onChange();
  }

  #draw() {
    this.row.hidden = this.isEmpty;
    this.row.replaceChildren(...[...this.files].map(([key, job]) => this.#card(key, job)));
  }

  #card(key, { card: { name }, card, upload, why }) {
    const out = make("button", { type: "button", className: "btn", data: { kind: "quiet", size: "icon" } }, icon("x", "s"));
    out.setAttribute("aria-label", fill(words.actions.upload_remove, { name }));
    const bar = make("progress", { value: 0 });
    bar.setAttribute("aria-label", fill(words.actions.uploading, { name }));
    const again = why ? [make("button", { type: "button", className: "link", data: { again: "" } }, words.states.again)] : [];
    const parts = [...fileCard(card, { isSent: false }).childNodes, ...(upload ? [bar] : []), ...again, out];
    return make("span", { className: "filecard", title: why ?? "", data: { upload: key } }, ...parts);
  }
}
