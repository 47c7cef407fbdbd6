// Runs of small lines fold into one that opens. The server's twin is mediation/web/folds.py, from which the families come
// with the page. Pure.

const LEAST = 3;

/** The rows of a timeline with each run of one family folded, all but its newest line. */
export function folded(rows, families) {
  const names = new Map(Object.entries(families).flatMap(([name, { commands }]) => commands.map((one) => [`dispute.${one}`, name])));
  const found = [];
  let run = [];
  let family = null;
  const close = () => {
    const earlier = run.slice(0, -1);
    if (earlier.length < LEAST) found.push(...run);
    else found.push({ kind: "fold", key: `fold-${earlier[0].line.seq}`, family, rows: earlier }, run.at(-1));
    run = [];
  };
  for (const row of rows) {
    const own = (row.kind === "message" && !row.line.removed && names.get(row.line.code)) || null;
    if (own !== family) close();
    family = own;
    if (own) run.push(row);
    else found.push(row);
  }
  close();
  return found;
}
