// The rows of a timeline as nodes: days, the line of what is new, events, the join card, messages.

import { fill, joinNames, person, roleWord, shortened, systemLine, threadWords, words } from "../lib/say.js";
import { setCard } from "./cards.js";
import { fileCard, fromTemplate, icon, linkButton, make, part, setFace, setIcon, setMarkup, setRole, setTime } from "./nodes.js";

/** What a row looks like depends on this and nothing else; null for what never changes. */
export function versionOf(row, room) {
  if (row.kind === "day") return room.today;
  if (row.kind === "new" || row.kind === "fold") return null;
  if (row.kind === "message") return `${row.line.rev}.${row.more ? 1 : 0}`;
  const { state, why, seq, left } = row.entry;
  return [state, room.sending.isStuck(row.entry), why, seq, left, row.more].join(".");
}

/** The row's list item. `thread` is the thread it stands in. */
export function makeRow(row, room, thread) {
  if (row.kind === "day") return labelled("day-template", room.moments.dayWords(row.at));
  if (row.kind === "new") {
    return labelled("new-template", fill(words.timeline.new_since, { time: room.moments.clock(row.at) }));
  }
  if (row.kind === "fold") return makeFold(row, thread);
  if (row.kind === "pending") return makeMessage(row, room, thread);
  const { line } = row;
  if (line.removed) return makeEvent(line, room, thread);
  if (line.code === "member.joined" && line.params.role === "mediator") return makeJoin(line, room);
  return line.kind === "system" ? makeEvent(line, room, thread) : makeMessage(row, room, thread);
}

function labelled(template, text) {
  const item = fromTemplate(template);
  item.firstElementChild.textContent = text;
  return item;
}

function makeEvent(line, { state, moments }, thread) {
  const item = fromTemplate("event-template");
  item.firstElementChild.dataset.audience = thread.audience;
  setIcon(item, line.removed ? "x" : words.system_icons[line.code] ?? words.system_icons[line.code.split(".")[0]] ?? "info");
  part(item, "line").replaceChildren(...systemLine(state, line));
  setCard(item, line);
  setTime(item.querySelector("time"), line.at, moments);
  return item;
}

function makeFold({ family }, thread) {
  const item = fromTemplate("fold-template");
  const summary = item.querySelector("summary");
  summary.dataset.audience = thread.audience;
  setIcon(summary, words.folds[family].icon);
  return item;
}

/** How many lines have folded: the newest of a run joins the others when the next one comes. */
export function setFold(item, { family, rows }) {
  part(item, "line").textContent = fill(words.folds[family].said, { n: rows.length });
}

function makeJoin(line, { state }) {
  const item = fromTemplate("join-template");
  const card = { ...person(state, line.params.person), role: "mediator" };
  const title = fill(words.timeline.joined_title, { name: card.name });
  setFace(item.querySelector(".face"), card);
  part(item, "title").textContent = title;
  item.firstElementChild.setAttribute("aria-label", title);
  return item;
}

function makeMessage({ line, more, entry }, room, thread) {
  const item = fromTemplate("message-template");
  const article = item.firstElementChild;
  const card = person(room.state, line.author);
  article.dataset.role = card.role;
  article.toggleAttribute("data-more", more);
  article.toggleAttribute("data-mine", line.author === room.state.me);
  article.setAttribute("aria-label", fill(words.timeline.label, { name: card.name, time: room.moments.clock(line.at) }));
  setHead(article, card, line, more, room);
  setQuote(article, line, room, thread);
  if (entry) {
    part(article, "body").append(...paragraphs(line.text ?? ""));
    part(article, "body").hidden = !line.text;
    setFiles(article, (line.files ?? []).map((id) => fileCard(entry.cards?.[id] ?? { id, name: "" }, { isSent: false })));
    setPending(article, entry, room, thread);
  } else {
    article.toggleAttribute("data-mentions-you", line.mentions.includes(room.state.me));
    setMarkup(part(article, "body"), line.html);
    part(article, "body").hidden = !line.html;
    setFiles(article, line.files.map((file) => fileCard(file)));
    setReactions(article, line, room.state);
    setEdited(article, line, card, room.moments);
  }
  return item;
}

