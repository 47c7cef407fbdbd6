import assert from "node:assert/strict";
import { test } from "node:test";
import { inTurns } from "../../static/js/lib/turns.js";

/** A task whose runs end when the test says so. */
function held() {
  const ends = [];
  const run = inTurns(() => new Promise((resolve, reject) => ends.push({ resolve, reject })));
  return { ends, run };
}

const tick = () => new Promise((resolve) => setTimeout(resolve));

test("who calls during a run gets one more run after it, however many call", async () => {
  const { ends, run } = held();
  const first = run();
  run();
  run();
  assert.equal(ends.length, 1);
  ends[0].resolve();
  await tick();
  assert.equal(ends.length, 2);
  ends[1].resolve();
  await first;
  assert.equal(ends.length, 2);
});

test("after a run that failed the next call runs", async () => {
  const { ends, run } = held();
  const first = run();
  ends[0].reject(new Error("no line"));
  await assert.rejects(first, /no line/);
  const second = run();
  assert.equal(ends.length, 2);
  ends[1].resolve();
  await second;
});
