"""When the assistant calls a person instead of answering. It says how things work; whose side is right, what becomes of
one's own case, and money or people in danger are for people.
"""

import re
from enum import StrEnum

from mediation.help_center.rules.answering.grams import plain
from mediation.help_center.rules.answering.refusals import DANGER, OWN_ACCOUNT


class Why(StrEnum):
    """Why a person is called."""

    ASKED = "asked"
    DANGER = "danger"
    MONEY = "money"
    OPINION = "opinion"
    OWN_CASE = "own_case"
    TWICE = "twice"


# Without accents and in small letters, as `plain` writes them.
_ASKED = re.compile(
    r"^\W*(?:an? )?(?:real |human )?(?:person|human|agent|somebody|someone|people)(?:,? please)?\W*$"
    r"|\b(?:talk|speak|write|chat|call)(?:ing)? (?:to|with) (?:an? |some |the )?(?:real |human )?"
    r"(?:person|human|agent|somebody|someone|people|support|operator|representative)\b"
    r"|\b(?:real person|human being|human agent|customer service)\b"
    r"|^\W*(?:una persona|alguien|un humano|un agente)(?:,? por favor)?\W*$"
    r"|\b(?:hablar|escribir|comunicarme|chatear) con (?:una persona|alguien|un humano|un agente|soporte|una? operador)"
    r"|\b(?:persona real|atencion al cliente)\b"
    r"|^\W*(?:een )?(?:echt )?(?:mens|persoon|medewerker|iemand)(?:,? graag| alstublieft)?\W*$"
    r"|\b(?:met (?:een )?(?:echt )?(?:mens|persoon|medewerker|iemand)) (?:praten|spreken|chatten|bellen)\b"
    r"|\b(?:echt mens|echte persoon|klantenservice)\b"
)
_MONEY = re.compile(
    r"\b(?:charged (?:me )?(?:twice|again|too much)|(?:double|unknown|wrong) charge|paid twice|chargeback"
    r"|(?:money|payment|funds?) (?:is |are |has |have )?(?:gone|missing|lost|disappeared|vanished|never arrived)"
    r"|(?:lost|missing) (?:my |the )?(?:money|payment|funds)|where is my (?:money|payment|refund)"
    r"|pay(?:ing|ment|s)? outside|outside (?:of )?(?:the )?(?:platform|upwork)|bank details"
    r"|cobr\w+ (?:dos veces|de mas|doble)|cobro (?:doble|desconocido)|contracargo"
    r"|(?:dinero|pago) (?:perdido|desaparecido|no (?:ha )?llega\w*|desaparecio)|donde esta mi (?:dinero|pago|reembolso)"
    r"|fuera de (?:la plataforma|upwork)|datos bancarios"
    r"|(?:twee ?keer|dubbel|te veel) (?:betaald|afgeschreven|in rekening)|onbekende afschrijving|terugboeking"
    r"|(?:geld|betaling) (?:is )?(?:weg|kwijt|verdwenen|niet aangekomen)|waar (?:is|blijft) mijn (?:geld|betaling)"
    r"|buiten (?:het platform|upwork)|bankgegevens)\b"
)
_OPINION = re.compile(
    r"\b(?:who(?: is|s| was)? (?:\w+ )?(?:right|wrong|to blame|lying)"
    r"|(?:am|are|is) (?:i|we|he|she|they) (?:right|wrong|lying)"
    r"|whose fault|is (?:it|this|that) (?:\w+ )?fair|(?:will|can|would|could) i win|(?:my|our) chances"
    r"|do i have a chance"
    r"|should i (?:accept|agree|sign|decline|refuse|settle|take|offer|pay)|what would you (?:do|decide|say)"
    r"|do you (?:think|believe|agree)|(?:your|an) opinion|on my side|do i deserve|does \w+ deserve"
    r"|quien (?:tiene|tenia) (?:la )?(?:razon|culpa)|(?:tengo|tiene|tenemos) (?:yo )?razon|es (?:esto |eso )?justo"
    r"|de quien es la culpa|voy a ganar|ganare|(?:debo|deberia|tengo que) (?:yo )?(?:aceptar|firmar|rechazar|pagar)"
    r"|que (?:opinas|piensas|harias|decidirias)|crees que|(?:el|ella|mi cliente|mi freelancer) miente|me merezco"
    r"|wie (?:heeft|had) (?:er )?(?:gelijk|schuld)|heb ik (?:dan )?gelijk|heeft (?:hij|zij|ze) gelijk"
    r"|wiens (?:fout|schuld)|is (?:het|dit|dat) (?:\w+ )?eerlijk|(?:ga|zal|kan) ik winnen|maak ik (?:een )?kans"
    r"|moet ik (?:\w+ ){0,3}(?:accepteren|aannemen|tekenen|weigeren|betalen)|wat (?:vind|denk|zou) (?:je|jij|u)"
    r"|denk je dat|vind je dat|liegt|aan mijn kant|verdien ik)\b"
)
_OWN_CASE = re.compile(
    r"\b(?:(?:my|our) (?:\w+ )?(?:case|claim|dispute|mediation|mediator|arbitration|award|offer)"
    r"|case (?:number |no\.? ?|#)\d+"
    r"|(?:my|our) (?:client|freelancer|contract|milestone|payment|refund|money|escrow)(?: \w+){0,3}?"
    r" (?:is|was|has|hasnt|hasn t|did|didnt|didn t|will|wont|won t|never|refuses|refused|says|said|delivered|stopped)"
    r"|(?:mi|nuestro|nuestra) (?:caso|reclamo|reclamacion|disputa|mediacion|mediador|mediadora|arbitraje|laudo|oferta)"
    r"|(?:mi|nuestro|nuestra) (?:cliente|freelancer|contrato|hito|pago|reembolso|dinero)(?: \w+){0,3}?"
    r" (?:no|esta|estaba|fue|ha|dice|dijo|nunca|entrego|dejo|quiere)|se niega"
    r"|(?:mijn|onze?) (?:zaak|claim|geschil|mediation|bemiddeling|mediator|arbitrage|bod|voorstel)"
    r"|(?:mijn|onze?) (?:opdrachtgever|freelancer|contract|mijlpaal|betaling|terugbetaling|geld)(?: \w+){0,3}?"
    r" (?:is|was|heeft|had|wil|wordt|werd|weigert|zegt|zei|niet|nooit|leverde|stopte))\b"
)
# How things work is asked of what is one's own, too: "what happens if nobody answers my claim?"
_PROCESS = re.compile(
    r"^\W*(?:how (?:do|does|can|could|long|much|many)"
    r"|what (?:happens (?:if|when|after|with the)|if|do i do)|what (?:can|must|do) i|can i|may i"
    r"|where (?:do|can)|when (?:do|must|can) i"
    r"|como (?:puedo|hago|se|\w+o\b)|que (?:pasa|ocurre|sucede) (?:si|cuando)|puedo|cuanto tiempo|donde (?:puedo|se)"
    r"|hoe (?:kan|moet|lang|veel|werkt|\w+ ik)"
    r"|wat (?:gebeurt er (?:als|wanneer|met het)|als)|kan ik|mag ik|waar (?:kan|moet) ik|wat moet ik)\b"
)
_WORDS = (
    (Why.ASKED, _ASKED),
    (Why.DANGER, DANGER),
    (Why.MONEY, _MONEY),
    (Why.OPINION, _OPINION),
    (Why.OWN_CASE, _OWN_CASE),
    (Why.OWN_CASE, OWN_ACCOUNT),
)


def why(said: str) -> Why | None:
    """Why what somebody says to the assistant is for a person; None for what an article may answer."""
    words = plain(said).replace("'", " ").replace("’", " ")
    found = next((reason for reason, pattern in _WORDS if pattern.search(words)), None)
    return None if found is Why.OWN_CASE and _PROCESS.match(words) else found
