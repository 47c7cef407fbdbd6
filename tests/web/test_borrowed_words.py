"""What the frameworks say in our forms and answers is said in the reader's language, in our voice."""

import ast
from pathlib import Path

import allauth.account.forms
import pytest
import rest_framework.fields
from django.contrib.auth import password_validation
from django.core import validators
from django.forms import fields, models
from django.test import Client

from mediation.core import borrowed
from tests.cast import Cast

pytestmark = pytest.mark.django_db

SHORT = {"es": "Esta contraseña es demasiado corta. Debe tener al menos 12 caracteres.",
         "nl": "Dit wachtwoord is te kort. Het moet minstens 12 tekens hebben."}  # fmt: skip
ADDRESS = {"es": "Escribe un correo electrónico válido.", "nl": "Vul een geldig e-mailadres in."}
UUID = {"es": "Debe ser un UUID válido.", "nl": "Dit moet een geldige UUID zijn."}


@pytest.mark.parametrize("language", ["es", "nl"])
def test_a_form_refuses_in_our_words(client: Client, language: str) -> None:
    said = {"name": "Helen", "role": "client", "email": "helen@", "password1": "password"}
    page = client.post("/accounts/signup/", said, headers={"Accept-Language": language}).content.decode()
    assert ADDRESS[language] in page
    assert SHORT[language] in page


@pytest.mark.parametrize("language", ["es", "nl"])
def test_the_api_refuses_in_our_words(client: Client, cast: Cast, language: str) -> None:
    cast.client.language = language
    cast.client.save(update_fields=["language"])
    client.force_login(cast.client)
    said = {"cid": "1", "text": "Hello"}
    answer = client.post(f"/api/threads/{cast.joint.pk}/messages/", said, "application/json")
    assert answer.json()["detail"]["fields"] == {"cid": UUID[language]}


def spoken(path: Path) -> set[str]:
    """The texts in a source that are long enough to be sentences."""
    constants = [node.value for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Constant)]
    return {text for text in constants if isinstance(text, str) and " " in text and "\n" not in text}


def test_the_frameworks_still_say_what_we_borrowed() -> None:
    """An upgrade may change a sentence: then ours would be for nothing, and theirs would show."""
    theirs = [fields, models, validators, password_validation, rest_framework.fields, allauth.account.forms]
    known: set[str] = set().union(*(spoken(Path(str(module.__file__))) for module in theirs))
    assert spoken(Path(str(borrowed.__file__))) - known == set()
