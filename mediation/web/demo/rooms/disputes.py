"""Rooms that are there for their cases: one for each way in which a case can stand."""

from mediation.web.demo.cases import Case
from mediation.web.demo.stage import WITH_CLIENT, WITH_FREELANCER, Stage


def captions(room: Stage) -> None:
    """Awaits an answer; a small sum."""
    room.says("-15d 10:00", "helen", "Sixty captions, two lines each, no exclamation marks. Can you, Lucie?")
    room.says("-15d 11:20", "lucie", "With pleasure. Without exclamation marks I breathe better anyway.")
    room.says("-4d 16:30", "lucie", "All sixty are in the sheet.")
    room.says(
        "-2d 09:40", "helen", "Twenty-two of them are about products that we no longer sell. The list was in the brief."
    )
    case = Case.drafted(
        room, "-1d 10:05", "helen", problem="scope", milestone=1, refund=3_000,
        statement="The brief named sixty products. Twenty-two captions are about others, so I cannot use them.",
        wants="A third of the price back, or the missing captions by Friday.",
    )  # fmt: skip
    case.does("-1d 10:20", "helen", "file")
    room.reads("-1d 10:30", "helen")


def trailer(room: Stage) -> None:
    """In talks, with an offer and a counter-offer on the table."""
    room.says("-17d 17:10", "grace", "Ninety seconds, the harbour master's voice first, then the music.")
    room.says("-16d 08:50", "ifeoma", "Clear. First cut in a week.")
    room.says("-6d 09:15", "ifeoma", "The trailer is up: ninety-four seconds.")
    late = room.says("-5d 18:00", "grace", "I like it. But the fair opened on Monday, and it came on Tuesday.")
    case = Case.drafted(
        room, "-3d 17:30", "grace", problem="late", milestone=1, refund=40_000,
        statement="The trailer was for the opening on Monday. It came a day later, so we opened without it.",
        wants="Half of the price back.",
    )  # fmt: skip
    case.does("-3d 17:45", "grace", "file")
    case.declines(
        "-2d 09:00", "ifeoma", reason="partly",
        statement="The harbour master's recording reached me two days late. I worked at night to lose only one.",
        wants="That we look at both delays.",
    )  # fmt: skip
    case.shows("-2d 09:20", "grace", "When it came", late)
    case.answers_evidence("-2d 09:40", "ifeoma", 0, "acknowledged")
    case.offers("-1d 08:30", "ifeoma", 10_000, "A second version of sixty seconds, free", hours=48)
    case.offers(
        "-1d 17:20", "grace", 22_000, "A second version of sixty seconds, free", "Both raw mixes are delivered",
        note="The short version is worth more to us than the money.", counters=True, hours=60,
    )  # fmt: skip
    room.says(
        "-1d 17:30", "grace", "I made you a counter-offer. The mixes matter to us, we cut the next ones ourselves."
    )
    room.reads("-1d 17:35", "grace")


