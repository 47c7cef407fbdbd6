// What was chosen and written beside the search comes along with it, so that looking for a message loses nothing; and
// what was not sent yet is there again after a look at another step of the claim.

const parts = [...document.querySelectorAll(".add-part form:not([role])")];
const search = document.querySelector("form[role=search]");
const key = `parley.evidence.${document.querySelector("[data-draft]")?.dataset.draft}`;

/** By form, what stands in its fields; what is empty or cannot be kept is left out. */
function unsent() {
  const kept = (form) => [...new FormData(form)].filter(([name, value]) => value && ["source", "title", "hours"].includes(name));
  return parts.map((form) => Object.fromEntries(kept(form)));
}

/** What the server has drawn counts before what was kept. */
function bringBack(form, kept) {
  for (const field of form.querySelectorAll("[name=source], [name=title], [name=hours]")) {
    const isChoice = field.type === "radio";
    if (isChoice && field.value === kept.source && !form.querySelector("[name=source]:checked")) field.checked = true;
    if (!isChoice && !field.value) field.value = kept[field.name] ?? "";
  }
}

function onThisDevice(act) {
  try {
    return act(sessionStorage);
  } catch {
    return null; // Storage is off: nothing is kept.
  }
}

const kept = JSON.parse(onThisDevice((storage) => storage.getItem(key)) ?? "[]");
for (const [place, form] of parts.entries()) {
  bringBack(form, kept[place] ?? {});
  form.addEventListener("submit", () => onThisDevice((storage) => storage.removeItem(key)));
  form.addEventListener("input", () => onThisDevice((storage) => storage.setItem(key, JSON.stringify(unsent()))));
}

search?.addEventListener("submit", () => {
  const beside = new FormData(search.parentElement.querySelector("form:not([role])"));
  for (const field of search.querySelectorAll("[data-carries]")) field.value = beside.get(field.name) ?? "";
});
