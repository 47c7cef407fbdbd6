import assert from "node:assert/strict";
import { test } from "node:test";
import { found } from "../../static/js/room/macros.js";

const macros = [
  { key: "agreed", title: "Summarise where you agree", text: "So far you both agree on: …" },
  { key: "options", title: "What would each be worth", text: "Before you answer: what would it be worth to you?" },
  { key: "ask-file", title: "Ask for a document", text: "Could you share … by …?" },
];
const keys = (typed) => found(macros, typed).map(({ key }) => key);

test("nothing typed is all of them, in their order", () => assert.deepEqual(keys(""), ["agreed", "options", "ask-file"]));

test("whose short name begins so comes first, then whose words hold it", () => {
  assert.deepEqual(keys("a"), ["agreed", "ask-file", "options"]);
  assert.deepEqual(keys("WORTH"), ["options"]);
  assert.deepEqual(keys("nothing"), []);
});
