// The room's page begins here, with the list of rooms beside it.

import { applyInbox, refreshList, setUnread } from "../inbox.js";
import { begin } from "./room.js";

begin({ applyInbox, refreshList, setUnread });
