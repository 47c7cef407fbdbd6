// The desk's keys. Single letters can be switched off, and never work while one writes.

import { choose, settings } from "../room/settings.js";

export class Keys {
  constructor(queue, brief, claims) {
    Object.assign(this, { queue, brief, claims });
    this.dialog = document.querySelector("[data-dialog=keys]");
    const setting = this.dialog.querySelector("[data-setting]");
    setting.checked = settings.single_keys;
    setting.addEventListener("change", () => choose("single_keys", setting.checked));
    document.querySelector("[data-act=keys]").addEventListener("click", () => this.dialog.showModal());
    document.addEventListener("keydown", (event) => this.#key(event));
  }

  #key(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
    let done = false;
    if (event.key === "Escape") done = this.brief.close();
    else if (event.key === " " && event.target.matches(".case-title")) done = this.#brief();
    else if (settings.single_keys) done = this.#letter(event.key.toLowerCase());
    if (done) event.preventDefault();
  }

  #letter(letter) {
    if (/^[1-9]$/.test(letter)) return this.#press(document.querySelector(`[data-key="${letter}"]`));
    return this.letters[letter]?.() ?? false;
  }

  letters = {
    j: () => this.#step(1),
    k: () => this.#step(-1),
    c: () => this.#press(this.#row()?.querySelector("[data-act=claim]")),
    o: () => this.#takeAndGo(this.#row()?.querySelector("[data-act=claim]")),
    x: () => this.#press(this.#row()?.querySelector("[name=case]")),
    n: () => this.#press(document.querySelector("[data-act=next]")),
    s: () => (this.queue.show(), true),
    "/": () => (document.querySelector("[data-search]").focus(), true),
    "?": () => (this.dialog.showModal(), true),
  };

  #row() {
    return document.activeElement.closest("[data-case]") ?? (this.brief.id && this.queue.rowOf(this.brief.id));
  }

  #step(by) {
    const rows = this.queue.rows();
    const place = rows.indexOf(this.#row());
    const next = rows[place < 0 ? 0 : Math.min(Math.max(place + by, 0), rows.length - 1)];
    next?.querySelector(".case-title").focus();
    if (next && this.brief.id) this.brief.open(next.dataset.case);
    return Boolean(next);
  }

  #brief() {
    const id = this.#row().dataset.case;
    if (this.brief.id === id) this.brief.close();
    else this.brief.open(id);
    return true;
  }

  #takeAndGo(button) {
    if (button) this.claims.take(button, { goes: true });
    return Boolean(button);
  }

  #press(target) {
    target?.click();
    return Boolean(target);
  }
}
