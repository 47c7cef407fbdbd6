// The room's page begins here.

import { Room } from "./room.js";

document.documentElement.dataset.scripts = "true";
new Room(JSON.parse(document.getElementById("room-state").textContent)).start();
