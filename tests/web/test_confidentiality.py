"""The notice of who reads what is the table, in words."""

import pytest
from django.test import Client
from django.urls import reverse

from mediation.disputes.rules.visibility import TABLE, Level, Thing, Viewer
from mediation.web.confidentiality import LEVELS, THINGS, VIEWERS, notice


def test_every_cell_of_the_table_is_said() -> None:
    for part in notice():
        said = [str(person) for line in part["lines"] for person in line["people"]]
        assert sorted([*said, *map(str, part["nobody"])]) == sorted(map(str, VIEWERS.values()))
        nobody = {viewer for viewer in VIEWERS if TABLE[Thing(part["code"]), viewer] is Level.NOTHING}
        assert part["nobody"] == [VIEWERS[one] for one in VIEWERS if one in nobody]


def test_every_level_of_what_is_shown_has_words() -> None:
    used = {TABLE[thing, viewer] for thing in THINGS for viewer in VIEWERS}
    assert used - {Level.NOTHING} <= set(LEVELS)


def test_what_is_private_is_said_to_be() -> None:
    parts = {part["code"]: part for part in notice()}
    assert VIEWERS[Viewer.MEDIATOR] in parts["draft"]["nobody"]
    assert {VIEWERS[Viewer.AGENT], VIEWERS[Viewer.ADMIN]} <= set(parts["caucus"]["nobody"])
    assert {VIEWERS[Viewer.SENIOR], VIEWERS[Viewer.QA]} <= set(parts["sealed"]["nobody"])


@pytest.mark.django_db
def test_everybody_can_read_it(client: Client) -> None:
    page = client.get(reverse("web:confidentiality")).content.decode()
    for thing in THINGS:
        assert f'id="{thing.value}"' in page
