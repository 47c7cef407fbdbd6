// What an event changes of the room itself: who is there, who was asked for, the contract. Pure, like `state.js`.

export function roomChange(state, event) {
  const { member, help } = event.data ?? {};
  switch (event.type) {
    case "member.joined": {
      const stay = { id: member.id, role: member.role, joined_at: event.at };
      const card = state.people[member.id];
      const people = card ? { ...state.people, [member.id]: { ...card, role: member.role } } : state.people;
      return { ...state, people, members: [...state.members.filter((known) => known.id !== member.id), stay] };
    }
    case "member.left": return left(state, member);
    case "help.asked": case "help.taken": return { ...state, help };
    case "help.cancelled": return { ...state, help: null };
    case "room.locked": return { ...state, room: { ...state.room, locked_at: event.at } };
    case "room.unlocked": return { ...state, room: { ...state.room, locked_at: null } };
    case "contract.ended": return withContract(state, event.data.contract);
    default: return event.data?.milestone ? withMilestone(state, event.data.milestone) : state;
  }
}

function withContract(state, changes) {
  const contract = { ...state.room?.contract, ...changes };
  return { ...state, room: { ...state.room, contract } };
}

function withMilestone(state, milestone) {
  const known = state.room?.contract?.milestones ?? [];
  const milestones = known.map((each) => (each.position === milestone.position ? { ...each, ...milestone } : each));
  return withContract(state, { milestones });
}

/** The request that a mediator took ends when they leave. */
function left(state, member) {
  const members = state.members.filter((stay) => stay.id !== member.id);
  return { ...state, members, help: state.help?.taken_by === member.id ? null : state.help };
}
