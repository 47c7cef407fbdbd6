// Where the focus goes when what had it is gone: it is never left on the page itself, where a keyboard has to begin anew.

/** To the first of the places that can be seen, else to the bar that says how the case stands, else to the talk. */
export function land(...places) {
  const bar = document.querySelector(".case-bar");
  if (bar) bar.tabIndex = -1;
  const others = [bar?.querySelector("summary"), bar, document.getElementById("main")];
  [...places, ...others].find((place) => place && place.checkVisibility())?.focus({ preventScroll: true });
}

/** Put `made` where `item` was; what had the focus in it has it in the other. */
export function replace(item, made) {
  const focused = item.contains(document.activeElement) ? document.activeElement : null;
  item.replaceWith(made);
  if (!focused) return;
  const address = focused.getAttribute("href");
  const same = address && made.querySelector(`a[href="${CSS.escape(address)}"]`);
  land(same, made.querySelector(".msg"));
}
