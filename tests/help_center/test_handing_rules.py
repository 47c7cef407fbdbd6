"""When the assistant calls a person: words about people and money in danger, one's own case, who is right. In each of
the three languages, and never for a question about how something works.
"""

import pytest

from mediation.help_center.rules.handing import Why, why
from mediation.help_center.rules.quoting import passage

HOW = [
    "How do I file a claim?",
    "What happens if nobody answers my claim?",
    "How do I withdraw my claim?",
    "Can I change my offer?",
    "What do I do when my client does not approve the milestone?",
    "¿Qué pasa si nadie responde a mi reclamo?",
    "¿Cómo retiro mi reclamo?",
    "¿Puedo cambiar mi oferta?",
    "Wat gebeurt er als niemand op mijn claim antwoordt?",
    "Hoe trek ik mijn claim in?",
    "Kan ik mijn bod veranderen?",
    "Who pays the mediator?",
    "What happens when nobody answers?",
    "How do I submit a milestone?",
    "Can a person see what I say in a private talk?",
    "How long does a mediation take?",
    "What is a sealed bid?",
    "¿Cómo presento un reclamo?",
    "¿Quién paga a quien media?",
    "¿Cuánto tarda una mediación?",
    "¿Qué es una oferta sellada?",
    "Hoe dien ik een claim in?",
    "Wie betaalt de mediator?",
    "Hoe lang duurt een mediation?",
    "Wat is een gesloten bod?",
]
SAID = {
    Why.ASKED: [
        "a person",
        "Human please",
        "I want to talk to a real person",
        "Can I speak with someone?",
        "Una persona, por favor",
        "quiero hablar con una persona",
        "een medewerker",
        "Kan ik met iemand praten?",
        "ik wil met een echt mens spreken",
    ],
    Why.DANGER: [
        "He threatened me",
        "this is a scam",
        "me amenazan",
        "es una estafa",
        "ik ben opgelicht",
        "hij bedreigt mij",
    ],
    Why.MONEY: [
        "I was charged twice",
        "the money is gone",
        "he wants payment outside",
        "me cobraron dos veces",
        "¿Dónde está mi dinero?",
        "fuera de la plataforma",
        "er is dubbel afgeschreven",
        "waar blijft mijn geld",
        "betalen buiten Upwork",
    ],
    Why.OPINION: [
        "Who is right?",
        "Am I right?",
        "Is it fair?",
        "Will I win?",
        "Should I accept the offer?",
        "What would you decide?",
        "Whose fault is it?",
        "Is he lying?",
        "Do you think I deserve it?",
        "¿Quién tiene razón?",
        "¿Voy a ganar?",
        "¿Es justo?",
        "¿Debería aceptar?",
        "¿Qué opinas?",
        "Wie heeft gelijk?",
        "Maak ik kans?",
        "Moet ik het bod accepteren?",
        "Is dit eerlijk?",
        "Wat vind je ervan?",
    ],
    Why.OWN_CASE: [
        "What is happening with my case?",
        "When does my mediator answer?",
        "My freelancer never delivered",
        "case number 1234",
        "my account is blocked",
        "¿Qué pasa con mi caso?",
        "Mi cliente no responde",
        "Hoe staat het met mijn zaak?",
        "Mijn opdrachtgever weigert te betalen",
    ],
}


@pytest.mark.parametrize("question", HOW)
def test_how_things_work_is_the_assistants(question: str) -> None:
    assert why(question) is None


@pytest.mark.parametrize(("reason", "said"), [(reason, one) for reason, words in SAID.items() for one in words])
def test_what_is_for_a_person(reason: Why, said: str) -> None:
    assert why(said) is reason


def test_the_passage_that_holds_the_questions_words() -> None:
    text = " ".join(["Apples are red."] * 20 + ["The mediator is paid by the house."] + ["Pears are green."] * 20)
    assert "paid by the house" in passage("Who has paid the mediator?", "Money", text)
    assert passage("Anything", "Money", "") == ""
