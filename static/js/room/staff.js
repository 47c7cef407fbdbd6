// The room's page of Upwork's people begins here: no list of rooms beside it, and the palette over it, which begins by
// itself.

import { Palette } from "../desk/palette.js";
import { begin } from "./room.js";

begin();
