import assert from "node:assert/strict";
import { test } from "node:test";
import { changes, concerns } from "../../static/js/desk/news.js";

const said = (more) => ({ cases: ["a"], mediators: [], is_unclaimed: false, ...more });
const shown = (queue, cases = []) => ({ queue, me: "me", cases });

test("a case that is shown concerns every queue", () => {
  for (const queue of ["unclaimed", "mine", "open"]) assert.ok(concerns(said(), shown(queue, ["b", "a"])));
});

test("the queue of the unclaimed is concerned by what has no owner", () => {
  assert.equal(concerns(said({ mediators: ["me"] }), shown("unclaimed")), false);
  assert.equal(concerns(said({ is_unclaimed: true }), shown("unclaimed")), true);
});

test("one's own queues are concerned by one's own cases", () => {
  for (const queue of ["mine", "on_me"]) {
    assert.equal(concerns(said({ mediators: ["you"], is_unclaimed: true }), shown(queue)), false);
    assert.equal(concerns(said({ mediators: ["you", "me"] }), shown(queue)), true);
  }
});

test("queues over all cases are concerned by every change", () => {
  for (const queue of ["team", "late", "risk", "decide", "open"]) assert.ok(concerns(said(), shown(queue)));
});

test("what becomes of a case that one acted on is no news", () => {
  assert.deepEqual(changes(["a", "b"], ["b"], ["a"]), { gone: [], news: [], moved: false });
  assert.deepEqual(changes(["a", "b", "c"], ["b", "c", "a"], ["a"]), { gone: [], news: [], moved: false });
  assert.deepEqual(changes(["a", "b"], ["b", "c"], ["a"]), { gone: [], news: ["c"], moved: false });
});

test("what is other is named: gone, new, moved", () => {
  assert.deepEqual(changes(["a", "b"], ["a", "b"]), { gone: [], news: [], moved: false });
  assert.deepEqual(changes(["a", "b"], ["b", "c"]), { gone: ["a"], news: ["c"], moved: false });
  assert.deepEqual(changes(["a", "b", "c"], ["a", "c", "b"]), { gone: [], news: [], moved: true });
  assert.deepEqual(changes(["a", "b"], ["c", "a", "b"]), { gone: [], news: ["c"], moved: false });
});