function setHead(article, card, line, more, { state, moments }) {
  const head = article.querySelector(".msg-head");
  const face = article.querySelector(".face");
  head.hidden = more;
  if (more) face.remove();
  else setFace(face, card);
  head.querySelector(".msg-name").textContent = card.name;
  setRole(head.querySelector(".role"), card.role, roleWord(state, card));
  for (const time of article.querySelectorAll("time.msg-time")) setTime(time, line.at, moments);
  part(article, "gutter").hidden = !more;
}

function setQuote(article, line, room, thread) {
  const quote = part(article, "quote");
  quote.hidden = !line.reply_to;
  if (!line.reply_to) return;
  const target = room.history.lineOf(thread.id, line.reply_to);
  const isShown = target && !target.removed;
  quote.dataset.at = line.reply_to;
  quote.href = `?thread=${thread.id}&at=${line.reply_to}`;
  quote.querySelector("b").textContent = isShown ? person(room.state, target.author).first_name : "";
  part(quote, "quoted").textContent = isShown ? shortened(target.text) : words.timeline[target ? "reply_gone" : "reply_far"];
}

/** The text of what is not stored yet; the server makes its markup. */
function paragraphs(text) {
  return text.split(/\n{2,}/).map((block) => {
    const lines = block.split("\n").flatMap((line, index) => (index ? [make("br"), line] : [line]));
    return make("p", { dir: "auto" }, ...lines);
  });
}

function setFiles(article, cards) {
  const files = part(article, "files");
  files.replaceChildren(...cards);
  files.hidden = !cards.length;
}

function setReactions(article, line, state) {
  const given = Object.entries(line.reactions).filter(([, people]) => people.length);
  const reactions = part(article, "reactions");
  reactions.replaceChildren(...given.map(([name, people]) => reactionButton(state, name, people)));
  reactions.hidden = !given.length;
}

function reactionButton(state, name, people) {
  const button = fromTemplate("reaction-template");
  const known = words.reactions[name] ?? { sign: "·", word: name };
  const names = joinNames(people.map((id) => person(state, id).first_name));
  button.title = fill(words.actions.reaction_by, { word: known.word, names });
  button.dataset.reaction = name;
  button.setAttribute("aria-pressed", String(people.includes(state.me)));
  button.setAttribute("aria-label", button.title);
  const [sign, count] = button.children;
  sign.textContent = known.sign;
  count.textContent = people.length;
  return button;
}

function setEdited(article, line, card, moments) {
  const edited = part(article, "edited");
  edited.hidden = !line.edited_at;
  if (!line.edited_at) return;
  edited.querySelector("button").textContent = fill(words.timeline.edited, { time: moments.clock(line.edited_at) });
  edited.querySelector("span").textContent = fill(words.timeline.edited_by, { name: card.first_name });
}

/** Sending, sent, held back, or not sent and what one can do. */
function setPending(article, entry, room, thread) {
  const stuck = room.sending.isStuck(entry);
  const shown = ["sent", "held"].includes(entry.state) ? entry.state : stuck ? "failed" : "sending";
  const line = part(article, "state");
  article.dataset.state = shown;
  article.dataset.cid = entry.cid;
  line.hidden = false;
  line.replaceChildren(...pendingWords[shown](entry, room, thread));
  if (shown !== "failed") return;
  line.dataset.state = "failed";
  line.setAttribute("role", "alert");
}

const pendingWords = {
  sending: () => [icon("clock"), words.timeline.sending],
  sent: () => [icon("check"), words.timeline.sent],
  held: (entry, { state }, thread) => {
    const said = threadWords(state, thread);
    const goes = fill(said.goes, { seconds: entry.left, first: said.first });
    return [icon("clock"), goes, linkButton(words.states.undo, { act: "undo" })];
  },
  failed: (entry) => {
    const { states } = words;
    const why = entry.why ? fill(states.failed_why, { why: entry.why }) : states.failed;
    const ways = { resend: states.again, copy: states.copy, discard: states.discard };
    return [icon("warn"), why, ...Object.entries(ways).map(([act, word]) => linkButton(word, { act }))];
  },
};

/** "Seen by Ana and Mateo" under words or an offer of mine, or nothing. */
export function setSeen(item, names) {
  const place = part(item, "state");
  place.hidden = !names.length;
  const said = names.length ? fill(words.timeline.seen, { names: joinNames(names) }) : "";
  if (place.textContent.trim() !== said) place.replaceChildren(...(said ? [icon("checks"), make("span", {}, said)] : []));
}
