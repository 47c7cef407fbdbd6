import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { money, typed, written } from "../../static/js/lib/money.js";

const cases = JSON.parse(readFileSync(new URL("../web/money.json", import.meta.url), "utf8"));

test("money is written as its reader writes it", () => {
  for (const [minor, currency, language, text] of cases.shown) {
    assert.equal(money(minor, currency, language).replaceAll("\u00a0", " "), text);
  }
});

test("a field holds a sum as its reader types it", () => {
  for (const [minor, currency, language, text] of cases.written) assert.equal(written(minor, currency, language), text);
});

test("a sum is read as its writer means it, or not at all", () => {
  for (const [text, currency, language, minor] of cases.typed) {
    assert.equal(typed(text, currency, language), minor, `${text} ${currency} ${language}`);
  }
});