def booth(room: Stage) -> None:
    """A recommendation is out; one of the two has answered."""
    room.says("-34d 16:00", "grace", "A booth of six by four metres, open on two sides. Plan and three views, please.")
    room.says("-33d 07:00", "yuki", "Two open sides means one wall for the screens. Is that fine?")
    wall = room.says("-33d 17:20", "grace", "One wall is fine.")
    views = room.says("-15d 06:40", "yuki", "Plan and three views are delivered.")
    room.says("-14d 18:10", "grace", "The builder says that the screens do not fit on that wall: 20 cm are missing.")
    case = Case.drafted(
        room, "-13d 17:00", "grace", problem="quality", milestone=1, refund=140_000,
        statement="The plan cannot be built: the wall is 20 cm too short for the screens we named at the start.",
        wants="A plan that can be built, or the money back.",
    )  # fmt: skip
    case.does("-13d 17:20", "grace", "file")
    case.declines("-12d 07:10", "yuki", "The screens grew after the plan was agreed. In the brief they were 46 inches.")
    room.says("-11d 07:30", "yuki", "A third person should look at the dates of those two lists.")
    case.does("-11d 16:00", "grace", "ask_mediator", note="The wall, and when the screens grew.")
    case.does("-11d 16:25", "priya", "claim")
    room.says("-11d 16:30", "priya", "Hello both. I have the brief and the plan before me; you need not repeat them.")
    case.does("-10d 06:00", "priya", "advance_phase")
    case.has_issue(
        "-10d 06:10", "priya", "Size of the screens", 90_000,
        grace="We said “large screens”.", yuki="The brief says 46 inches.",
    )  # fmt: skip
    case.has_issue(
        "-10d 06:20", "priya", "Who checks the builder's measures", 50_000,
        grace="A designer does.", yuki="That was never ordered.",
    )  # fmt: skip
    case.does("-10d 06:30", "priya", "advance_phase")
    case.shows("-9d 17:00", "grace", "One wall was agreed", wall, 0)
    case.shows("-9d 17:10", "yuki", "The views were delivered", views, 1)
    case.answers_evidence("-8d 07:00", "yuki", 0, "acknowledged")
    case.answers_evidence("-8d 16:00", "grace", 1, "contested", "Delivered, but not so that it can be built.")
    case.begins_talk("-7d 06:08", "priya", "grace")
    room.says("-7d 06:10", "priya", "What would you need to build it, Grace?", WITH_CLIENT)
    case.does("-7d 06:40", "priya", "end_caucus")
    case.begins_talk("-6d 06:00", "priya", "yuki")
    room.says("-6d 06:02", "priya", "And what would it take to draw the wall anew, Yuki?", WITH_FREELANCER)
    case.does("-6d 08:00", "priya", "end_caucus")
    case.does("-3d 06:00", "priya", "advance_phase")
    case.is_recommended(
        "-1d 06:00", "priya",
        "The brief named 46 inches, so most of the work was right. A plan should still have been checked.",
        [("The brief says 46 inches; the larger screens came later.", 20_000),
         ("Nobody ordered the check, and a short question would have shown it. Shared.", 25_000)],
    )  # fmt: skip
    case.does("-20m", "yuki", "answer", is_yes=True)
    case.does(
        "-15m", "priya", "level_up", level=4,
        reason="Should Grace say no, a senior should take it: the builder threatens to leave, and that is beyond me.",
    )  # fmt: skip


def recipes(room: Stage) -> None:
    """In Spanish: an offer was accepted, and one of two has accepted the text."""
    room.says("-22d 09:10", "carmen", "Mateo, la página de recetas tiene que filtrar por temporada y por alergias.")
    room.says("-22d 15:00", "mateo", "Entendido. Dos semanas.")
    room.says("-7d 16:00", "mateo", "La página está lista, con los dos filtros.")
    filtro = room.says("-6d 09:30", "carmen", "El filtro de alergias deja pasar recetas con nueces. Eso es peligroso.")
    case = Case.drafted(
        room, "-5d 10:00", "carmen", problem="quality", milestone=1, refund=90_000,
        statement="El filtro de alergias no funciona: muestra recetas con nueces a quien no puede comerlas.",
        wants="Que funcione, y una parte del precio de vuelta por la semana perdida.",
    )  # fmt: skip
    case.does("-5d 10:15", "carmen", "file")
    case.declines(
        "-4d 14:00", "mateo", reason="partly",
        statement="Las recetas con nueces no llevaban la marca en los datos que recibí. El filtro hace lo que dicen.",
        wants="Arreglarlo juntos.",
    )  # fmt: skip
    case.shows("-4d 14:30", "carmen", "El fallo del filtro", filtro)
    case.answers_evidence("-4d 15:00", "mateo", 0, "acknowledged", "Es verdad, por los datos.")
    case.offers("-3d 15:00", "mateo", 15_000, "Reviso las 140 recetas a mano", note="Está hecho el jueves.", hours=70)
    case.accepts_offer("-1d 09:00", "carmen")
    room.says("-1d 09:05", "carmen", "Aceptado. Gracias por revisarlas a mano.")
    case.signs("-1d 09:20", "carmen")
    room.reads("-1d 09:30", "carmen")


