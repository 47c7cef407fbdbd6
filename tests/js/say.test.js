import assert from "node:assert/strict";
import { test } from "node:test";
import { fill } from "../../static/js/lib/say.js";

test("a place without a value stays open, or has what stands for it", () => {
  assert.equal(fill("%(who)s paid %(amount)s.", { who: "Helen" }), "Helen paid %(amount)s.");
  assert.equal(fill("%(who)s paid %(amount)s.", { who: "Helen" }, "…"), "Helen paid ….");
});
