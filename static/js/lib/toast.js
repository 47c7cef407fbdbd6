// What was done and leaves no trace where one looks is said once, at the edge. Never for what went wrong.

const STAYS_MS = 6_000;
const MOST = 3;
const HELD = ":hover, :focus-within";

/** Says it politely. It goes by itself, but not from under a hand or an eye; Escape in it closes it. */
export function toast(text, { glyph = "check", link = null } = {}) {
  const place = document.getElementById("toasts");
  const box = document.getElementById("toast-template").content.firstElementChild.cloneNode(true);
  const [go, shut] = box.querySelectorAll(".btn");
  box.querySelector("use").setAttribute("href", `#i-${glyph}`);
  box.querySelector("span").textContent = text;
  if (link) Object.assign(go, { href: link.href, textContent: link.text });
  else go.remove();
  let from = null;
  const close = () => {
    const hadFocus = box.contains(document.activeElement);
    box.remove();
    if (hadFocus) (from?.isConnected ? from : document.getElementById("main")).focus({ preventScroll: true });
  };
  const wait = () => setTimeout(() => !box.matches(HELD) && close(), STAYS_MS);
  let timer = wait();
  const again = () => {
    clearTimeout(timer);
    timer = wait();
  };
  box.addEventListener("pointerleave", again);
  box.addEventListener("focusout", again);
  box.addEventListener("focusin", ({ relatedTarget }) => {
    if (relatedTarget && !box.contains(relatedTarget)) from = relatedTarget;
  });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
  });
  shut.addEventListener("click", close);
  place.append(box);
  while (place.children.length > MOST) place.firstElementChild.remove();
}
