"""A form for every command that a person says, by its name: the API reads bodies with them, pages are drawn from them.

Their fields are the names that guards and effects read. Sums are in minor units, moments in UTC.
"""

from mediation.disputes.forms.claim import (
    AskMediator,
    Assign,
    AttachClaim,
    Claim,
    Decline,
    EditDraft,
    HandOver,
    Reassign,
)
from mediation.disputes.forms.fields import Shape
from mediation.disputes.forms.mediating import (
    AddIssue,
    AnswerEvidence,
    AnswerRequest,
    AskRelease,
    DraftRecommendation,
    DropPick,
    EditIssue,
    MakeRequest,
    OneIssue,
    OneParty,
    OnePromise,
    OneRelease,
    OneRequest,
    PickEvidence,
    Promise,
    SettleIssue,
    StatePosition,
    SubmitEvidence,
)
from mediation.disputes.forms.settling import (
    AcceptOffer,
    AcceptText,
    Bid,
    CounterOffer,
    DeclineOffer,
    MakeOffer,
    OneOffer,
    ProposeText,
    SealedAnswer,
)
from mediation.disputes.forms.shared import Nothing, Ruling, WithReason
from mediation.disputes.forms.turns import (
    AnswerDisclosure,
    CoolOff,
    DeclareAbsence,
    DiscloseConflict,
    EnterAward,
    Extend,
    LevelUp,
    RecordLogReview,
    Reopen,
)
from mediation.disputes.rules.states import Actor
from mediation.disputes.rules.table import TABLE

__all__ = ["FORMS", "Nothing"]

SPOKEN = {line.command for line in TABLE if line.who - {Actor.SYSTEM}}

_WITH_WORDS: dict[str, type[Shape]] = {
    "edit_draft": EditDraft,
    "pick_evidence": PickEvidence,
    "drop_pick": DropPick,
    "attach_claim": AttachClaim,
    "decline": Decline,
    "confirm_default": WithReason,
    "ask_mediator": AskMediator,
    "claim": Claim,
    "assign": Assign,
    "disclose_conflict": DiscloseConflict,
    "answer_disclosure": AnswerDisclosure,
    "override_conflict": WithReason,
    "release": HandOver,
    "reassign": Reassign,
    "level_up": LevelUp,
    "take_level": Claim,
    "drop_level": WithReason,
    "make_offer": MakeOffer,
    "counter_offer": CounterOffer,
    "accept_offer": AcceptOffer,
    "decline_offer": DeclineOffer,
    "withdraw_offer": OneOffer,
    "propose_text": ProposeText,
    "accept_text": AcceptText,
    "ask_change": WithReason,
    "answer": SealedAnswer,
    "bid": Bid,
    "add_issue": AddIssue,
    "edit_issue": EditIssue,
    "settle_issue": SettleIssue,
    "state_position": StatePosition,
    "confirm_issue": OneIssue,
    "submit_evidence": SubmitEvidence,
    "answer_evidence": AnswerEvidence,
    "make_request": MakeRequest,
    "answer_request": AnswerRequest,
    "withdraw_request": OneRequest,
    "promise": Promise,
    "keep_promise": OnePromise,
    "begin_caucus": OneParty,
    "ask_release": AskRelease,
    "grant_release": OneRelease,
    "refuse_release": OneRelease,
    "draft_recommendation": DraftRecommendation,
    "record_log_review": RecordLogReview,
    "enter_award": EnterAward,
    "ask_review": WithReason,
    "decide_review": Ruling,
    "reopen": Reopen,
    "hold": WithReason,
    "cool_off": CoolOff,
    "declare_absence": DeclareAbsence,
    "extend": Extend,
    "object_to_mediator": WithReason,
    "decide_objection": Ruling,
    "void": WithReason,
}
FORMS: dict[str, type[Shape]] = {command: _WITH_WORDS.get(command, Nothing) for command in sorted(SPOKEN)}
