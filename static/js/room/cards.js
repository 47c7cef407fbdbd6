// The case's cards in the timeline: the claim, an offer, a recommendation, the agreement, shared words, a decision by silence, each
// as it stands now. The server draws them; its twin for which line shows which card is mediation/web/case_cards.py.

import { land } from "./focus.js";
import { part } from "./nodes.js";

const CLAIMING = new Set(["dispute.file", "dispute.attach_claim"]);
const OFFERING = new Set(["dispute.make_offer", "dispute.counter_offer"]);
const AGREEING = new Set(["dispute.accept_offer", "dispute.bids_match", "dispute.propose_text", "dispute.answers_agree"]);

// What the reader has opened in cards stays open, also where the line is drawn anew.
const opened = new Set();
globalThis.document?.addEventListener("toggle", ({ target }) => {
  if (!target.matches("[data-card] details")) return;
  if (target.open) opened.add(target.dataset.keep);
  else opened.delete(target.dataset.keep);
}, true);

/** Whether a line is an offer. */
export const isOffer = ({ code }) => OFFERING.has(code);

/** The name of the card that a line shows; empty for a line without one. */
export function cardKey({ code, params }) {
  if (OFFERING.has(code) && params.offer) return `offer-${params.offer}`;
  if (AGREEING.has(code) && params.agreement) return `agreement-${params.dispute}-${params.agreement}`;
  if (CLAIMING.has(code) && params.dispute) return `claim-${params.dispute}`;
  if (code === "dispute.issue_recommendation" && params.recommendation) return `recommendation-${params.recommendation}`;
  if (code === "dispute.grant_release" && params.release) return `shared-${params.release}`;
  if (code === "dispute.confirm_default" && params.dispute) return `default-${params.dispute}`;
  return "";
}

/** The card's place in a line, with the card in it if the case has one of that name. */
export function setCard(item, line) {
  const place = part(item, "card");
  const key = line.removed ? "" : cardKey(line);
  place.hidden = !key;
  if (!key) return;
  place.dataset.card = key;
  fill(place);
}

/** The page brings each card once. Those that its lines show are laid beside the others, for lines that are drawn anew. */
export function gather(root, cards) {
  for (const place of root.querySelectorAll("[data-card]")) {
    const card = place.cloneNode(true);
    card.dataset.key = card.dataset.card;
    cards.content.append(card);
  }
}

/** A card that the case no longer has leaves its place empty, and its buttons go with it. */
function fill(place) {
  const known = [...part(document, "case-cards").content.children].find(({ dataset }) => dataset.key === place.dataset.card);
  if (closed(place.innerHTML) === closed(known?.innerHTML ?? "")) return;
  const focused = place.contains(document.activeElement) ? document.activeElement : null;
  const address = focused?.getAttribute("href");
  const box = focused?.parentElement?.dataset.keep;
  place.replaceChildren(...(known ? document.importNode(known, true).childNodes : []));
  for (const box of place.querySelectorAll("details")) box.open = opened.has(box.dataset.keep);
  if (!focused) return;
  const same = address
    ? [...place.querySelectorAll("a[href]")].find((link) => link.getAttribute("href") === address)
    : [...place.querySelectorAll("summary")].find(({ parentElement }) => parentElement.dataset.keep === box);
  land(same);
}

/** Markup as the server draws it, whatever the reader has opened in it. */
const closed = (markup) => markup.replaceAll(' open=""', "").trim();

/** Every card on the screen as the case stands now. */
export function freshen(root) {
  for (const place of root.querySelectorAll("[data-card]")) fill(place);
}

/** Go to a card in the talk. False when its line is not loaded. */
export function reveal(key) {
  const card = document.querySelector(`.timeline [data-card="${CSS.escape(key)}"] > .offer`);
  if (!card) return false;
  card.tabIndex = -1;
  card.scrollIntoView({ block: "center" });
  card.focus({ preventScroll: true });
  return true;
}
