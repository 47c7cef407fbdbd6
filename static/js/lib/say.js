// Words put together: names, days, times, what a thread is called. The server's twin is mediation/web/sentences.py;
// the words themselves come from it with the page.

import { money } from "./money.js";

const read = (id) => JSON.parse(globalThis.document?.getElementById(id)?.textContent ?? "{}");

export const words = read("words");
const language = () => globalThis.document?.documentElement.lang || "en";

/** `missing` stands where no value is; otherwise the place stays open for who fills the rest. */
export const fill = (text, values, missing) => text.replace(/%\((\w+)\)s/g, (whole, key) => values[key] ?? missing ?? whole);
export const plural = (key, n) => fill(words.plural[key][n === 1 ? 0 : 1], { n });

const SOUNDS_I = /^h?[ií](?![aeou])/i; // Spanish says "e" before it; not before "hielo"

export function joinNames(names) {
  const list = names.filter(Boolean);
  if (list.length < 2) return list[0] ?? "";
  return fill(words.timeline[SOUNDS_I.test(list.at(-1)) ? "and_i" : "and"], { first: list.slice(0, -1).join(", "), last: list.at(-1) });
}

export const kindOf = (audience) => (audience.startsWith("caucus") ? "caucus" : audience);
const PRIVATE = { caucus_client: "client", caucus_freelancer: "freelancer" };

/** The people in the room now, as cards with the role they have in it. */
export const present = (state) => state.members.map(({ id, role }) => ({ ...person(state, id), role }));

const UPWORK = { id: "", name: "Upwork", first_name: "Upwork", initials: "U", role: "staff", avatar: null };
export const person = (state, id) => state.people[id] ?? { ...UPWORK, id };

/** All that a thread is called: its tab, its audience line, its field and its button. */
export function threadWords(state, thread) {
  const kind = kindOf(thread.audience);
  const spoken = words.audiences[kind];
  const values = { ...partner(state, thread), ...listeners(state, thread) };
  const said = Object.fromEntries(Object.entries(spoken).map(([key, text]) => [key, key === "goes" ? text : fill(text, values)]));
  if (kind === "joint" && !values.names) said.who = said.nobody;
  if (kind === "caucus" && !values.present) said.tab = said.tab_alone;
  if (!thread.is_main) said.tab = thread.title;
  const icon = thread.is_main || kind !== "joint" ? spoken.icon : "thread";
  return { ...said, first: values.first, icon, kind };
}

function partner(state, thread) {
  const party = PRIVATE[thread.audience];
  if (!party) return { name: "", first: "", present: "" };
  const wanted = state.people[state.me]?.role === party ? "mediator" : party;
  const card = present(state).find((each) => each.role === wanted);
  const someone = words.audiences.caucus.mediator;
  return { name: card?.name ?? someone, first: card?.first_name ?? someone, present: card ? "yes" : "" };
}

function listeners(state, thread) {
  const party = PRIVATE[thread.audience];
  const others = present(state).filter((card) => card.id !== state.me);
  const outside = others.filter((card) =>
    party ? ![party, "mediator"].includes(card.role) : ["client", "freelancer"].includes(card.role));
  return { names: joinNames(others.map((card) => card.name)), others: joinNames(outside.map((card) => card.first_name)) };
}

export function roleWord(state, card) {
  const word = words.roles[card.role] ?? card.role;
  return card.id === state.me ? `${word} · ${words.timeline.you}` : word;
}

/** Which sentence says a system line to this reader. */
export function systemKey(code, params, author, me) {
  let key = code;
  if (code === "thread.opened") key += params.is_main ? `.${kindOf(params.audience ?? "joint")}` : ".topic";
  if (code === "dispute.grant_release" && params.release) key += ".card"; // the words stand on it
  if (code === "dispute.answer_disclosure" && params.is_yes === false) key += ".no";
  if (author && author === me && words.system[`${key}.you`]) return `${key}.you`;
  if (params.person === me && words.system[`${key}.me`]) return `${key}.me`;
  return words.system[key] ? key : "unknown";
}