def dashboard(room: Stage) -> None:
    """No agreement: the time to choose arbitration runs."""
    room.says("-48d 17:00", "grace", "Live data of forty sensors, and an alarm when a tide comes too high.")
    room.says("-47d 05:30", "sanjay", "Live means every minute?")
    room.says("-47d 17:10", "grace", "Every ten seconds.")
    slow = room.says(
        "-25d 17:00", "grace", "It shows data every minute now. An alarm after a minute is too late for a lock."
    )
    case = Case.drafted(
        room, "-24d 17:00", "grace", problem="quality", milestone=1, refund=260_000,
        statement="We agreed on ten seconds. It takes a minute, so the alarm is useless for the locks.",
    )  # fmt: skip
    case.does("-24d 17:10", "grace", "file")
    case.rules_hear("-24d 17:10")
    case.declines(
        "-22d 06:00", "sanjay", "The sensors themselves send once a minute. No dashboard can be faster than they."
    )
    case.does("-21d 17:00", "grace", "ask_mediator", note="Ten seconds or a minute?")
    case.does("-21d 17:30", "priya", "claim")
    case.has_issue(
        "-20d 06:00", "priya", "How often the data come", 260_000,
        grace="Ten seconds were agreed.", sanjay="The sensors cannot.",
    )  # fmt: skip
    case.shows("-20d 17:00", "grace", "What was agreed", slow, 0)
    case.offers("-15d 06:00", "sanjay", 60_000, hours=100)
    case.does("-14d 17:00", "grace", "decline_offer", offer_id=case.row.offers.get(status="open").pk)
    case.does("-3d 06:00", "sanjay", "decline_mediation")
    case.does("-3d 17:00", "grace", "decline_mediation")
    case.does("-2d 06:00", "priya", "declare_impasse")
    case.does("-1d 17:00", "grace", "elect")
    room.says("-1d 17:10", "grace", "I have chosen arbitration. I would still rather talk.")
    room.reads("-1d 17:20", "grace")


def routes(room: Stage) -> None:
    """In Dutch: settled with an offer and paid."""
    room.says("-40d 09:00", "jeroen", "Dirk, ik wil per fietsroute weten wat ze kost en wat ze opbrengt.")
    room.says("-40d 09:30", "dirk", "Dat kan. Ik maak er een overzicht van, twaalf routes.")
    room.says("-28d 15:00", "dirk", "Het overzicht staat klaar.")
    cijfers = room.says("-27d 10:00", "jeroen", "Bij drie routes kloppen de cijfers van de pont niet.")
    case = Case.drafted(
        room, "-26d 09:00", "jeroen", problem="quality", milestone=1, refund=27_000,
        statement="Drie van de twaalf routes hebben verkeerde kosten voor de pont. Het overzicht is zo niet bruikbaar.",
        wants="De helft terug, of een overzicht dat klopt.",
    )  # fmt: skip
    case.does("-26d 09:10", "jeroen", "file")
    case.declines(
        "-25d 11:00", "dirk", reason="partly",
        statement="De tarieven van de pont kreeg ik van jou, en die waren van vorig jaar.",
        wants="Ik herstel het graag, zonder korting.",
    )  # fmt: skip
    case.shows("-25d 11:30", "jeroen", "De cijfers van de pont", cijfers)
    case.offers("-24d 10:00", "dirk", 5_000, "De drie routes worden hersteld", hours=48)
    case.offers("-24d 15:00", "jeroen", 9_000, "De drie routes worden vóór vrijdag hersteld", counters=True, hours=48)
    case.accepts_offer("-23d 09:00", "dirk")
    case.signs("-23d 09:30", "jeroen")
    case.signs("-23d 10:00", "dirk")
    case.is_paid("-23d 10:01")
    room.says("-22d 09:00", "jeroen", "De cijfers kloppen nu. Bedankt, Dirk, en tot de volgende.")
    room.reads("-21d 09:00", "jeroen", "dirk")
