import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { face, length, nextChange } from "../../static/js/components/countdown.js";

const MINUTE = 60_000;
const cases = JSON.parse(readFileSync(new URL("../sla/faces.json", import.meta.url), "utf8"));
const words = { days: "%(days)s d %(hours)s h", hours: "%(hours)s h %(minutes)s min", minutes: "%(minutes)s min" };

test("a clock looks as the server says", () => {
  const at = (minute) => (minute === null ? null : minute * MINUTE);
  for (const [marks, due, now, state, left, minutes] of cases) {
    assert.deepEqual(face(marks.map(at), at(due), at(now)), { state, left, ms: at(minutes) }, JSON.stringify([marks, now]));
  }
});

test("a length is said in its two greatest units, and in seconds when little is left", () => {
  assert.equal(length(26 * 60 * MINUTE, words), "1 d 2 h");
  assert.equal(length(125 * MINUTE, words), "2 h 5 min");
  assert.equal(length(5 * MINUTE, words), "5 min");
  assert.equal(length(4 * MINUTE + 9_000, words), "4:09");
  assert.equal(length(-6 * MINUTE, words), "6 min");
});

test("it is drawn again when its text is another one, and not before", () => {
  assert.equal(nextChange(10 * MINUTE + 1_500), 1_520);
  assert.equal(nextChange(3 * MINUTE + 400), 420);
  assert.equal(nextChange(-1_000), 59_020);
});