/** A system line as nodes: the sentence with the person's name in bold. */
export function systemLine(state, line) {
  if (line.removed) {
    const key = (line.removed.reason ? "removed.why" : "removed") + (line.removed.by === state.me ? ".you" : "");
    return sentence(words.system[key], person(state, line.removed.by).first_name, line.removed);
  }
  const key = systemKey(line.code, line.params, line.author, state.me);
  const params = { ...line.params, ...derived(state, line.params) };
  return sentence(words.system[key], person(state, line.params.person ?? line.author).first_name, params);
}

/** Sums in the reader's language, whom something was asked of, what a clock measures, and the phase that began. */
function derived(state, params) {
  const said = params.of ? { of: person(state, params.of).first_name } : {};
  if (params.phase) said.to = words.phases[params.phase];
  if (params.metric) said.what = words.clocks[params.metric];
  for (const name of params.currency ? ["amount", "refund", "release"] : []) {
    if (`${name}_minor` in params) said[name] = money(params[`${name}_minor`], params.currency, language());
  }
  return said;
}

/** A line that was stored before its sentence named more has dots where it says nothing. */
function sentence(text, who, params) {
  const filled = (part) => fill(part, params, "…");
  const [before, after] = text.split("%(who)s");
  if (after === undefined) return [filled(text)];
  const name = document.createElement("b");
  name.textContent = who;
  return [filled(before), name, filled(after)];
}

// --- moments -------------------------------------------------------------------------------------------------

/** Days and times in the reader's zone. */
export class Moments {
  constructor(zone) {
    this.format = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
    });
    this.known = new Map();
  }

  #parts(iso) {
    let parts = this.known.get(iso);
    if (!parts) {
      parts = Object.fromEntries(this.format.formatToParts(new Date(iso)).map(({ type, value }) => [type, value]));
      this.known.set(iso, parts);
    }
    return parts;
  }

  clock(iso) {
    const { hour, minute } = this.#parts(iso);
    return `${hour}:${minute}`;
  }

  /** "2026-11-21": which day it was there. */
  day(iso) {
    const { year, month, day } = this.#parts(iso);
    return `${year}-${month}-${day}`;
  }

  dayWords(iso, now = new Date().toISOString()) {
    const [year, month, day] = this.day(iso).split("-").map(Number);
    const [thisYear, thisMonth, today] = this.day(now).split("-").map(Number);
    const moment = Date.UTC(year, month - 1, day);
    const values = { weekday: words.weekdays[new Date(moment).getUTCDay()], day, month: words.months[month - 1], year };
    const said = fill(year === thisYear ? words.timeline.day : words.timeline.day_year, values);
    const gone = (Date.UTC(thisYear, thisMonth - 1, today) - moment) / 86_400_000;
    if (gone === 0) return fill(words.timeline.today, { day: said });
    return gone === 1 ? fill(words.timeline.yesterday, { day: said }) : said;
  }
}

const MARKS = /[*`>]+|(?<!\w)_+|_+(?!\w)|\[([^\]\n]*)\]\([^)\s]*\)/g;

/** The beginning of a message in one line of plain text, as conversations/rules/text.py makes it. */
export const shortened = (text, most = 120) => {
  const plain = text.slice(0, most * 4).replace(MARKS, (_whole, label) => label ?? "");
  const line = plain.split(/\s+/).filter(Boolean).join(" ");
  return line.length <= most ? line : `${line.slice(0, most - 1).trimEnd()}…`;
};

export function fileSize(bytes) {
  const units = ["kB", "MB", "GB"];
  let size = Math.max(bytes / 1024, 0.1);
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  const shown = size < 10 ? size.toFixed(1) : Math.round(size).toString();
  return `${new Intl.NumberFormat(language()).format(Number(shown))} ${units[unit]}`;
}
