"""The list of reasons, what a case is about, and what was said of cases before."""

from collections.abc import Iterable
from dataclasses import dataclass

from mediation.desk.models import CaseReason, ReasonTag
from mediation.disputes.models import Dispute

_FALLBACK = "en"
NEWEST = 500


@dataclass(frozen=True, slots=True)
class Choice:
    """A reason that can be said of a case; `group` is the one above it, empty where it stands alone."""

    code: str
    name: str
    group: str
    said: tuple[str, ...]


def choices(language: str) -> list[Choice]:
    """Those in use that have none in use below them, in the order of the list, with their names for a reader."""
    tags = list(ReasonTag.objects.filter(is_active=True).prefetch_related("names"))
    names = {tag.pk: _name(tag, language) for tag in tags}
    above = {tag.parent_id for tag in tags}
    order = {tag.pk: place for place, tag in enumerate(tags)}
    ends = [tag for tag in tags if tag.pk not in above and (tag.parent_id is None or tag.parent_id in names)]
    ends.sort(key=lambda tag: (order[tag.parent_id or tag.pk], order[tag.pk]))
    return [Choice(tag.code, names[tag.pk], names.get(tag.parent_id or 0, ""), _said(tag)) for tag in ends]


def reason_of(dispute: Dispute) -> CaseReason | None:
    """What somebody said of the case, with who and when."""
    held = CaseReason.objects.filter(dispute=dispute, ended_at__isnull=True)
    return held.select_related("tag", "said_by").prefetch_related("tag__names").first()


def name_of(tag: ReasonTag, language: str) -> str:
    """With the reason above it."""
    above = f"{_name(tag.parent, language)}: " if tag.parent else ""
    return above + _name(tag, language)


def lessons() -> list[tuple[str, str]]:
    """What people said of cases, newest last: (what was asked, code)."""
    held = CaseReason.objects.filter(ended_at__isnull=True, tag__is_active=True).exclude(question="")
    return list(held.order_by("-said_at").values_list("question", "tag__code")[:NEWEST])[::-1]


def _name(tag: ReasonTag, language: str) -> str:
    names = {one.language: one.name for one in tag.names.all()}
    return names.get(language) or names.get(_FALLBACK) or tag.code


def _said(tag: ReasonTag) -> tuple[str, ...]:
    """In every language: what is compared are meanings."""
    phrasings: Iterable[str] = (said for one in tag.names.all() for said in (one.name, *one.phrasings))
    return tuple(dict.fromkeys(phrasings))
