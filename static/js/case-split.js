// The plain page of a form with two sums.

import { split } from "./lib/split.js";

split(document.querySelector("[data-part=split]"));
