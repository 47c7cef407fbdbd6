// What the reader may do in a thread now, as the server has said.

/** Whether the room is read only, so that nobody writes there but staff in their notes. */
export const isLocked = (state, thread) =>
  Boolean(state.room?.locked_at && thread?.can_write) && thread.audience !== "internal";

/** Why the mediator cannot write in a private thread now (see conversations/rules/case.py), or null. */
export const silence = (state, thread) =>
  isLocked(state, thread) ? null : state.room?.can.not_now?.[thread?.audience] ?? null;

/** Whether the reader may write in a thread now. */
export const mayWrite = (state, thread) => Boolean(thread?.can_write) && !isLocked(state, thread) && !silence(state, thread);
