"""The one workflow table (domain, section 3): in which state who may say which command, and what follows.

Guards and effects are named here and defined in `rules/guards.py` and `actions/effects/`; a test checks that every name
exists. Nothing else decides a state: `actions.transition` looks a command up here, and so do the pages' buttons, the
API's documentation and the diagram in the help.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from mediation.disputes.rules.states import BEFORE_SETTLING, FILED, PARTIES, Actor, Outcome, State, Track

ALL_TRACKS = frozenset(Track)
A, B, C = Track.ESCROW, Track.ASSISTANCE, Track.HOURLY
STAY = None  # the state stays as it is
MEDIATION = frozenset({State.MEDIATING})
# Where a mediator can own the case: whoever's account closes is followed by another, and the case stays where it is.
MEDIATED = MEDIATION | {
    State.RECOMMENDED, State.SETTLING, State.EXECUTING, State.NON_RESOLUTION, State.IN_ARBITRATION
}  # fmt: skip
TALKING = MEDIATED - {State.EXECUTING, State.IN_ARBITRATION}  # where a mediator still has something to do
LEVELLED = TALKING | {State.ESCALATED}  # where a higher level can help
GATHERING = frozenset({State.AWAITING_RESPONSE, State.NEGOTIATING, State.ESCALATED, State.MEDIATING, State.LOG_REVIEW})
OFFERING = (GATHERING - {State.LOG_REVIEW}) | {State.NON_RESOLUTION}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `to` None: the state stays. `returns`: back to the state the dispute came from.

    `claim` True or False: only with or without a claim; None: both. `told` is who hears of it: `everyone` (the joint
    thread), `own` (the actor's private thread with the mediator), `staff` (the notes), `nobody`.
    """

    command: str
    states: frozenset[State]
    to: State | None
    who: frozenset[Actor]
    guards: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()
    tracks: frozenset[Track] = ALL_TRACKS
    outcome: Outcome | None = None
    returns: bool = False
    claim: bool | None = None
    told: str = "everyone"


def row(
    command: str,
    states: State | frozenset[State],
    to: State | None,
    who: Actor | frozenset[Actor],
    *,
    guards: str = "",
    effects: str = "",
    tracks: Track | frozenset[Track] = ALL_TRACKS,
    outcome: Outcome | None = None,
    returns: bool = False,
    claim: bool | None = None,
    told: str = "everyone",
) -> Row:
    """A line, written short: single values stand for sets of one, names are separated by spaces."""
    return Row(
        command,
        frozenset({states}) if isinstance(states, State) else states,
        to,
        frozenset({who}) if isinstance(who, Actor) else who,
        tuple(guards.split()),
        tuple(effects.split()),
        frozenset({tracks}) if isinstance(tracks, Track) else tracks,
        outcome,
        returns,
        claim,
        told,
    )


