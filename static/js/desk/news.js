// Whether what changed at the desk can change a queue that is shown. Pure.

const OF_OWN = ["mine", "on_me"];

/** `said` is `{cases, mediators, is_unclaimed}` of the rows that changed; `shown` is `{queue, me, cases}`. */
export function concerns(said, shown) {
  if (said.cases.some((id) => shown.cases.includes(id))) return true;
  if (shown.queue === "unclaimed") return said.is_unclaimed;
  return !OF_OWN.includes(shown.queue) || said.mediators.includes(shown.me);
}

/** What is other in the rows that come than in those that are shown: `{gone, news, moved}`. `own` are the cases that the
 * reader acted on: what becomes of them is no news. */
export function changes(shownCases, comingCases, own = []) {
  const [shown, coming] = [shownCases, comingCases].map((cases) => cases.filter((id) => !own.includes(id)));
  const gone = shown.filter((id) => !coming.includes(id));
  const news = coming.filter((id) => !shown.includes(id));
  const stay = coming.filter((id) => shown.includes(id));
  const moved = shown.filter((id) => coming.includes(id)).some((id, place) => id !== stay[place]);
  return { gone, news, moved };
}
