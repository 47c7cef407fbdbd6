// Two sums that always add up, and a slider as the third way in.

import { money, typed, written } from "./money.js";

/** Conditions as they are kept: one a line, empty lines are none. */
const conditionsOf = (text) => text.split("\n").map((line) => line.trim()).filter(Boolean);

/** Wire the fieldset `box` (`_split` of a form): each sum, and the slider, moves the others. */
export function split(box) {
  const slider = box.querySelector("[data-part=slider]");
  const [refund, release] = box.querySelectorAll("input:not([type=range])");
  const amount = Number(box.dataset.amount);
  const { currency } = box.dataset;
  const language = document.documentElement.lang;

  const reads = box.querySelector("[data-part=reads]");
  const adds = box.querySelector("[data-part=adds]");
  const listed = reads?.querySelector("[data-part=reads-terms]");
  const { terms } = box.closest("form").elements;
  let offered = null; // what would go back, once that can be read

  const shown = (minor) => written(minor, currency, language);

  /** Minor units of what was written, within the amount; null while it is no such sum. */
  function read(text) {
    const sum = typed(text, currency, language);
    return sum !== null && sum <= amount ? sum : null;
  }

  /** What the other side will read, where the form says so: the sums, and the conditions as their card lists them. */
  function tell() {
    if (!reads) return;
    const sums = { refund: offered, release: amount - offered };
    const sum = (_whole, name) => (offered === null ? "…" : money(sums[name], currency, language));
    const said = conditionsOf(terms?.value ?? "");
    const items = said.map((one) => {
      const item = listed.querySelector("template").content.firstElementChild.cloneNode(true);
      item.lastElementChild.textContent = one;
      return item;
    });
    reads.querySelector("[data-part=sentence]").textContent = reads.dataset[said.length ? "bound" : "plain"].replaceAll(/\{(refund|release)\}/g, sum);
    for (const item of listed.querySelectorAll("li")) item.remove();
    listed.append(...items);
    listed.hidden = !items.length;
  }

  /** Whether the two sums as they are written add up, and if not by how much: one can be typed above the amount. What
   * the server says of a sum that cannot be read stands until somebody types. */
  function add({ isTyped = true } = {}) {
    const [back, out] = [refund, release].map((field) => typed(field.value, currency, language));
    if (!isTyped && (back === null || out === null)) return;
    const off = back === null || out === null ? 0 : back + out - amount;
    const how = off > 0 ? "over" : off < 0 ? "under" : "fit";
    const said = adds.dataset[how].replace("{off}", money(Math.abs(off), currency, language));
    if (adds.textContent !== said) adds.textContent = said;
    adds.toggleAttribute("data-off", how !== "fit");
  }

  function set(refundMinor, except) {
    offered = refundMinor;
    box.toggleAttribute("data-chosen", true);
    tell();
    if (refund !== except) refund.value = shown(refundMinor);
    if (release !== except) release.value = shown(amount - refundMinor);
    if (slider !== except) slider.value = refundMinor;
    box.querySelector("[data-part=slider-bar]").setAttribute("width", `${amount ? (100 * refundMinor) / amount : 0}%`);
    slider.setAttribute("aria-valuetext", `${refund.value} / ${release.value}`);
  }

  refund.addEventListener("input", () => {
    const sum = read(refund.value);
    if (sum !== null) set(sum, refund);
    add();
  });
  release.addEventListener("input", () => {
    const sum = read(release.value);
    if (sum !== null) set(amount - sum, release);
    add();
  });
  for (const field of [refund, release]) {
    field.addEventListener("change", () => {
      const sum = read(field.value);
      if (sum !== null) field.value = shown(sum);
    });
  }
  slider.addEventListener("input", () => {
    set(Number(slider.value), slider);
    add();
  });

  terms?.addEventListener("input", tell);

  slider.step = Math.max(1, 10 ** Math.floor(Math.log10(Math.max(amount, 1) / 200)));
  box.querySelector("[data-part=slider-box]").hidden = false;
  const begin = read(refund.value);
  if (begin !== null && read(release.value) === amount - begin) set(begin, refund);
  else slider.setAttribute("aria-valuetext", "–"); // where it stands is nobody's proposal yet
  add({ isTyped: false });
}
