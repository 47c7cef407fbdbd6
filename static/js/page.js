// What every page does: it wears the theme before the first paint, and closes its menus. Not a module: those wait.
(() => {
  const root = document.documentElement;
  const KEY = "theme";

  /** The person's choice on this device; without one, or without storage, the system decides. */
  function chosen() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  }

  function wear(theme) {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    else delete root.dataset.theme;
  }

  function switchTheme() {
    const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    wear((root.dataset.theme ?? system) === "dark" ? "light" : "dark");
    try {
      localStorage.setItem(KEY, root.dataset.theme);
    } catch {
      // The choice lasts for this page only.
    }
  }

  /** A `<details class="pop">` opens by itself; it closes on Esc, with its focus back, and on a press elsewhere. */
  function closeMenus({ except = null, focus = false } = {}) {
    for (const menu of document.querySelectorAll("details.pop[open]")) {
      if (menu.contains(except)) continue;
      menu.open = false;
      if (focus) menu.querySelector("summary").focus();
    }
  }

  wear(chosen());
  addEventListener("storage", (event) => event.key === KEY && wear(event.newValue));
  addEventListener("click", (event) => {
    if (event.target.closest("[data-theme-toggle]")) switchTheme();
    closeMenus({ except: event.target });
  });
  addEventListener("keydown", (event) => event.key === "Escape" && closeMenus({ focus: true }));
})();
