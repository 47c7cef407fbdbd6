"""The macros that a house begins with: key, where, and title and text in each language."""

from typing import NamedTuple

from mediation.desk.rules.macros import Place


class Words(NamedTuple):
    """In one language."""

    title: str
    body: str


class DefaultMacro(NamedTuple):
    """Everybody at Upwork who may write in such a thread can say it."""

    key: str
    places: tuple[Place, ...]
    texts: dict[str, Words]


DEFAULT_MACROS = (
    DefaultMacro(
        "hello",
        (Place.JOINT,),
        {
            "en": Words(
                "Say who I am and what comes next",
                "Hello {client} and {freelancer}, I am {me} from Upwork. I am neutral: I do not decide who is right, I "
                "help you to find terms that both of you can live with. I have read what you wrote; you need not tell "
                "it again.",
            ),
            "es": Words(
                "Decir quién soy y qué sigue",
                "Hola, {client} y {freelancer}. Soy {me}, de Upwork. Soy neutral: no decido quién tiene razón, "
                "les ayudo a encontrar condiciones que ambos puedan aceptar. He leído lo que escribieron; no hace "
                "falta que lo cuenten otra vez.",
            ),
            "nl": Words(
                "Zeggen wie ik ben en wat er volgt",
                "Hallo {client} en {freelancer}, ik ben {me} van Upwork. Ik ben neutraal: ik beslis niet wie gelijk "
                "heeft, ik help u voorwaarden te vinden waar u beiden mee verder kunt. Ik heb gelezen wat u schreef; u "
                "hoeft het niet nog eens te vertellen.",
            ),
        },
    ),
    DefaultMacro(
        "options",
        (Place.JOINT, Place.PRIVATE),
        {
            "en": Words(
                "Options: what would each be worth",
                "Before you answer: what would … be worth to you, and what could you do without?",
            ),
            "es": Words(
                "Opciones: cuánto valdría cada una",
                "Antes de responder: ¿cuánto valdría para usted … y de qué podría prescindir?",
            ),
            "nl": Words(
                "Opties: wat zou elk waard zijn",
                "Voordat u antwoordt: wat zou … u waard zijn, en waar kunt u zonder?",
            ),
        },
    ),
    DefaultMacro(
        "ask-file",
        (Place.JOINT, Place.PRIVATE),
        {
            "en": Words("Ask for a document", "Could you share … here, please? It would help both of you by {due}."),
            "es": Words(
                "Pedir un documento", "¿Podría compartir aquí …, por favor? A ambos les ayudaría antes del {due}."
            ),
            "nl": Words("Om een document vragen", "Kunt u hier … delen? Dat helpt u beiden, als het kan vóór {due}."),
        },
    ),
    DefaultMacro(
        "private",
        (Place.JOINT,),
        {
            "en": Words(
                "Offer a private talk to both",
                "I would like ten minutes with each of you. What you tell me there stays with me, unless you tell me "
                "that I may share it.",
            ),
            "es": Words(
                "Ofrecer a ambos una conversación privada",
                "Me gustaría hablar diez minutos con cada uno de ustedes. Lo que me digan allí queda conmigo, salvo "
                "que me permitan compartirlo.",
            ),
            "nl": Words(
                "Beiden een privégesprek aanbieden",
                "Ik wil graag tien minuten met ieder van u spreken. Wat u mij daar vertelt blijft bij mij, tenzij u "
                "zegt dat ik het mag delen.",
            ),
        },
    ),
    DefaultMacro(
        "agreed",
        (Place.JOINT,),
        {
            "en": Words("Summarise where you agree", "So far you both agree on: …\n\nStill open: …"),
            "es": Words("Resumir en qué coinciden", "Hasta ahora ambos coinciden en: …\n\nQueda pendiente: …"),
            "nl": Words("Samenvatten waarover u het eens bent", "Tot nu toe bent u het eens over: …\n\nNog open: …"),
        },
    ),
    DefaultMacro(
        "pause",
        (Place.JOINT, Place.PRIVATE),
        {
            "en": Words(
                "Slow the pace",
                "It is all right to take a day before you answer. Nothing is lost by it; the next deadline is {due}.",
            ),
            "es": Words(
                "Ir más despacio",
                "Está bien tomarse un día antes de responder. No se pierde nada; el próximo plazo es el {due}.",
            ),
            "nl": Words(
                "Het tempo verlagen",
                "U mag gerust een dag de tijd nemen voordat u antwoordt. Er gaat niets verloren; de volgende termijn "
                "is {due}.",
            ),
        },
    ),
    DefaultMacro(
        "handover",
        (Place.INTERNAL,),
        {
            "en": Words(
                "Hand over",
                "Case {case}, {contract}.\nPromised to {client}: …\nPromised to {freelancer}: …\n"
                "Next step: …, by {due}.",
            ),
            "es": Words(
                "Entregar el caso",
                "Caso {case}, {contract}.\nPrometido a {client}: …\nPrometido a {freelancer}: …\n"
                "Siguiente paso: …, antes del {due}.",
            ),
            "nl": Words(
                "Overdragen",
                "Zaak {case}, {contract}.\nBeloofd aan {client}: …\nBeloofd aan {freelancer}: …\n"
                "Volgende stap: …, vóór {due}.",
            ),
        },
    ),
)
