// What a person has chosen on this device.

const KEY = "parley.settings";
const USUAL = { enter_sends: true, single_keys: true, hold_seconds: 5 };
export const LONGEST_HOLD = 30;

function stored() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

export const settings = { ...USUAL, ...stored() };

export function choose(name, value) {
  settings[name] = value;
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // It holds until the page closes.
  }
}
