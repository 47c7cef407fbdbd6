"""Jeroen's rooms: a translation in Dutch that waits for a mediator, and an order form in English."""

from mediation.disputes.rules.milestones import Act
from mediation.web.demo.cases import Case
from mediation.web.demo.stage import Stage


def manual(room: Stage) -> None:
    room.says(
        "-29d 09:00",
        "jeroen",
        "Dag Marit, welkom. De handleiding is 48 pagina's, met veel technische termen. Er staat een woordenlijst bij.",
    )
    room.says(
        "-29d 10:15", "marit", "Dank je, Jeroen. De woordenlijst helpt. Ik lever hoofdstuk 1 tot 6 over twee weken."
    )
    room.says("-15d 16:40", "marit", "Hoofdstuk 1 tot 6 staan klaar.")
    room.says(
        "-14d 11:05", "jeroen", "Mooi werk, betaald. Eén vraag: waarom “trapondersteuning” en niet “trapbekrachtiging”?"
    )
    word = room.says("-14d 11:32", "marit", "Omdat fietsers het zo noemen. Ik pas het aan als je dat liever hebt.")
    room.reacts("-14d 11:40", "jeroen", word, "thumbs_up")
    room.says("-3d 15:20", "marit", "Hoofdstuk 7 tot 12 zijn ingeleverd.")
    room.says("-2d 09:10", "jeroen", "Hoofdstuk 9 is duidelijk door een machine vertaald. Zo kan ik het niet drukken.")
    room.says(
        "-2d 09:55",
        "marit",
        "Dat is niet waar. Hoofdstuk 9 staat vol met losse waarschuwingen, die zijn in het origineel ook zo.",
    )
    room.says(
        "-2d 14:30",
        "jeroen",
        "De drukker wacht. Ik wil het halve bedrag terug, of een nieuwe vertaling van hoofdstuk 9.",
    )
    case = Case.drafted(
        room, "-2d 14:45", "jeroen", problem="quality", milestone=2, refund=36_000,
        statement="Hoofdstuk 9 is een machinevertaling. Zo kan de handleiding niet naar de drukker.",
        wants="Het halve bedrag terug, of een nieuwe vertaling van hoofdstuk 9.",
    )  # fmt: skip
    case.does("-2d 14:50", "jeroen", "file")
    case.declines(
        "-1d 08:15", "marit",
        statement="Hoofdstuk 9 bestaat uit losse waarschuwingen. Die zijn in het origineel ook kort.",
        wants="Dat iemand het naast het origineel legt.",
    )  # fmt: skip
    room.says(
        "-1d 08:20",
        "marit",
        "Een nieuwe vertaling van hoofdstuk 9 kan, maar niet gratis. Ik heb er drie dagen aan gewerkt.",
    )
    note = "Hoofdstuk 9: volgens mij een machinevertaling. De drukker wacht tot vrijdag."
    case.does("-95m", "jeroen", "ask_mediator", note=note)
    room.says("-88m", "marit", "Goed, dan kijkt er iemand mee die niet van ons beiden is.")
    room.reads("-80m", "jeroen", "marit")


def rental(room: Stage) -> None:
    room.says(
        "-18d 08:00",
        "jeroen",
        "Hi Mateo, English is fine for both of us, I think. The form has to ask for height, dates and a helmet.",
    )
    room.says("-18d 13:30", "mateo", "English is fine. Do children's bikes need their own fields?")
    room.says("-17d 08:10", "jeroen", "Good point: yes, age instead of height.")
    form = room.says(
        "-6d 15:00", "mateo", "First version on the test page. Tab order and labels work with a screen reader too."
    )
    room.reacts("-6d 16:00", "jeroen", form, "celebrate")
    dates = room.opens_topic("-6d 16:05", "jeroen", "Dates over midnight")
    room.says(
        "-6d 16:07",
        "jeroen",
        "If somebody brings the bike back after midnight the form counts one day too much.",
        dates,
    )
    room.says("-5d 14:12", "mateo", "Found it, the form counted in my zone instead of yours. Fixed.", dates)
    room.resolves("-5d 15:00", "jeroen", dates)
    room.reads("-4d 10:00", "jeroen", "mateo")
    room.does(
        "-1d 09:00", "jeroen", Act.ASK_BACK, 2,
        "Payments stay at the counter this season, our card machine cannot be reached from the form.",
    )  # fmt: skip
    room.says("-100m", "jeroen", "We rented out the first six bikes with it this morning. No phone call, no paper.")
