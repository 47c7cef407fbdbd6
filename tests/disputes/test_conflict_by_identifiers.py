"""The conflict check knows who shares a phone, a purse, an address or an agency, without anybody being able to read
them.
"""

import html

import pytest
from django.test import Client
from django.utils.crypto import salted_hmac

from accounts import actions
from accounts.models import Identifier
from accounts.queries import fingerprint
from accounts.rules import (
    CountryMissing,
    IdentifierKind,
    NoPhoneNumber,
    NoSuchCountry,
    plain_identifier,
    plain_phone,
)
from mediation.disputes.models import Dispute
from mediation.disputes.queries import conflicts
from tests.cast import Cast
from tests.disputes.conftest import Say
from tests.disputes.stories import ANSWER
from tests.disputes.test_conflicts import refused

Kind = IdentifierKind


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (Kind.PHONE, "+44 20 7946 0018", "0044 (20) 79460018"),
        (Kind.PAYOUT, "GB33 BUKB 2020 1555 5555 55", "gb33bukb20201555555555"),
        (Kind.ADDRESS, "1, Harbour Street\nLondon", "1 harbour street, LONDON"),
        (Kind.AGENCY, "Giraldo & Sons", "giraldo   sons"),
    ],
)
def test_the_same_thing_has_one_fingerprint_however_it_is_written(kind: Kind, one: str, other: str) -> None:
    assert plain_identifier(kind, one) == plain_identifier(kind, other) != ""
    assert fingerprint(kind, one) == fingerprint(kind, other)
    assert one not in fingerprint(kind, one)


def test_kinds_and_people_are_told_apart(cast: Cast) -> None:
    assert fingerprint(Kind.ADDRESS, "Harbour") != fingerprint(Kind.AGENCY, "Harbour")
    assert fingerprint(Kind.PHONE, "+31 6 12345678") != fingerprint(Kind.PHONE, "+31 6 12345679")
    with pytest.raises(ValueError, match="nothing"):
        actions.add_identifier(user=cast.client, kind=Kind.PAYOUT, text="–")
    assert not Identifier.objects.exists()


# --- Phone numbers -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "country", "plain"),
    [
        ("+31 6 1234 5678", "", "31612345678"),
        ("06 12345678", "NL", "31612345678"),
        ("06-12345678", " nl ", "31612345678"),
        ("+31 (0)6 1234 5678", "", "31612345678"),
        ("0031 6 12345678", "", "31612345678"),
        ("0031 6 12345678", "NL", "31612345678"),
        ("011 31 6 12345678", "US", "31612345678"),  # as it is dialled from there
        ("+31 6 1234 5678", "BE", "31612345678"),  # what the number says itself goes before
        ("(020) 7946 0018", "GB", "442079460018"),
        ("+39 06 6982 0000", "", "390669820000"),  # a zero that belongs to the number
        ("٠٦١٢٣٤٥٦٧٨", "NL", "31612345678"),
        ("+1 202-456-1414 ext. 5", "", "12024561414;5"),  # a desk of a house is not the house
        ("+1 202-456-1414", "", "12024561414"),
    ],
)
def test_a_number_is_the_same_however_and_from_wherever_it_is_dialled(text: str, country: str, plain: str) -> None:
    assert plain_phone(text, country) == plain


@pytest.mark.parametrize(
    ("text", "country", "problem"),
    [
        ("06 12345678", "", CountryMissing),  # of the Netherlands, or of France?
        ("12345678", "", CountryMissing),
        ("06 12345678", "XX", NoSuchCountry),
        ("06 12345678", "NLD", NoSuchCountry),
        ("06 1234 567", "NL", NoPhoneNumber),
        ("+31 6 1234 5678 9999 99999", "", NoPhoneNumber),
        ("+999 12345678", "", NoPhoneNumber),
        ("+441", "", NoPhoneNumber),
        ("none yet", "", NoPhoneNumber),
        ("none yet", "NL", NoPhoneNumber),
        ("", "NL", NoPhoneNumber),
    ],
)
def test_what_is_no_number_is_refused_for_what_it_is(text: str, country: str, problem: type[Exception]) -> None:
    with pytest.raises(NoPhoneNumber) as refused:
        plain_phone(text, country)
    assert refused.type is problem


