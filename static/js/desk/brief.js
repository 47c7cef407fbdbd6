// The brief of a case beside the queue. Its address is the page's own with `case`, so that a link to it is a link to it.

import { freshClocks } from "../components/countdown.js";

export class Brief {
  /** `onLook(id)` is told which case is read from now on, null for none. */
  constructor(frame, onLook = () => {}) {
    Object.assign(this, { frame, onLook });
    this.panel = frame.querySelector("[data-part=brief]");
    frame.addEventListener("click", (event) => this.#click(event));
    addEventListener("popstate", () => location.reload());
  }

  #click(event) {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest("[data-act=brief], [data-act=close]");
    if (!link) return;
    event.preventDefault();
    if (link.dataset.act === "close") this.close();
    else this.open(link.closest("[data-case]").dataset.case);
  }

  get id() {
    return new URL(location.href).searchParams.get("case");
  }

  async open(id) {
    try {
      const answer = await fetch(`/desk/cases/${encodeURIComponent(id)}/`, { credentials: "same-origin" });
      if (!answer.ok || answer.redirected) return;
      const body = new DOMParser().parseFromString(await answer.text(), "text/html").body;
      this.panel.replaceChildren(...body.childNodes);
    } catch {
      return;
    }
    this.#shows(id);
    freshClocks(this.panel);
    if (getComputedStyle(this.frame.querySelector(".frame-main")).display === "none") this.panel.querySelector("[data-act=close]").focus();
  }

  /** Back to the queue, with the focus on the case that was read. */
  close() {
    const { id } = this;
    if (!id) return false;
    this.panel.replaceChildren();
    this.#shows(null);
    this.frame.querySelector(`[data-case="${CSS.escape(id)}"] .case-title`)?.focus();
    return true;
  }

  #shows(id) {
    const address = new URL(location.href);
    address.searchParams.delete("offer");
    if (id) address.searchParams.set("case", id);
    else address.searchParams.delete("case");
    history.replaceState(null, "", address);
    this.frame.dataset.panel = id ? "on" : "off";
    this.onLook(id);
    for (const row of this.frame.querySelectorAll("[data-case]")) row.toggleAttribute("data-shown", row.dataset.case === id);
  }
}
