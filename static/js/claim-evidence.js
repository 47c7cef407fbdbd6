// What was chosen and written beside the search comes along with it, so that looking for a message loses nothing.

const search = document.querySelector("form[role=search]");

search?.addEventListener("submit", () => {
  const beside = new FormData(search.parentElement.querySelector("form:not([role])"));
  for (const field of search.querySelectorAll("[data-carries]")) field.value = beside.get(field.name) ?? "";
});
