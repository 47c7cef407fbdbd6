import assert from "node:assert/strict";
import { test } from "node:test";
import { cardKey, freshen } from "../../static/js/room/cards.js";

const LINES = [
  ["dispute.make_offer", { offer: "o" }, "offer-o"],
  ["dispute.counter_offer", { offer: "o" }, "offer-o"],
  ["dispute.make_offer", {}, ""],
  ["dispute.file", { dispute: "d" }, "claim-d"],
  ["dispute.attach_claim", { dispute: "d" }, "claim-d"],
  ["dispute.accept_offer", { offer: "o", dispute: "d", agreement: 2 }, "agreement-d-2"],
  ["dispute.propose_text", { dispute: "d", agreement: 1 }, "agreement-d-1"],
  ["dispute.accept_text", { dispute: "d", agreement: 1 }, ""],
  ["dispute.issue_recommendation", { recommendation: "r" }, "recommendation-r"],
  ["dispute.grant_release", { dispute: "d", release: "s", text: "So it was." }, "shared-s"],
  ["dispute.grant_release", { dispute: "d", text: "So it was." }, ""],
  ["dispute.confirm_default", { dispute: "d", reason: "No answer." }, "default-d"],
];

for (const [code, params, key] of LINES) {
  test(`${code} with ${Object.keys(params).join(" and ") || "nothing"} shows “${key}”`, () => {
    assert.equal(cardKey({ code, params }), key);
  });
}

const CARD = { dataset: { key: "agreement-d-1" }, innerHTML: '<section><a href="/accept/">Accept this text</a></section>' };

/** What `fill` needs of a page: the case's cards, what has the focus, and the heading it falls back to. */
function page(cards, activeElement = null) {
  const main = { focused: 0, focus: () => (main.focused += 1), checkVisibility: () => true };
  globalThis.document = {
    activeElement,
    getElementById: () => main,
    importNode: ({ innerHTML }) => ({ childNodes: [{ innerHTML }] }),
    querySelector: (selector) => (selector === "[data-part=\"case-cards\"]" ? { content: { children: cards } } : null),
  };
  return main;
}

function placeOf(card, focused = null) {
  return {
    dataset: { card: card.dataset.key },
    innerHTML: card.innerHTML,
    contains: (node) => node !== null && node === focused,
    querySelectorAll: () => [],
    replaceChildren(...nodes) {
      this.innerHTML = nodes.map(({ innerHTML }) => innerHTML).join("");
    },
  };
}

const draw = (place) => freshen({ querySelectorAll: () => [place] });

test("a card that the case no longer has leaves its place empty, and comes back with the case", () => {
  const place = placeOf(CARD);
  page([]);
  draw(place);
  assert.equal(place.innerHTML, "");
  page([CARD]);
  draw(place);
  assert.equal(place.innerHTML, CARD.innerHTML);
});

test("whoever stood on a card that goes stands at the page's main part", () => {
  const link = { getAttribute: () => "/accept/" };
  const main = page([], link);
  draw(placeOf(CARD, link));
  assert.equal(main.focused, 1);
});

test("what a reader has opened in a card that is as it was stays open", () => {
  const card = { ...CARD, innerHTML: "<details data-keep=\"texts\"><summary>1 earlier version</summary></details>" };
  page([card]);
  const place = placeOf(card);
  place.innerHTML = place.innerHTML.replace("<details", "<details open=\"\"");
  place.replaceChildren = () => assert.fail("it was drawn anew");
  draw(place);
});

test("a card that is as it was is left alone", () => {
  page([CARD]);
  const place = placeOf(CARD);
  place.replaceChildren = () => assert.fail("it was drawn anew");
  draw(place);
});
