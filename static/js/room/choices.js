// A list above the field to choose from with the keyboard while one writes (a combobox's listbox).

export class Choices {
  /** `box` is shown and hidden, `list` in it is the listbox; `onPick(option)` is told which one was chosen. */
  constructor({ text, list, box = list, onPick }) {
    Object.assign(this, { text, list, box, onPick, chosen: 0 });
    list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const option = event.target.closest("[role=option]");
      if (option) this.onPick(option);
    });
  }

  get isOpen() {
    return !this.box.hidden;
  }

  /** Nothing to choose from closes it. */
  show(options) {
    if (!options.length) return this.close();
    options.forEach((option, index) => {
      option.id = `${this.list.id}-${index}`;
      option.setAttribute("role", "option");
    });
    this.list.replaceChildren(...options);
    this.box.hidden = false;
    this.text.setAttribute("aria-controls", this.list.id);
    this.#choose(0);
  }

  close() {
    this.box.hidden = true;
    this.text.removeAttribute("aria-activedescendant");
  }

  /** Whether the key was for the list. */
  key({ key }) {
    if (!this.isOpen) return false;
    const pick = () => this.onPick(this.list.children[this.chosen]);
    const acts = {
      ArrowDown: () => this.#choose(this.chosen + 1), ArrowUp: () => this.#choose(this.chosen - 1),
      Enter: pick, Tab: pick, Escape: () => this.close(),
    };
    acts[key]?.();
    return key in acts;
  }

  #choose(index) {
    const options = [...this.list.children];
    this.chosen = (index + options.length) % options.length;
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === this.chosen)));
    this.text.setAttribute("aria-activedescendant", options[this.chosen].id);
    options[this.chosen].scrollIntoView?.({ block: "nearest" });
  }
}
