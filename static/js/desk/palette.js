// Ctrl or Cmd with K: a field over a list of what one can go to or do. A combobox: the focus stays in the field, arrows
// move the choice, Enter takes it, Escape leaves.

import { inTurns } from "../lib/turns.js";
import { Choices } from "../room/choices.js";

const SOON_MS = 120;
const KEYS = ["ArrowDown", "ArrowUp", "Enter"];

export class Palette {
  constructor(dialog) {
    this.dialog = dialog;
    const part = (name) => dialog.querySelector(`[data-part=${name}]`);
    Object.assign(this, { text: part("palette-words"), list: part("palette-list"), said: part("palette-said"), form: part("palette-act") });
    this.choices = new Choices({ text: this.text, list: this.list, onPick: (option) => this.#take(option) });
    this.find = inTurns(() => this.#find());
    this.text.addEventListener("input", () => this.#findSoon());
    this.text.addEventListener("keydown", (event) => {
      if (event.isComposing || !KEYS.includes(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
      this.choices.key(event);
    });
    document.addEventListener("keydown", (event) => this.#key(event));
    document.addEventListener("click", (event) => event.target.closest("[data-act=palette]") && this.open());
    dialog.addEventListener("close", () => this.text.setAttribute("aria-expanded", "false"));
  }

  open() {
    if (this.dialog.open) return;
    this.case = this.#case();
    this.text.value = "";
    this.choices.close();
    this.dialog.showModal();
    this.text.focus();
    this.find();
  }

  #key(event) {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    if (this.dialog.open) this.dialog.close();
    else this.open();
  }

  /** The case of the room, of the row with the focus, or of the brief that is open. */
  #case() {
    const row = document.activeElement?.closest("[data-case]");
    return this.dialog.dataset.case ?? row?.dataset.case ?? new URL(location.href).searchParams.get("case") ?? "";
  }

  #findSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.find(), SOON_MS);
  }

  async #find() {
    const address = new URL(this.dialog.dataset.address, location.href);
    address.searchParams.set("words", this.text.value);
    if (this.case) address.searchParams.set("case", this.case);
    try {
      const answer = await fetch(address, { credentials: "same-origin" });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const body = new DOMParser().parseFromString(await answer.text(), "text/html").body;
      this.#show([...body.children]);
    } catch {
      this.#show([]);
      this.said.textContent = this.dialog.dataset.offline;
    }
  }

  #show(options) {
    this.choices.show(options);
    this.text.setAttribute("aria-expanded", String(options.length > 0));
    const { none, one, some } = this.dialog.dataset;
    this.said.textContent = [none, one][options.length] ?? some.replace("{n}", options.length);
  }

  #take(option) {
    if (!option) return;
    this.dialog.close();
    if (!("post" in option.dataset)) return location.assign(option.dataset.href);
    this.form.action = option.dataset.href;
    this.form.requestSubmit();
  }
}

for (const dialog of document.querySelectorAll("[data-dialog=palette]")) new Palette(dialog);
