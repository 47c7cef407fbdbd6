// The agenda follows what happens in one's cases.

import { inTurns } from "../lib/turns.js";
import { draw, follow } from "./follow.js";

const lines = document.querySelector("[data-part=lines]");
follow(inTurns(() => draw("lines", lines)), ["desk"]);
