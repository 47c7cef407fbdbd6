"""What is stored of a case, by noun."""

from mediation.disputes.models.agreement import Acceptance, Agreement, AutoRelease, Instruction, LedgerEntry
from mediation.disputes.models.case import CaseEntry, Dispute, Performed, Policy, Statement
from mediation.disputes.models.checks import ChainCheck
from mediation.disputes.models.evidence import Evidence, EvidenceKind, Issue, Pick, Position
from mediation.disputes.models.glass import BreakGlass
from mediation.disputes.models.ladder import LevelAsk
from mediation.disputes.models.notices import Notice
from mediation.disputes.models.offers import Bid, BidRound, Offer
from mediation.disputes.models.outages import Heartbeat, Outage
from mediation.disputes.models.proposals import Answer, Finding, Recommendation
from mediation.disputes.models.timing import Deadline, Overlay, Promise, Request, Timer
from mediation.disputes.models.turns import ArbitrationStep, Award, Caucus, Disclosure, Objection, Release, Review

__all__ = [
    "Acceptance",
    "Agreement",
    "Answer",
    "ArbitrationStep",
    "AutoRelease",
    "Award",
    "Bid",
    "BidRound",
    "BreakGlass",
    "CaseEntry",
    "Caucus",
    "ChainCheck",
    "Deadline",
    "Disclosure",
    "Dispute",
    "Evidence",
    "EvidenceKind",
    "Finding",
    "Heartbeat",
    "Instruction",
    "Issue",
    "LedgerEntry",
    "LevelAsk",
    "Notice",
    "Objection",
    "Offer",
    "Outage",
    "Overlay",
    "Performed",
    "Pick",
    "Policy",
    "Position",
    "Promise",
    "Recommendation",
    "Release",
    "Request",
    "Review",
    "Statement",
    "Timer",
]
