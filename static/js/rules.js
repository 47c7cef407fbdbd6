// The builder of rules in the admin. The page works without it; with it, what can be chosen follows the field.

import { choicesOf, operatorsOf, takesValue } from "./lib/rule-rows.js";

class Rows {
  constructor(root) {
    this.root = root;
    this.name = root.dataset.rows;
    this.known = JSON.parse(root.querySelector("script[type='application/json']").textContent);
    this.body = root.querySelector("tbody");
    this.empty = [...this.body.rows].at(-1).cloneNode(true);
    for (const row of [...this.body.rows]) this.begin(row);
    root.append(button(this.known.words.add, () => this.add(), "rule-add"));
  }

  add() {
    const row = this.empty.cloneNode(true);
    this.body.append(row);
    this.begin(row);
    row.querySelector("select").focus();
  }

  begin(row) {
    row.addEventListener("change", () => this.follow(row));
    const remove = button("×", () => this.remove(row));
    remove.setAttribute("aria-label", this.known.words.remove);
    row.querySelector("[data-tools]").replaceChildren(remove);
    this.follow(row);
  }

  remove(row) {
    row.remove();
    if (!this.body.rows.length) this.add();
    else this.root.querySelector(".rule-add").focus();
  }

  /** The operators and the value that go with what is chosen. */
  follow(row) {
    const chosen = this.part(row, "field") ?? this.part(row, "action");
    const operator = this.part(row, "operator");
    if (operator) fill(operator, operatorsOf(this.known, chosen.value), operator.value);
    this.value(row, chosen.value, operator?.value);
  }

  value(row, key, operator) {
    const cell = row.querySelector("[data-value]");
    const old = cell.firstElementChild;
    const choices = choicesOf(this.known, key, old.value);
    const field = document.createElement(choices ? "select" : "input");
    field.name = `${this.name}-value`;
    field.setAttribute("aria-label", old.getAttribute("aria-label"));
    if (choices) fill(field, choices, old.value);
    else Object.assign(field, { value: old.tagName === "SELECT" ? "" : old.value, autocomplete: "off" });
    field.hidden = !takesValue(this.known, operator);
    if (field.hidden) {
      // Sent all the same, or the values of the rows below would move up.
      const none = Object.assign(document.createElement("input"), { type: "hidden", name: field.name, value: "" });
      none.setAttribute("aria-label", old.getAttribute("aria-label"));
      cell.replaceChildren(none);
    } else cell.replaceChildren(field);
  }

  part(row, part) {
    return row.querySelector(`[name="${this.name}-${part}"]`);
  }
}

function fill(select, choices, chosen) {
  const options = [["", "–"], ...choices].map(([value, word]) => new Option(word, value, false, value === chosen));
  select.replaceChildren(...options);
}

function button(word, act, kind = "rule-tool") {
  const made = Object.assign(document.createElement("button"), { type: "button", textContent: word, className: kind });
  made.addEventListener("click", act);
  return made;
}

for (const root of document.querySelectorAll("[data-rows]")) new Rows(root);
