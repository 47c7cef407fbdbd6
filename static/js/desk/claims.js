// Taking a case without leaving the queue. Who was too late reads who was first, and goes on with the next case.

import { toast } from "../lib/toast.js";

const AS_ACT = { method: "POST", credentials: "same-origin" };

export class Claims {
  constructor(queue, brief) {
    Object.assign(this, { queue, brief });
    document.addEventListener("click", (event) => {
      const button = event.target.closest("[data-act=claim]");
      if (!button) return;
      event.preventDefault();
      this.take(button);
    });
  }

  /** Takes the case of the button's row, and goes to its room if that `goes` along. */
  async take(button, { goes = false } = {}) {
    const row = button.closest("[data-case]");
    if (button.disabled) return;
    button.disabled = true;
    const next = this.#next(row);
    const said = await this.#say(button.getAttribute("formaction"));
    button.disabled = false;
    const link = said.ok ? { href: row.querySelector(".case-title").href, text: this.queue.words.open } : null;
    if (said.ok && goes) return location.assign(link.href);
    toast(said.message, { glyph: said.ok ? "check" : "people", link });
    // Found anew: the rows may have been drawn afresh while the answer was on its way.
    if (next) this.queue.rowOf(next)?.querySelector(".case-title").focus();
    // A brief that was open on it says that somebody is waited for: it goes on with the focus, as by J and K.
    if (said.ok && this.brief.id === row.dataset.case) this.brief.open(next ?? this.brief.id);
    if (said.ok) this.queue.acted(row.dataset.case);
    else this.queue.refresh();
  }

  /** The case after this row's, else the one before it. */
  #next(row) {
    return (row.nextElementSibling ?? row.previousElementSibling)?.dataset.case;
  }

  async #say(address) {
    const token = document.querySelector("meta[name=csrf-token]").content;
    try {
      const answer = await fetch(address, { ...AS_ACT, headers: { "X-CSRFToken": token, "X-Part": "act" } });
      return { ok: answer.ok, ...(await answer.json()) };
    } catch {
      return { ok: false, message: this.queue.words.offline };
    }
  }
}
