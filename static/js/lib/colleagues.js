// Which other staff look at the same case, in words. The server tells it to staff alone.

/** `people` are `{name, types, holds}`; `words` are the texts of the element: `also`, `types`, `holds`. */
export function said(people, words) {
  if (!people.length) return "";
  const names = people.map(({ name, types, holds }) => {
    const does = types ? words.types : holds ? words.holds : "";
    return does ? `${name} (${does})` : name;
  });
  return `${words.also} ${names.join(", ")}`;
}

/** What one of them does in a case of a list; `words` are whole sentences with `{name}`: `reads`, `types`, `holds`. */
export function doing({ name, types, holds }, words) {
  return (types ? words.types : holds ? words.holds : words.reads).replace("{name}", name);
}

/** Show it in the elements of the page that are for it. */
export function showColleagues(people) {
  for (const place of document.querySelectorAll("[data-part=colleagues]")) {
    place.textContent = said(people, place.dataset);
    place.hidden = !people.length;
  }
}
