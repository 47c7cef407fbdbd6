// Who is in the cases of the rows: their colleagues, as the server tells it to staff alone.

import { doing } from "../lib/colleagues.js";

export class Around {
  /** `tell(cases)` says which rows are shown; it is said again when others are. */
  constructor(queue, tell) {
    Object.assign(this, { queue, tell });
    this.words = document.getElementById("desk-words").dataset;
    this.people = new Map(); // case → who is in it
    this.told = "";
    queue.onDrawn = () => this.follow();
  }

  /** The line is new: the server knows of no row. */
  begin() {
    this.people.clear();
    this.told = "";
    this.follow();
  }

  hear({ case: id, people }) {
    if (people.length) this.people.set(id, people);
    else this.people.delete(id);
    this.#show(id);
  }

  follow() {
    const { cases } = this.queue.shown();
    if (cases.join() !== this.told) this.tell(cases);
    this.told = cases.join();
    for (const id of this.people.keys()) {
      if (cases.includes(id)) this.#show(id);
      else this.people.delete(id);
    }
  }

  #show(id) {
    const place = this.queue.rowOf(id)?.querySelector("[data-part=around]");
    if (!place) return;
    const people = this.people.get(id) ?? [];
    place.querySelector("[data-part=names]").textContent = people.map((one) => doing(one, this.words)).join(", ");
    place.querySelector("use").setAttribute("href", people.some((one) => one.types) ? "#i-pen" : "#i-eye");
    place.hidden = !people.length;
  }
}
