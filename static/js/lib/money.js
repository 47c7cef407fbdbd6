// Money as people read and write it. The server's twin is mediation/disputes/money.py; tests/web/money.json holds both.

const NBSP = "\u00a0";
const digitsFor = (digits, codes) => Object.fromEntries(codes.split(" ").map((code) => [code, digits]));

/** Where ISO 4217 has other than two digits after the point. */
export const MINOR_DIGITS = {
  ...digitsFor(0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"),
  ...digitsFor(3, "BHD IQD JOD KWD LYD OMR TND"),
};

export const SYMBOLS = {
  en: { USD: "$", EUR: "€", GBP: "£", JPY: "¥", INR: "₹" },
  es: { USD: "US$", EUR: "€", GBP: "GBP", JPY: "JPY" },
  nl: { USD: "US$", EUR: "€", GBP: "£", JPY: "JP¥" },
};

const STYLES = {
  en: { group: ",", point: ".", shortestGrouped: 4, put: (minus, sign, number) => minus + sign + number },
  es: { group: ".", point: ",", shortestGrouped: 5, put: (minus, sign, number) => minus + number + NBSP + sign },
  nl: { group: ".", point: ",", shortestGrouped: 4, put: (minus, sign, number) => sign + NBSP + minus + number },
};
const MOST_DIGITS = 12;

const digitsOf = (currency) => MINOR_DIGITS[currency] ?? 2;
const short = (language) => language.split("-")[0].toLowerCase();
const styleOf = (language) => STYLES[short(language)] ?? STYLES.en;

/** 220000 and "USD" are "$2,200.00" in English, "2200,00 US$" in Spanish, "US$ 2.200,00" in Dutch. */
export function money(minor, currency, language) {
  const style = styleOf(language);
  let sign = (SYMBOLS[short(language)] ?? SYMBOLS.en)[currency] ?? currency;
  if (sign === currency && style === STYLES.en) sign += NBSP;
  return style.put(minor < 0 ? "-" : "", sign, number(Math.abs(minor), currency, style, style.shortestGrouped));
}

/** A sum as a field shows it: "1,200.50" in English, "1200,50" in Spanish, "1.200,50" in Dutch. */
export function written(minor, currency, language) {
  const style = styleOf(language);
  return number(minor, currency, style, style.shortestGrouped);
}

/** Minor units of what somebody typed; null for what is no sum of the currency or could be two. */
export function typed(text, currency, language) {
  const bare = bareOf(text, currency);
  const { group, point } = styleOf(language);
  const own = reading(bare, group, point, digitsOf(currency));
  const other = reading(bare, point, group, digitsOf(currency));
  return couldBeAnother(bare, point, own, other) ? null : own ?? other;
}

function couldBeAnother(bare, point, own, other) {
  const oneMark = bare.match(/^[0-9]*([.,])[0-9]{3}$/);
  if (!oneMark || other === null) return false;
  return oneMark[1] === point ? own === null : own !== null;
}

function reading(bare, group, point, digits) {
  const found = bare.match(new RegExp(`^([1-9][0-9]{0,2}(?:\\${group}[0-9]{3})+|[0-9]*)(?:\\${point}([0-9]+))?$`));
  if (!found || !bare) return null;
  const [whole, part] = [found[1].replace(/[.,]/g, ""), found[2] ?? ""];
  if (whole.length > MOST_DIGITS || part.length > digits) return null;
  return Number(whole || 0) * 10 ** digits + Number(part.padEnd(digits, "0") || 0);
}

function bareOf(text, currency) {
  let bare = text.trim();
  const signs = [currency, ...Object.values(SYMBOLS).map((known) => known[currency] ?? currency)];
  for (const sign of signs.sort((one, other) => other.length - one.length)) {
    const upper = bare.toUpperCase();
    if (!upper.startsWith(sign) && !upper.endsWith(sign)) continue;
    bare = (upper.startsWith(sign) ? bare.slice(sign.length) : bare.slice(0, -sign.length)).trim();
    break;
  }
  return bare.replace(/(?<=[0-9])[ \u00a0\u202f](?=[0-9]{3}(?![0-9]))/g, "");
}

function number(minor, currency, { group, point }, shortestGrouped) {
  const digits = digitsOf(currency);
  const unit = 10 ** digits;
  let whole = String(Math.floor(minor / unit));
  if (whole.length >= shortestGrouped) whole = whole.replace(/\B(?=([0-9]{3})+$)/g, group);
  return digits ? whole + point + String(minor % unit).padStart(digits, "0") : whole;
}
