"""Icons, faces, roles, money and moments in templates."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.queries import avatar_url
from accounts.rules import MEDIATOR_ROLES, initials
from mediation.conversations.models import Contract
from mediation.conversations.rules.access import may_read_from_outside
from mediation.conversations.rules.files import allowed_extensions
from mediation.core import clock
from mediation.web import moments
from mediation.web import money as amounts

register = template.Library()

SHAPES = {"client": "circle", "freelancer": "square", "mediator": "hexagon", "staff": "hexagon"}
WORDS = {
    "client": _("Client"),
    "freelancer": _("Freelancer"),
    "mediator": _("Mediator, neutral"),
    "staff": _("Upwork staff"),
}
FORMATS = {"short": moments.short, "clock": moments.clock, "full": moments.full, "day": moments.day}


@register.simple_tag
def kinds_of_files() -> str:
    """What may be attached, for the browser's file picker."""
    return ",".join(allowed_extensions())


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """An icon that says nothing to a screen reader: a word stands beside it. `size` is "s", "l" or nothing."""
    return format_html(
        '<svg class="icon"{} aria-hidden="true"><use href="#i-{}"></use></svg>',
        format_html(' data-size="{}"', size) if size else "",
        name,
    )


@register.inclusion_tag("components/_face.html")
def face(who: User | Mapping[str, Any], size: str = "", here: bool | None = None) -> dict[str, Any]:
    """A person's picture or initials in the shape of their role. `here`: presence, None where it is not shown."""
    card = _card(who) if isinstance(who, User) else who
    return {"card": card, "size": size, "here": here}


def _card(user: User) -> dict[str, Any]:
    role = user.role
    if user.is_upwork_staff:
        role = "mediator" if role in MEDIATOR_ROLES else "staff"
    return {"role": role, "initials": initials(user.name), "avatar": avatar_url(user.pk, user.avatar.name)}


@register.filter
def sees_waiting_rooms(user: User) -> bool:
    """Whether the list of rooms that asked for a mediator is for this person."""
    return may_read_from_outside(user.role)


@register.inclusion_tag("components/_role.html")
def role(name: str, word: str = "") -> dict[str, Any]:
    """A role by shape, colour and word; `word` replaces the usual one ("Client · you")."""
    return {"role": name, "shape": SHAPES.get(name, "hexagon"), "word": word or WORDS.get(name, name)}


@register.simple_tag
def money(minor: int, currency: str) -> str:
    """Minor units in the reader's language."""
    return amounts.money(minor, currency, get_language() or "en")


@register.simple_tag
def moment(at: datetime | str | None, style: str = "short", **classes: str) -> SafeString:
    """`<time>` in the reader's zone; `style` is short, clock, full or day. The full form is its title."""
    if not at:
        return SafeString("")
    when = datetime.fromisoformat(at) if isinstance(at, str) else at
    css = classes.get("css", "")
    return format_html(
        '<time{} datetime="{}" title="{}">{}</time>',
        format_html(' class="{}"', css) if css else "",
        when.isoformat(),
        moments.full(when),
        FORMATS[style](when),
    )


@register.simple_tag
def zone_clock(zone: str) -> SafeString:
    """As in "London, 14:36": a person's place and the time there now."""
    place = zone.rsplit("/", 1)[-1].replace("_", " ")
    return format_html("{}, {:s}", place, f"{clock.now().astimezone(ZoneInfo(zone)):%H:%M}")


@register.simple_tag(takes_context=True)
def query(context: Mapping[str, Any], **changes: object) -> str:
    """The page's own address with some of its parameters changed; an empty value takes one out."""
    values = context["request"].GET.copy()
    for name, value in changes.items():
        values.pop(name, None)
        if value not in ("", None):
            values[name] = str(value)
    return f"?{values.urlencode()}"


@register.simple_tag
def contract_money(contract: Contract) -> str:
    """What the contract is about: the whole sum, or the rate of an hour."""
    language = get_language() or "en"
    if contract.kind == Contract.Kind.HOURLY.value:
        rate = amounts.money(contract.hourly_rate_minor, contract.currency, language)
        return gettext("%(money)s an hour") % {"money": rate}
    return amounts.money(contract.amount_minor, contract.currency, language)
