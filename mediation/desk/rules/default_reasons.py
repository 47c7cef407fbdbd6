"""The reasons that a house begins with, in two levels, and which of them the kinds of problem of a claim are."""

from typing import NamedTuple


class DefaultReason(NamedTuple):
    """`names` by language, `said` as people say it (in English: what is suggested does not look at the language)."""

    code: str
    parent: str
    names: dict[str, str]
    said: tuple[str, ...] = ()


def _one(code: str, parent: str, en: str, es: str, nl: str, *said: str) -> DefaultReason:
    return DefaultReason(code, parent, {"en": en, "es": es, "nl": nl}, said)


DEFAULT_REASONS = (
    _one("work", "", "The work", "El trabajo", "Het werk"),
    _one(
        "work-quality", "work", "Quality of the work", "Calidad del trabajo", "Kwaliteit van het werk",
        "The work is not as agreed", "The result is full of errors", "It looks nothing like the design",
    ),
    _one(
        "work-scope", "work", "What was part of the job", "Qué formaba parte del trabajo", "Wat bij de klus hoorde",
        "We disagree about what was part of the job", "This was never included", "They ask for extra work for free",
    ),
    _one(
        "work-late", "work", "Deadline missed", "Plazo incumplido", "Te laat",
        "The work came too late", "The deadline passed weeks ago", "It was delivered after the launch",
    ),
    _one(
        "work-missing", "work", "Not delivered", "No entregado", "Niet geleverd",
        "The work was not delivered", "I received nothing", "The files never came",
    ),
    _one("money", "", "Money", "Dinero", "Geld"),
    _one(
        "money-unpaid", "money", "Work not paid", "Trabajo sin pagar", "Werk niet betaald",
        "Work was done and not paid", "The client does not release the milestone", "I was never paid",
    ),
    _one(
        "money-refund", "money", "Money back", "Devolución", "Geld terug",
        "I want my money back", "Refund what I paid", "Give the escrow back",
    ),
    _one(
        "money-fees", "money", "Fees and exchange", "Comisiones y cambio", "Kosten en wisselkoers",
        "Why was a fee taken", "The sum is less than agreed after fees",
    ),
    _one("hours", "", "Hours", "Horas", "Uren"),
    _one(
        "hours-disputed", "hours", "Hours do not fit the work", "Las horas no corresponden al trabajo",
        "Uren passen niet bij het werk",
        "The hours do not fit the work", "Too many hours were logged", "He billed time he did not work",
    ),
    _one(
        "hours-manual", "hours", "Time added by hand", "Tiempo añadido a mano", "Met de hand toegevoegde tijd",
        "Time was added by hand without screenshots", "The diary shows no activity for these hours",
    ),
    _one("people", "", "Working together", "Trabajar juntos", "Samenwerken"),
    _one(
        "people-silent", "people", "No answer", "Sin respuesta", "Geen antwoord",
        "They do not answer my messages", "The freelancer disappeared", "The client is silent for weeks",
    ),
    _one(
        "people-conduct", "people", "Tone and conduct", "Trato y conducta", "Toon en gedrag",
        "He insults me", "She threatens me with a bad review", "Rude messages",
    ),
    _one("safety", "", "Safety", "Seguridad", "Veiligheid"),
    _one(
        "safety-fraud", "safety", "Suspected fraud", "Sospecha de fraude", "Vermoeden van fraude",
        "This is a scam", "Somebody else uses the account", "The portfolio is stolen",
    ),
    _one(
        "safety-outside", "safety", "Payment outside", "Pago fuera de la plataforma", "Betaling buitenom",
        "They ask me to pay outside of the platform", "He wants to be paid by bank transfer directly",
    ),
    _one("other", "", "Something else", "Otra cosa", "Iets anders"),
)  # fmt: skip
# What the claim itself says, for when there is nothing to compare sentences with.
OF_PROBLEM = {
    "quality": "work-quality", "not_delivered": "work-missing", "late": "work-late", "scope": "work-scope",
    "payment": "money-unpaid", "hours": "hours-disputed", "other": "other",
}  # fmt: skip