def test_what_was_kept_with_its_country_before_is_found_still(cast: Cast, draft: Dispute) -> None:
    """The fingerprint of `+31 6 1234 5678` is that of its digits, as it always was."""
    actions.add_identifier(user=cast.mediator, kind=Kind.PHONE, text="06 12345678", country="NL")
    kept = Identifier.objects.get()
    plain = salted_hmac("accounts.identifier", "phone:31612345678", algorithm="sha256").hexdigest()
    assert kept.fingerprint == plain
    Identifier.objects.create(user=cast.freelancer, kind="phone", fingerprint=plain, is_comparable=False)
    assert conflicts.check(cast.mediator, draft) == "blocked"
    actions.add_identifier(user=cast.freelancer, kind=Kind.PHONE, text="+31612345678")
    assert Identifier.objects.get(user=cast.freelancer).is_comparable, "entered anew, it is known how it was written"


def test_a_number_without_its_country_blocks_who_shares_it_with_its_country(cast: Cast, draft: Dispute) -> None:
    actions.add_identifier(user=cast.mediator, kind=Kind.PHONE, text="+31 6 1234 5678")
    actions.add_identifier(user=cast.freelancer, kind=Kind.PHONE, text="06 12345678", country="FR")
    assert conflicts.check(cast.mediator, draft) == "clear"
    actions.add_identifier(user=cast.freelancer, kind=Kind.PHONE, text="06 12345678", country="NL")
    assert conflicts.check(cast.mediator, draft) == "blocked"


def test_an_administrator_is_told_what_is_wrong_with_a_number_and_loses_nothing(cast: Cast, client: Client) -> None:
    client.force_login(cast.admin)
    add = "/admin/accounts/identifier/add/"
    said = {"user": cast.client.pk, "kind": "phone", "text": "06 12345678", "country": ""}
    wrong = {
        "with its country code": {},
        "No country has these letters": {"country": "XX"},
        "no phone number like this": {"text": "06 1234 567", "country": "NL"},
        "nothing in it that could be compared": {"kind": "address", "text": "–"},
    }
    for words, fields in wrong.items():
        answer = client.post(add, said | fields)
        assert answer.status_code == 200
        page = html.unescape(answer.content.decode())
        assert words in page
        assert (said | fields)["text"] in page
    assert client.post(add, said | {"country": "nl"}).status_code == 302
    assert Identifier.objects.get().fingerprint == fingerprint(Kind.PHONE, "+31 6 12345678")


# --- What is shared ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        (Kind.PHONE, "+44 20 7946 0018", "blocked"),
        (Kind.PAYOUT, "GB33 BUKB 2020", "blocked"),
        (Kind.ADDRESS, "1 Harbour Street", "disclose"),
        (Kind.AGENCY, "Giraldo & Sons", "disclose"),
    ],
)
def test_what_is_shared_with_a_party_decides(
    cast: Cast, draft: Dispute, say: Say, kind: Kind, text: str, found: str
) -> None:
    actions.add_identifier(user=cast.mediator, kind=kind, text=text)
    actions.add_identifier(user=cast.agent, kind=kind, text=text)
    assert conflicts.check(cast.mediator, draft) == "clear"  # a colleague is no party
    for _ in range(2):
        actions.add_identifier(user=cast.freelancer, kind=kind, text=f" {text} ")
    assert Identifier.objects.filter(user=cast.freelancer).count() == 1
    assert conflicts.check(cast.mediator, draft) == found
    assert conflicts.check(cast.senior, draft) == "clear"
    say(cast.client, "file")
    say(cast.freelancer, "decline", **ANSWER)
    say(cast.client, "ask_mediator")
    assert refused(say, cast.mediator, "claim") == "dispute.conflict"
    if found == "blocked":
        assert refused(say, cast.mediator, "disclose_conflict", text="We share it.") == "dispute.not_allowed"


def test_an_administrator_adds_one_and_nobody_reads_it(cast: Cast, client: Client) -> None:
    client.force_login(cast.admin)
    add = "/admin/accounts/identifier/add/"
    said = {"user": cast.client.pk, "kind": "phone", "text": "+44 20 7946 0018"}
    assert client.post(add, said | {"text": "not yet"}).status_code == 200
    assert [client.post(add, said).status_code for _ in range(2)] == [302, 302]
    [kept] = Identifier.objects.all()
    assert kept.fingerprint == fingerprint(Kind.PHONE, "00442079460018")
    for page in ("/admin/accounts/identifier/", f"/admin/accounts/identifier/{kept.pk}/change/"):
        shown = client.get(page).content.decode()
        assert "7946" not in shown
        assert kept.fingerprint not in shown
