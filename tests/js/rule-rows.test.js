import assert from "node:assert/strict";
import { test } from "node:test";

import { choicesOf, operatorsOf, takesValue } from "../../static/js/lib/rule-rows.js";

const GONE = "00000000-0000-4000-8000-000000000000";
const known = {
  fields: {
    state: { operators: [["is", "is"]], values: [["mediating", "In mediation"]] },
    amount: { operators: [["less_than", "is less than"]], values: null },
    team: { operators: [["is", "is"], ["present", "is there"]], values: [] },
  },
  operators: { is: "is", less_than: "is less than", present: "is there" },
  actions: { add_tags: { values: null }, set_team: { values: [["none", "nobody"]] } },
  without_value: ["present"],
  words: { gone: "%(value)s (gone)" },
};

test("a field has its own operators, all of them while none is chosen, none if it is not known", () => {
  assert.deepEqual(operatorsOf(known, "amount"), [["less_than", "is less than"]]);
  assert.equal(operatorsOf(known, "").length, 3);
  assert.deepEqual(operatorsOf(known, "colour"), []);
});

test("a value is chosen among those of its field or action, or written", () => {
  assert.deepEqual(choicesOf(known, "state", ""), [["mediating", "In mediation"]]);
  assert.equal(choicesOf(known, "amount", "5"), null);
  assert.equal(choicesOf(known, "add_tags", ""), null);
  assert.equal(choicesOf(known, "", "x"), null);
});

test("who was named and is gone can still be seen; what was written for another field is not kept", () => {
  assert.deepEqual(choicesOf(known, "team", GONE), [[GONE, `${GONE} (gone)`]]);
  assert.deepEqual(choicesOf(known, "state", "500"), [["mediating", "In mediation"]]);
});

test("some operators compare with nothing", () => {
  assert.equal(takesValue(known, "is"), true);
  assert.equal(takesValue(known, "present"), false);
  assert.equal(takesValue(known, undefined), true);
});
