// What a hand does: links, buttons, and the tools on a message.

import { request } from "../lib/connection.js";
import { words } from "../lib/say.js";
import { toast } from "../lib/toast.js";
import { fromTemplate, make, part } from "./nodes.js";
import { mayWrite } from "./rights.js";

const threadOf = (node) => node.closest("[data-lane]")?.dataset.thread;
const seqOf = (node) => Number(node.closest("[data-seq]")?.dataset.seq);
const cidOf = (node) => node.closest("[data-cid]")?.dataset.cid;

export class Hands {
  constructor(room) {
    this.room = room;
    document.addEventListener("click", (event) => this.#click(event));
    for (const kind of ["pointerover", "focusin"]) document.addEventListener(kind, ({ target }) => this.#offerTools(target));
  }

  #click(event) {
    const { target } = event;
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (!target.closest(".msg-tools")) this.closePicks();
    const thread = target.closest("[data-thread-link]");
    const quote = target.closest("[data-at]");
    const act = this.acts[target.closest("[data-act]")?.dataset.act];
    if (!thread && !quote && !act) return;
    event.preventDefault();
    target.closest("details.pop")?.removeAttribute("open");
    if (act) return act(target);
    if (quote) return this.room.history.goTo(threadOf(quote), Number(quote.dataset.at));
    this.room.panel.close();
    this.room.lanes.show(thread.dataset.threadLink);
  }

  acts = {
    reply: (target) => this.reply(threadOf(target), seqOf(target)),
    edit: (target) => this.#edit(threadOf(target), seqOf(target)),
    remove: (target) => this.room.panel.dialogs.open("remove", { thread: threadOf(target), seq: seqOf(target) }),
    versions: (target) => this.room.panel.dialogs.versions(threadOf(target), seqOf(target)),
    react: (target) => this.#react(threadOf(target), seqOf(target), target.closest("[data-reaction]").dataset.reaction),
    "pick-reaction": (target) => this.#pick(target.closest("[data-act]")),
    resend: (target) => this.room.sending.again(cidOf(target)),
    evidence: (target) => this.room.caseParts.useAsEvidence(threadOf(target), seqOf(target)),
    copy: (target) => this.#copy(cidOf(target)),
    discard: (target) => this.room.sending.settle(cidOf(target)),
    undo: (target) => this.room.sending.undo(cidOf(target)),
    ask: () => this.room.panel.dialogs.open("ask"),
    "cancel-ask": () => this.#tell("DELETE", `/api/rooms/${this.room.state.room.id}/help/`),
    "topic-new": () => this.room.panel.dialogs.open("topic"),
    "topic-rename": (target) => this.room.panel.dialogs.open("rename", { thread: threadOf(target) }),
    "topic-resolve": (target) => this.#tell("PATCH", `/api/threads/${threadOf(target)}/`, { resolved: true }),
    "topic-reopen": (target) => this.#tell("PATCH", `/api/threads/${threadOf(target)}/`, { resolved: false }),
    keys: () => this.room.panel.dialogs.open("keys"),
    panel: () => this.room.panel.toggle(),
    "panel-close": () => this.room.panel.close(),
    "close-dialog": (target) => target.closest("dialog")?.close(),
  };

  #tell(method, path, body) {
    return this.room.telling.try(request(method, path, body));
  }

  // --- a message -----------------------------------------------------------------------------------------------

  /** Answer a line in its own thread: a reply to something private stays private. */
  reply(thread, seq) {
    this.room.lanes.write(thread, { focus: false });
    this.room.lanes.get(thread).composer.reply(seq);
  }

  #edit(thread, seq) {
    this.room.lanes.write(thread, { focus: false });
    this.room.lanes.get(thread).composer.edit(this.room.history.lineOf(thread, seq));
  }

  #react(thread, seq, reaction) {
    const people = this.room.history.lineOf(thread, seq).reactions[reaction] ?? [];
    const method = people.includes(this.room.state.me) ? "DELETE" : "PUT";
    this.closePicks();
    return this.#tell(method, `/api/threads/${thread}/messages/${seq}/reactions/${reaction}/`);
  }

  async #copy(cid) {
    const { text } = this.room.sending.outbox.get(cid);
    const isCopied = await navigator.clipboard?.writeText(text).then(() => true, () => false);
    if (isCopied || copyByHand(text)) toast(words.states.copied);
  }

  // --- tools ---------------------------------------------------------------------------------------------------

  /** One set of tools serves all messages: it stands in the one that is pointed at or has the focus. */
  #offerTools(target) {
    const message = target.closest?.("[data-seq] > .msg");
    if (!message || message.contains(this.tools ?? null) || this.tools?.contains(document.activeElement)) return;
    const writes = mayWrite(this.room.state, this.room.state.threads[threadOf(message)]);
    const mayClear = this.room.state.room.can.clear;
    if (!writes && !mayClear) return;
    const isMine = message.hasAttribute("data-mine");
    const isJoint = this.room.state.threads[threadOf(message)]?.audience === "joint";
    const evidence = isJoint && this.room.caseParts.takesEvidence;
    const may = { evidence, reply: writes, "pick-reaction": writes, edit: writes && isMine, remove: mayClear || (writes && isMine) };
    this.tools ??= makeTools();
    for (const [act, on] of Object.entries(may)) this.tools.querySelector(`[data-act=${act}]`).hidden = !on;
    this.closePicks();
    message.append(this.tools);
  }

  #pick(button) {
    const picks = part(this.tools, "picks");
    picks.hidden = !picks.hidden;
    button.setAttribute("aria-expanded", String(!picks.hidden));
    if (!picks.hidden) picks.firstElementChild.focus();
  }

  /** Whether there was something to close. */
  closePicks() {
    const picks = this.tools && part(this.tools, "picks");
    if (!picks || picks.hidden) return false;
    const button = this.tools.querySelector("[aria-expanded]");
    if (picks.contains(document.activeElement)) button.focus();
    picks.hidden = true;
    button.setAttribute("aria-expanded", "false");
    return true;
  }
}

/** The old way, for pages that are not served over HTTPS: those have no clipboard. */
function copyByHand(text) {
  const field = make("textarea", { value: text });
  document.body.append(field);
  field.select();
  const isCopied = document.execCommand("copy");
  field.remove();
  return isCopied;
}

function makeTools() {
  const tools = fromTemplate("tools-template");
  for (const [reaction, { sign, word }] of Object.entries(words.reactions)) {
    const button = make("button", { type: "button", title: word, data: { act: "react", reaction } }, sign);
    button.setAttribute("aria-label", word);
    part(tools, "picks").append(button);
  }
  return tools;
}
