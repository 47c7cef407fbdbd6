// A private talk that can be read for a while: counts down, and takes the page away when its time is over. The server
// asks the time with every read; this only keeps what was read from standing there.

import { length, nextChange } from "./components/countdown.js";

const banner = document.querySelector("[data-look]");
const left = banner.querySelector('[data-part="left"]');
const words = JSON.parse(banner.dataset.words);
const [page] = performance.getEntriesByType("navigation");
const began = Number(banner.dataset.now) - (page?.responseStart ?? performance.now());

function draw() {
  const ms = Number(banner.dataset.ends) - (began + performance.now());
  if (ms <= 0) return location.reload();
  left.textContent = length(ms, words);
  return setTimeout(draw, Math.min(nextChange(ms), ms + 50));
}

// A page that comes back from the browser's memory is asked for anew.
addEventListener("pageshow", (event) => event.persisted && location.reload());
draw();
