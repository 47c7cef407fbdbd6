"""Icons, faces, roles, money and moments in templates."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from django import template
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.queries import avatar_url
from accounts.rules import MEDIATOR_ROLES, STAFF_ROLES, initials
from mediation.conversations.models import Contract
from mediation.conversations.rules.access import may_read_from_outside
from mediation.conversations.rules.files import allowed_extensions
from mediation.core import clock
from mediation.core.storage import JOINED
from mediation.disputes import money as amounts
from mediation.disputes.audience import may_look as looks_of
from mediation.escalations.audience import may_refer
from mediation.help_center.queries.figures import may_read as figures_of
from mediation.web import clocks, moments

register = template.Library()
# What pages say over and over is kept while it is asked for. By type: what is safe HTML is not what only reads like it.
made_once = lru_cache(4096, typed=True)

SHAPES = {"client": "circle", "freelancer": "square", "mediator": "hexagon", "staff": "hexagon"}
WORDS = {
    "client": _("Client"),
    "freelancer": _("Freelancer"),
    "mediator": _("Mediator, neutral"),
    "staff": _("Upwork staff"),
}
_HERE, _AWAY = SafeString('<i class="face-here"></i>'), SafeString('<i class="face-here" data-away></i>')
FORMATS = {"short": moments.short, "clock": moments.clock, "full": moments.full, "day": moments.day}


@register.simple_tag
def kinds_of_files() -> str:
    """What may be attached, for the browser's file picker."""
    return ",".join(allowed_extensions())


@register.simple_tag
def script(name: str) -> str:
    """The address of a page's script: of what its modules were joined into, once files are collected."""
    return static(JOINED[name] if settings.HASHED_STATIC else name)


class _Compact(DjangoJSONEncoder):
    def __init__(self, **said: Any) -> None:
        super().__init__(**said | {"ensure_ascii": False, "separators": (",", ":")})


@register.filter
def data_script(value: Any, element_id: str) -> SafeString:
    """`json_script` without space and with letters as they are: a room brings some sixty kilobytes of it."""
    return json_script(value, element_id, encoder=_Compact)


@register.simple_tag
@made_once
def icon(name: str, size: str = "") -> SafeString:
    """An icon that says nothing to a screen reader: a word stands beside it. `size` is "s", "l" or nothing."""
    return format_html(
        '<svg class="icon"{} aria-hidden="true"><use href="#i-{}"></use></svg>',
        format_html(' data-size="{}"', size) if size else "",
        name,
    )


@register.simple_tag
def fixed(template_name: str) -> SafeString:
    """A part that says the same to all who read a language, made once for each. Unlike an include it knows nothing of
    the page or the reader, so there is nothing of them to be shown to another.
    """
    return _fixed(template_name, get_language())


@made_once
def _fixed(template_name: str, _language: str | None) -> SafeString:
    return render_to_string(template_name)


@register.simple_tag
def face(who: User | Mapping[str, Any], size: str = "", here: bool | None = None) -> SafeString:
    """A person's picture or initials in the shape of their role. `here`: presence, None where it is not shown. No
    template of its own: there are fifty on a page.
    """
    card = card_of(who.pk, who.name, who.role, who.avatar.name) if isinstance(who, User) else who
    return _face(card["role"], card["initials"], card["avatar"], size, here)


@made_once
def _face(role: str, initials: str, avatar: str | None, size: str, here: bool | None) -> SafeString:
    picture = '<img src="{}" alt="" loading="lazy" decoding="async">' if avatar else "<span>{}</span>"
    return format_html(
        '<span class="face" data-role="{}"{} aria-hidden="true">{}{}</span>',
        role,
        format_html(' data-size="{}"', size) if size else "",
        format_html(picture, avatar or initials),
        "" if here is None else _HERE if here else _AWAY,
    )


def card_of(user_id: UUID, name: str, role: str, avatar: str | None) -> dict[str, Any]:
    """What a face shows of a person; `avatar` is the stored name of their picture."""
    if role in STAFF_ROLES:
        role = "mediator" if role in MEDIATOR_ROLES else "staff"
    return {"role": role, "initials": initials(name), "avatar": avatar_url(user_id, avatar)}


@register.simple_tag
def countdown(clock: Mapping[str, Any]) -> SafeString:
    """A clock of `clocks.drawn`: a ring, a word for who does not see colours, the time to go."""
    return clocks.html(clock)


@register.filter
def of(found: Mapping[str, Any] | Literal[""] | None, key: str) -> Any:
    """What stands under a name that only the page knows; None where there is nothing."""
    return found.get(key) if found else None


@register.filter
def sees_waiting_rooms(user: User) -> bool:
    """Whether the list of rooms that asked for a mediator is for this person."""
    return may_read_from_outside(user.role)


@register.filter
def sees_escalations(user: User) -> bool:
    """Whether the executive desk is for this person: to work there, or to refer somebody to it."""
    return may_refer(user)


@register.filter
def may_look(user: User) -> bool:
    """Whether their role lets them look into private talks, when a second person agrees."""
    return looks_of(user)


@register.filter
def may_read_figures(user: User) -> bool:
    """Whether the figures of self-service are for this person."""
    return figures_of(user)


@register.simple_tag
def role(name: str, word: str = "") -> SafeString:
    """A role by shape, colour and word; `word` replaces the usual one ("Client · you")."""
    return _role(name, str(word or WORDS.get(name, name)))


@made_once
def _role(name: str, word: str) -> SafeString:
    return render_to_string("components/_role.html", {"role": name, "shape": SHAPES.get(name, "hexagon"), "word": word})


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
    today = timezone.localdate()
    return _moment(when, style, classes.get("css", ""), get_language(), timezone.get_current_timezone_name(), today)


@made_once
def _moment(when: datetime, style: str, css: str, *_asked: object) -> SafeString:
    """The words depend on the language, the zone and the day on which they are asked for, too."""
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


@register.simple_tag
def reader_zone() -> str:
    """The reader's own place: "London"."""
    return moments.zone()


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
