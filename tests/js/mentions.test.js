import assert from "node:assert/strict";
import { test } from "node:test";
import { mentioned } from "../../static/js/room/mentions.js";

const cards = [{ id: "1", name: "Ana" }, { id: "2", name: "Ana María" }, { id: "3", name: "Jo (QA)" }];

test("of names that begin alike the longest is meant", () => {
  assert.deepEqual(mentioned("@Ana María, please look", cards), ["2"]);
  assert.deepEqual(mentioned("@Ana and @Ana María", cards), ["1", "2"]);
  assert.deepEqual(mentioned("@Ana, @Jo (QA)!", cards), ["1", "3"]);
});

test("a name that only begins another word is not meant", () => {
  assert.deepEqual(mentioned("@Anastasia, Ana", cards), []);
  assert.deepEqual(mentioned("@Ana", []), []);
});