S, W = State, Actor
TABLE: tuple[Row, ...] = (
    # --- Claim and answer
    row("edit_draft", S.DRAFT, STAY, W.FILER, told="nobody", effects="write_draft"),
    row("pick_evidence", S.DRAFT, STAY, W.FILER, told="nobody", guards="evidence_source room_for_pick",
        effects="pick_evidence"),
    row("drop_pick", S.DRAFT, STAY, W.FILER, told="nobody", guards="pick_there", effects="drop_pick"),
    row("file", S.DRAFT, S.AWAITING_RESPONSE, W.FILER, guards="complete_claim money_fits no_other_open picks_there",
        effects="stand_alone stop_times freeze start_response_time give_notice put_forward"),
    row("discard", S.DRAFT, S.CLOSED, W.FILER, told="nobody", effects="erase_draft"),
    row("lapse_draft", S.DRAFT, S.CLOSED, W.SYSTEM, told="nobody", guards="draft_over", effects="erase_draft"),
    row("keep_draft", S.DRAFT, STAY, W.SYSTEM, told="nobody", effects="look_again"),
    row("accept_full", S.AWAITING_RESPONSE, S.EXECUTING, W.RESPONDENT, outcome=Outcome.ACCEPTED_IN_FULL,
        effects="stop_times close_offers settle_as_claimed instruct"),
    row("decline", S.AWAITING_RESPONSE, S.NEGOTIATING, W.RESPONDENT, guards="complete_answer",
        tracks=frozenset({A, B}), effects="stop_times reveal_statements start_talks_time"),
    row("decline", S.AWAITING_RESPONSE, S.LOG_REVIEW, W.RESPONDENT, guards="complete_answer", tracks=C,
        effects="stop_times close_offers reveal_statements start_log_time"),
    row("response_overdue", S.AWAITING_RESPONSE, STAY, W.SYSTEM, tracks=A, effects="grant_grace_or_mark_overdue"),
    row("response_overdue", S.AWAITING_RESPONSE, S.CLOSED, W.SYSTEM, tracks=B, outcome=Outcome.EXPIRED,
        effects="stop_times close_offers unfreeze finish"),
    row("response_overdue", S.AWAITING_RESPONSE, S.LOG_REVIEW, W.SYSTEM, tracks=C,
        effects="stop_times close_offers reveal_statements start_log_time"),
    row("confirm_default", S.AWAITING_RESPONSE, S.EXECUTING, frozenset({W.AGENT, W.SUPERVISOR}), tracks=A,
        guards="conflict_clear default_rule reasoned", outcome=Outcome.DEFAULTED,
        effects="stop_times close_offers settle_as_claimed give_notice start_stay"),
    row("end_stay", S.EXECUTING, STAY, W.SYSTEM, effects="instruct"),
    row("withdraw", BEFORE_SETTLING, S.CLOSED, W.FILER, outcome=Outcome.WITHDRAWN,
        effects="stop_times close_offers unfreeze leave_queue let_tie_go leave_case finish"),
    # --- Talks and the way to a mediator
    row("ask_mediator", S.NEGOTIATING, S.ESCALATED, PARTIES, effects="stop_times queue look_up"),
    row("talks_overdue", S.NEGOTIATING, S.ESCALATED, W.SYSTEM, effects="stop_times queue look_up"),
    row("cancel_ask", S.ESCALATED, STAY, PARTIES, guards="is_asker unclaimed talks_left", claim=True,
        returns=True, effects="unqueue let_tie_go stop_times start_talks_time"),
    row("cancel_ask", S.ESCALATED, S.CLOSED, PARTIES, guards="is_asker unclaimed", claim=False,
        outcome=Outcome.WITHDRAWN, effects="unqueue let_tie_go stop_times finish"),
    row("claim", S.ESCALATED, S.MEDIATING, W.AGENT, guards="conflict_clear capacity unclaimed",
        effects="join let_tie_go start_mediation_time reach_level"),
    row("assign", S.ESCALATED, S.MEDIATING, W.SUPERVISOR, guards="unclaimed other_agent room_for_case",
        effects="assign let_tie_go start_mediation_time reach_level"),
    row("disclose_conflict", S.ESCALATED, STAY, W.AGENT, guards="unclaimed conflict_to_disclose",
        effects="disclose_conflict"),
    row("answer_disclosure", S.ESCALATED, STAY, PARTIES, guards="disclosure_unanswered", effects="answer_disclosure"),
    row("override_conflict", S.ESCALATED, STAY, W.SUPERVISOR, guards="disclosure_open reasoned",
        effects="override_conflict"),
    row("release", S.MEDIATING, S.ESCALATED, W.MEDIATOR, guards="handed_over",
        effects="hand_over leave_case queue look_up"),
    row("replace_mediator", S.MEDIATING, S.ESCALATED, W.SYSTEM, effects="leave_case queue"),
    row("reassign", MEDIATED, STAY, W.SUPERVISOR, guards="handed_over is_mediated other_agent room_for_case",
        effects="change_mediator reach_level"),
    # --- The ladder: the owner stays until somebody of the level takes the case
    row("level_up", LEVELLED, STAY, frozenset({W.MEDIATOR, W.SENIOR}), told="staff", guards="level_open reasoned",
        effects="ask_level explain"),
    row("raise_level", LEVELLED, STAY, W.SYSTEM, told="staff", guards="level_raised", effects="ask_level"),
    row("take_level", MEDIATED, STAY, W.SENIOR, guards="is_mediated level_asked conflict_clear capacity",
        effects="take_case reach_level"),
    row("take_safety", LEVELLED, STAY, W.SUPERVISOR, told="staff", guards="safety_asked", effects="take_safety"),
    row("drop_level", LEVELLED, STAY, frozenset({W.MEDIATOR, W.SENIOR}), told="staff",
        guards="level_waits conflict_clear reasoned", effects="drop_level explain"),
    row("attach_claim", frozenset({S.ESCALATED, S.MEDIATING}), STAY, PARTIES, claim=False,
        guards="complete_attached money_named no_other_open",
        effects="attach freeze reveal_statements begin_time_of_claim look_up"),
    row("close_helped", S.MEDIATING, S.CLOSED, W.MEDIATOR, claim=False, outcome=Outcome.HELPED,
        effects="stop_times leave_case finish"),
    # --- Mediation
    row("advance_phase", S.MEDIATING, STAY, W.MEDIATOR, guards="phase_done", effects="next_phase"),
    row("step_back", S.MEDIATING, STAY, W.MEDIATOR, guards="not_first_phase", effects="previous_phase"),
    row("close_evidence", S.MEDIATING, STAY, W.MEDIATOR, guards="evidence_open",
        effects="close_evidence start_recommendation_time"),
    row("issue_recommendation", S.MEDIATING, S.RECOMMENDED, W.MEDIATOR, claim=True,
        guards="one_if_small caucus_over caucus_equal evidence_closed recommendation_complete findings_add_up "
        "second_reader",
        effects="close_offers close_requests send_recommendation start_answer_time"),
    row("answer", S.RECOMMENDED, STAY, PARTIES, told="own", effects="seal_answer evaluate_if_all_in"),
    row("answers_agree", S.RECOMMENDED, S.SETTLING, W.SYSTEM, guards="both_said_yes",
        effects="stop_times take_recommendation write_agreement start_sign_time"),
    row("answers_differ", S.RECOMMENDED, S.NON_RESOLUTION, W.SYSTEM,
        effects="stop_times note_no_agreement start_election_time"),
    row("declare_impasse", S.MEDIATING, S.NON_RESOLUTION, W.MEDIATOR, claim=True,
        guards="caucus_over caucus_equal impasse", effects="stop_times close_offers start_election_time"),
    row("mediation_overdue", S.MEDIATING, S.NON_RESOLUTION, W.SYSTEM, claim=True,
        effects="stop_times close_offers start_election_time"),
    row("mediation_overdue", S.MEDIATING, S.CLOSED, W.SYSTEM, claim=False, outcome=Outcome.NO_AGREEMENT,
        effects="stop_times leave_case finish"),
    row("record_log_review", S.LOG_REVIEW, S.EXECUTING, W.AGENT, tracks=C, guards="conflict_clear log_complete",
        outcome=Outcome.LOG_REVIEW, effects="stop_times settle_as_reviewed instruct"),
    # --- Agreement and payment
    row("accept_offer", OFFERING, S.SETTLING, PARTIES, guards="offer_open is_addressee offer_version",
        effects="stop_times leave_queue let_tie_go take_offer write_agreement start_sign_time"),
    row("bids_match", S.MEDIATING, S.SETTLING, W.SYSTEM, guards="split_closes",
        effects="stop_times close_offers write_agreement start_sign_time"),
    row("bids_missed", S.MEDIATING, STAY, W.SYSTEM, effects="note_round"),
    row("propose_text", S.MEDIATING, S.SETTLING, W.MEDIATOR, claim=True, guards="split_closes",
        effects="stop_times close_offers write_agreement start_sign_time"),
    row("accept_text", S.SETTLING, STAY, PARTIES, guards="same_text fresh_password",
        effects="sign execute_if_both_signed"),
    row("ask_change", S.SETTLING, STAY, PARTIES, guards="reasoned", returns=True,
        effects="void_agreement resume_time"),
    row("sign_overdue", S.SETTLING, STAY, W.SYSTEM, guards="may_rearm", effects="rearm_sign_time"),
    row("sign_lapsed", S.SETTLING, STAY, W.SYSTEM, returns=True, effects="void_agreement resume_time"),
    row("both_signed", S.SETTLING, S.EXECUTING, W.SYSTEM, guards="split_closes", outcome=Outcome.SETTLED,
        effects="stop_times instruct return_shares"),
    row("money_moved", S.EXECUTING, S.CLOSED, W.SYSTEM, guards="all_confirmed",
        effects="stop_times unfreeze leave_case finish"),
    # --- Offers
    row("make_offer", OFFERING, STAY, PARTIES, claim=True, guards="split_closes offer_time offer_differs",
        effects="make_offer"),
    row("counter_offer", OFFERING, STAY, PARTIES, claim=True, guards="offer_open is_addressee split_closes offer_time",
        effects="counter_offer"),
    row("decline_offer", OFFERING, STAY, PARTIES, guards="offer_open is_addressee", effects="decline_offer"),
    row("withdraw_offer", OFFERING, STAY, PARTIES, guards="offer_open is_maker", effects="withdraw_offer"),
    row("offer_expired", OFFERING, STAY, W.SYSTEM, effects="expire_offer"),
    # --- Issues, evidence, requests
    row("add_issue", MEDIATION, STAY, W.MEDIATOR, effects="add_issue"),
    row("edit_issue", MEDIATION, STAY, W.MEDIATOR, guards="issue_there", effects="edit_issue"),
    row("settle_issue", MEDIATION, STAY, W.MEDIATOR, guards="issue_there", effects="settle_issue"),
    row("state_position", MEDIATION, STAY, PARTIES, guards="issue_there", effects="state_position"),
    row("confirm_issue", MEDIATION, STAY, PARTIES, guards="issue_there", effects="confirm_issue"),
    row("submit_evidence", GATHERING, STAY, PARTIES | {W.MEDIATOR}, guards="evidence_open evidence_source",
        effects="submit_evidence"),
    row("answer_evidence", GATHERING, STAY, PARTIES, guards="evidence_of_other", effects="answer_evidence"),
    row("make_request", MEDIATION, STAY, W.MEDIATOR, guards="asked_of_party", effects="make_request"),
    row("answer_request", MEDIATION, STAY, PARTIES, guards="request_to_me", effects="answer_request"),
    row("withdraw_request", MEDIATION, STAY, W.MEDIATOR, guards="request_open", effects="withdraw_request"),
    # --- In private
    row("promise", TALKING, STAY, W.MEDIATOR, guards="promise_time", effects="promise"),
    row("keep_promise", TALKING, STAY, W.MEDIATOR, guards="promise_open", effects="keep_promise"),
    row("begin_caucus", MEDIATION, STAY, W.MEDIATOR, guards="words_of_party caucus_free", effects="begin_caucus"),
    row("end_caucus", MEDIATION, STAY, W.MEDIATOR, guards="caucus_runs", effects="end_caucus"),
    row("decline_caucus", MEDIATION, STAY, PARTIES, told="own", guards="caucus_offered", effects="decline_caucus"),
    row("ask_release", MEDIATION, STAY, W.MEDIATOR, told="nobody", guards="words_of_party in_talk_with_party",
        effects="ask_release"),
    row("grant_release", MEDIATION, STAY, PARTIES, guards="release_open", effects="grant_release"),
    row("refuse_release", MEDIATION, STAY, PARTIES, told="own", guards="release_open", effects="refuse_release"),
    row("open_bidding", MEDIATION, STAY, W.MEDIATOR, claim=True, guards="may_open_bidding", effects="open_bidding"),
    row("agree_to_bidding", MEDIATION, STAY, PARTIES, guards="bidding_open", effects="agree_to_bidding"),
    row("bid", MEDIATION, STAY, PARTIES, told="own", guards="bidding_agreed bid_within",
        effects="seal_bid match_if_both_bid"),
    row("draft_recommendation", MEDIATION, STAY, W.MEDIATOR, claim=True, told="nobody",
        effects="draft_recommendation"),
    row("second_read", MEDIATION, STAY, W.SENIOR, told="staff", guards="recommendation_drafted not_mediator no_tie",
        effects="second_read"),
    row("decline_mediation", MEDIATION, STAY, PARTIES, told="own", effects="note_declined"),
    # --- No agreement
    row("elect", S.NON_RESOLUTION, STAY, PARTIES, guards="election_open not_elected", effects="note_election"),
    row("pay_share", S.NON_RESOLUTION, STAY, PARTIES, guards="election_open elected share_open",
        effects="note_share instruct_share arbitrate_if_both_paid"),
    row("both_paid", S.NON_RESOLUTION, S.IN_ARBITRATION, W.SYSTEM, effects="stop_times close_offers"),
    row("election_over", S.NON_RESOLUTION, STAY, W.SYSTEM, effects="mark_overdue"),
    row("confirm_no_arbitration", S.NON_RESOLUTION, S.EXECUTING, W.AGENT, guards="conflict_clear election_is_over",
        effects="stop_times close_offers settle_by_election instruct return_shares"),
    row("record_award", S.IN_ARBITRATION, S.EXECUTING, W.SENIOR, guards="award_attached four_eyes no_tie split_closes",
        outcome=Outcome.AWARDED, effects="settle_as_awarded instruct spend_shares"),
    row("enter_award", S.IN_ARBITRATION, STAY, W.SENIOR, told="staff", guards="award_attached no_tie split_closes",
        effects="enter_award"),
    row("ask_review", S.CLOSED, STAY, PARTIES, guards="reviewable reasoned", effects="ask_review"),
    row("decide_review", S.CLOSED, STAY, W.SUPERVISOR, guards="review_open no_tie reasoned", effects="decide_review"),
    row("reopen", S.CLOSED, S.MEDIATING, W.SUPERVISOR, guards="reopenable money_there reasoned other_agent",
        effects="stand_alone clear_outcome bring_back start_mediation_time look_up"),
    # --- Over every state
    row("hold", FILED, STAY, W.SENIOR, guards="not_on_hold reasoned", effects="begin_hold"),
    row("unhold", FILED, STAY, W.SENIOR, guards="on_hold", effects="end_hold"),
    row("cool_off", FILED, STAY, PARTIES | {W.MEDIATOR}, guards="may_cool_off", effects="begin_cooling_off"),
    row("declare_absence", FILED, STAY, PARTIES, guards="absence_allowed", effects="begin_absence"),
    row("extend", FILED, STAY, frozenset({W.MEDIATOR, W.SENIOR}), guards="may_extend reasoned",
        effects="extend_deadline"),
    row("grant_outage", FILED, STAY, W.SYSTEM, effects="grant_outage"),
    row("object_to_mediator", MEDIATION, STAY, PARTIES, guards="reasoned no_open_objection",
        effects="open_objection"),
    row("decide_objection", MEDIATION, STAY, frozenset({W.SENIOR, W.SUPERVISOR}),
        guards="open_objection not_mediator not_objected_to no_tie reasoned", effects="close_objection"),
    row("void", FILED, S.CLOSED, W.SENIOR, guards="reasoned nothing_paid no_tie", outcome=Outcome.VOIDED,
        effects="stop_times close_offers void_agreement drop_instructions return_shares unfreeze leave_queue "
        "let_tie_go leave_case finish"),
)  # fmt: skip

COMMANDS = frozenset(line.command for line in TABLE)


def fits(line: Row, state: State, track: Track, *, has_claim: bool) -> bool:
    """Whether a line is for such a case in this state."""
    return state in line.states and track in line.tracks and line.claim in (None, has_claim)


def find(command: str, state: State, track: Track, *, has_claim: bool) -> Row | None:
    """The line for a command in a state, or None where it cannot be said. At most one line can match."""
    for line in TABLE:
        if line.command == command and fits(line, state, track, has_claim=has_claim):
            return line
    return None


def sayable(state: State, track: Track, actors: frozenset[Actor], *, has_claim: bool) -> Iterator[Row]:
    """The lines that somebody may try in a state, in the order of the table."""
    for line in TABLE:
        if actors & line.who and fits(line, state, track, has_claim=has_claim):
            yield line


def spoken_by(command: str, actors: frozenset[Actor]) -> bool:
    """Whether it is theirs to say in any state."""
    return any(line.command == command and actors & line.who for line in TABLE)
