// Which other staff look at a case, in words.

import assert from "node:assert/strict";
import { test } from "node:test";

import { doing, said } from "../../static/js/lib/colleagues.js";

const words = { also: "Also here:", types: "is writing", holds: "has begun something" };

test("nobody else is nothing to say", () => assert.equal(said([], words), ""));

test("who types is said before who has begun something", () => {
  const people = [
    { name: "Ana", types: true, holds: true },
    { name: "Priya", types: false, holds: true },
    { name: "Sam", types: false, holds: false },
  ];
  assert.equal(said(people, words), "Also here: Ana (is writing), Priya (has begun something), Sam");
});

test("in a list each one's doing is a sentence", () => {
  const lines = { reads: "{name} is reading", types: "{name} is writing", holds: "{name} has begun something" };
  assert.equal(doing({ name: "Ana", types: true, holds: true }, lines), "Ana is writing");
  assert.equal(doing({ name: "Ana", types: false, holds: true }, lines), "Ana has begun something");
  assert.equal(doing({ name: "Ana", types: false, holds: false }, lines), "Ana is reading");
});
