// Clocks that count down. They go by the server's time and by a count of the browser's that nobody can set, so they
// never drift; a computer that slept asks the server anew. Screen readers read them when they are asked to: a timer
// is never announced by itself. The server's twin is mediation/sla/rules/face.py.

const MINUTE = 60_000;
const CLOSE = 5 * MINUTE; // from here on seconds are shown
const LEFT = [100, 50, 20, 0]; // percent of the time, at the four marks
const SLEPT_MS = 2_000;

/** How a clock looks: `{state, left, ms}`. `marks` are when 0, 50, 80 and 100 % of its time are over, in ms. */
export function face(marks, due, now) {
  if (due !== null && due < now) return { state: "late", left: 0, ms: due - now };
  if (marks.length === 0 || due === null) return { state: "paused", left: 50, ms: null };
  const state = now < marks[1] ? "ok" : now < marks[2] ? "soon" : "risk";
  return { state, left: leftAt(marks, now), ms: due - now };
}

function leftAt(marks, now) {
  for (let at = 0; at < 3; at += 1) {
    if (now < marks[at + 1]) {
      const over = Math.max((now - marks[at]) / (marks[at + 1] - marks[at]), 0);
      return Math.round(LEFT[at] - (LEFT[at] - LEFT[at + 1]) * over);
    }
  }
  return 0;
}

/** A length in its two greatest units, seconds only when little is left: "2 h 5 min", "4:09". */
export function length(ms, words) {
  const seconds = Math.floor(Math.abs(ms) / 1000);
  const [days, hours, minutes] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3_600) % 24, Math.floor(seconds / 60) % 60];
  const fill = (text) => text.replace(/%\((\w+)\)s/g, (_, name) => ({ days, hours, minutes })[name]);
  if (days) return fill(words.days);
  if (hours) return fill(words.hours);
  if (ms > 0 && ms < CLOSE) return `${minutes}:${String(seconds % 60).padStart(2, "0")}`;
  return fill(words.minutes);
}

/** How long until the text is another one. */
export function nextChange(ms) {
  const step = ms > 0 && ms <= CLOSE + 1_000 ? 1_000 : MINUTE;
  const rest = ((ms % step) + step) % step;
  return Math.max(rest, 50) + 20;
}

const origins = new WeakMap(); // group → what to add to `performance.now()`
let timer = null;

/** The server's time now, by the moment at which it wrote the group. */
function now(group) {
  if (!origins.has(group)) {
    const [page] = performance.getEntriesByType("navigation");
    const arrived = "fresh" in group.dataset ? performance.now() : (page?.responseStart ?? performance.now());
    origins.set(group, Number(group.dataset.now) - arrived);
  }
  return origins.get(group) + performance.now();
}

/** Draw all clocks of the page, and again when the first of them changes. */
export function drawClocks() {
  clearTimeout(timer);
  let soonest = MINUTE;
  for (const group of document.querySelectorAll("[data-clocks]")) {
    const words = JSON.parse(group.dataset.clocks);
    for (const clock of group.querySelectorAll("[data-due]")) {
      const ms = draw(clock, now(group), words);
      if (ms !== null) soonest = Math.min(soonest, nextChange(ms));
    }
  }
  timer = setTimeout(drawClocks, soonest);
}

function draw(clock, at, words) {
  const marks = JSON.parse(clock.dataset.marks);
  const { state, left, ms } = face(marks, Number(clock.dataset.due), at);
  clock.dataset.state = state;
  clock.querySelector("circle + circle").setAttribute("stroke-dasharray", `${left} 100`);
  const said = ms < 0 ? words.over.replace("%(time)s", length(ms, words)) : length(ms, words);
  const [word, time] = clock.querySelectorAll("[data-word], time");
  if (word.textContent !== words[state]) word.textContent = words[state];
  if (time.textContent !== said) time.textContent = said;
  return ms;
}

/** Mark what has just come from the server, then draw it. */
export function freshClocks(root) {
  for (const group of root.querySelectorAll("[data-clocks]")) group.dataset.fresh = "";
  drawClocks();
}

/** Begin; `stale` asks the server anew when the computer slept or its clock was set. */
export function startClocks(stale) {
  let gap = Date.now() - performance.now();
  addEventListener("visibilitychange", () => {
    const moved = Math.abs(Date.now() - performance.now() - gap) > SLEPT_MS;
    gap = Date.now() - performance.now();
    if (moved && !document.hidden) stale();
    drawClocks();
  });
  drawClocks();
}
