import assert from "node:assert/strict";
import { test } from "node:test";
import { folded } from "../../static/js/lib/folds.js";

const FAMILIES = { points: { commands: ["add_issue", "confirm_issue"] }, evidence: { commands: ["submit_evidence"] } };
const POINT = "dispute.add_issue";
let seq = 0;
const line = (code, more = {}) => ({ kind: "message", key: `m-${(seq += 1)}`, line: { seq, code, removed: null, ...more } });
const day = () => ({ kind: "day", key: `day-${(seq += 1)}`, at: "" });
const shape = (rows) => folded(rows, FAMILIES).map((row) => (row.kind === "fold" ? `${row.family} ${row.rows.length}` : row.kind));

test("all but the newest of a run fold", () => {
  const rows = [line(""), ...Array.from({ length: 5 }, () => line(POINT)), line("")];
  assert.deepEqual(shape(rows), ["message", "points 4", "message", "message"]);
  const [, fold, last] = folded(rows, FAMILIES);
  assert.equal(fold.key, `fold-${rows[1].line.seq}`);
  assert.equal(last, rows[5]);
});

test("a short run stays as it is", () => {
  assert.deepEqual(shape([line(POINT), line(POINT), line(POINT)]), ["message", "message", "message"]);
});

for (const [name, between] of [["a day", day()], ["a message", line("")], ["another family", line("dispute.submit_evidence")], ["a line that was removed", line(POINT, { removed: {} })]]) {
  test(`${name} ends a run`, () => {
    const three = () => [line(POINT), line(POINT), line(POINT)];
    assert.ok(!shape([...three(), between, ...three()]).some((each) => each.startsWith("points")));
  });
}

test("two families fold one after the other", () => {
  const four = (code) => Array.from({ length: 4 }, () => line(code));
  assert.deepEqual(shape([...four(POINT), ...four("dispute.submit_evidence")]), ["points 3", "message", "evidence 3", "message"]);
});
