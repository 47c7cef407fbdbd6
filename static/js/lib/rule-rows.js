// What goes with what in a row of a rule. Pure: the vocabulary comes with the page.

/** Pairs of code and word of the operators that a field has; all of them while none is chosen. */
export function operatorsOf(known, key) {
  return known.fields[key]?.operators ?? (key ? [] : Object.entries(known.operators));
}

/** Pairs to choose a value among, or null where it is written. A value that is gone can be seen, and stays. */
export function choicesOf(known, key, value) {
  const values = (known.fields[key] ?? known.actions[key])?.values;
  if (!values) return null;
  const isGone = isCode(value) && !values.some(([code]) => code === value);
  return isGone ? [...values, [value, known.words.gone.replace("%(value)s", value)]] : values;
}

/** Whether an operator compares with anything. */
export function takesValue(known, operator) {
  return !known.without_value.includes(operator);
}

/** An id of something that could have been there; any other text was written for another field. */
function isCode(value) {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value ?? "");
}
