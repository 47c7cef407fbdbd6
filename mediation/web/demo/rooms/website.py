"""“Website redesign”: the mediated room, with both private talks and the staff's notes."""

from uuid import UUID

from mediation.web.demo.cases import Case
from mediation.web.demo.files import one_page_pdf, phone_screenshot
from mediation.web.demo.stage import NOTES, WITH_CLIENT, WITH_FREELANCER, Stage


def tell(room: Stage) -> None:
    case = _before(room)
    _mediation_opens(room, case)
    _private_talks(room, case)
    _topics(room, case)
    _today(room, case)
    why = "Helen wrote to support that Ana had urged her in private to give in. I need to read whether that is so."
    case.asks_to_look("-40m", "sue", "helen", why)


def _before(room: Stage) -> Case:
    room.says("-74d 09:10", "helen", "Welcome, Mateo. The brief and the brand files are in the contract.")
    room.says("-74d 14:32", "mateo", "Thank you, Helen. I start with the home page. First sketches on Thursday.")
    sketches = room.says(
        "-70d 15:05", "mateo", "Three sketches are up. My favourite is **B**: big photos, one menu, nothing else."
    )
    room.reacts("-70d 16:10", "helen", sketches, "heart")
    room.says("-70d 16:12", "helen", "B it is. It looks like our shop feels.", answering=sketches)
    room.says(
        "-46d 10:01",
        "mateo",
        "Shop and product pages are ready for you. For the checkout I need the texts and photos by the 10th.",
    )
    room.says("-46d 11:47", "helen", "Paid, and well done. You have everything by the 10th.")
    room.says(
        "-37d 13:20",
        "helen",
        "Sorry, the photographer was ill. Texts and photos are in the folder now, nine days late.",
    )
    room.says("-37d 14:02", "mateo", "No problem. Then the 24th is tight, I will do what I can.")
    room.says(
        "-26d 08:15",
        "helen",
        "Our autumn sale started this morning and people write that they cannot pay on their phones.",
    )
    room.says("-26d 14:40", "mateo", "I look at it now. On my phone it works, which one do they have?")
    room.says(
        "-19d 17:30",
        "mateo",
        "Milestone 3 is submitted: checkout, launch, and the two extra templates you asked for on the call.",
    )
    angry = room.says(
        "-18d 09:02", "helen", "The checkout STILL does not work on small phones. I will not pay for this."
    )
    room.edits(
        "-18d 09:09",
        "helen",
        angry,
        "The checkout still does not work on small phones. I cannot release this milestone yet.",
    )
    room.says(
        "-18d 14:15",
        "mateo",
        "It works on all phones made after 2021. And the two templates were never in the contract, I made them for "
        "nothing.",
    )
    case = Case.drafted(
        room, "-18d 15:00", "helen", problem="quality", milestone=3, refund=220_000,
        statement="The checkout fails on small phones, it came 13 days late, and our autumn sale ran without it.",
        wants="A checkout that works on every phone, and money back for the sale that we lost.",
    )  # fmt: skip
    case.does("-18d 15:20", "helen", "file")
    case.declines(
        "-14d 14:10", "mateo", reason="partly",
        statement="Texts and photos reached me nine days late, and I made two templates that were never ordered. The "
        "checkout works on all phones made after 2021.",
        wants="To finish it myself and be paid for what I delivered.",
    )  # fmt: skip
    room.says("-12d 10:26", "helen", "We go in circles. Let us ask somebody neutral.")
    note = "Milestone 3: late, and the checkout fails on small phones. Mateo sees it differently."
    case.does("-12d 10:31", "helen", "ask_mediator", note=note)
    return case


def _mediation_opens(room: Stage, case: Case) -> None:
    case.does("-12d 10:37", "ana", "claim")
    room.says(
        "-12d 10:40", "ana",
        "Good morning Helen, good morning Mateo. I have read the contract and everything above, so neither of you "
        "needs to repeat it.\n\nAs I read it, there are three points to settle: the delivery date, checkout on "
        "phones, and the two extra page templates. Is that right, and is anything missing?",
    )  # fmt: skip
    room.says(
        "-12d 11:31", "helen",
        "Yes, those three. The second one hurts most: our autumn sale ran and people could not pay on their phones.",
    )  # fmt: skip
    notes = [
        "Agreed for 10 October, received on 19 October:",
        "",
        "- 24 product texts",
        "- 61 photos, of which 9 without alternative text",
        "- delivery terms, returns, imprint",
        "",
        "Received by Mateo Giraldo, 19 October, 14:02",
    ]
    room.says(
        "-12d 15:52", "mateo",
        "Three points, agreed. I do want it on record that the product texts and photos reached me on the 19th "
        "instead of the 10th.",
        file=("Content hand-over, 19 Oct.pdf", one_page_pdf("Content hand-over", notes), "application/pdf"),
    )  # fmt: skip
    shot = room.says(
        "-12d 16:11", "helen", "Here is what our customers saw on the day. The button is under the cookie bar.",
        file=("checkout-iphone-27oct.png", phone_screenshot(), "image/png"),
    )  # fmt: skip
    room.reacts("-12d 16:14", "mateo", shot, "eyes")
    case.does("-12d 16:16", "ana", "advance_phase")
    case.shows("-12d 16:18", "helen", "The pay button under the cookie bar", shot)
    room.says(
        "-12d 16:20",
        "mateo",
        "I see it. That bar came with a plug-in, I did not have it on my test phone.",
        answering=shot,
    )


def _private_talks(room: Stage, case: Case) -> None:
    case.begins_talk("-11d 15:04", "ana", "helen")
    room.says("-11d 15:05", "ana", "Helen, what would make this right for you, apart from the money?", WITH_CLIENT)
    room.says(
        "-11d 15:09", "helen",
        "That shoppers can pay on their phones before the Christmas campaign. I would rather have that than "
        "another $200.",
        WITH_CLIENT,
    )  # fmt: skip
    room.says(
        "-11d 15:16",
        "ana",
        "That is good to know. May I tell Mateo that the 24th matters to you? Only those words.",
        WITH_CLIENT,
    )
    room.says("-11d 15:20", "helen", "Yes: “The 24th matters to Helen.” No more than that, please.", WITH_CLIENT)
    case.does("-11d 15:22", "ana", "end_caucus")
    case.begins_talk("-11d 16:01", "ana", "mateo")
    room.says("-11d 16:02", "ana", "What matters most to you here, Mateo? This stays between us.", WITH_FREELANCER)
    review = room.says("-11d 16:05", "mateo", "Honestly, the review. The money I can live with.", WITH_FREELANCER)
    room.says("-11d 16:07", "mateo", "I would go to $500 back if we agree on what is said publicly.", WITH_FREELANCER)
    room.reacts("-11d 16:10", "ana", review, "thanks")
    room.says("-11d 16:12", "ana", "Thank you. I will not pass that on unless you release it.", WITH_FREELANCER)
    case.does("-11d 16:23", "ana", "end_caucus")
    room.says("-11d 16:30", "ana", "Try a joint statement on the dates before talking numbers again.", NOTES)
    room.says(
        "-10d 13:58", "priya", "Same theme vendor in another room last month: the cookie bar fix took two hours.", NOTES
    )
    room.says("-10d 14:06", "ana", "Useful, thank you. I ask him for an estimate of exactly that.", NOTES)


def _topics(room: Stage, case: Case) -> None:
    date = room.opens_topic("-11d 17:00", "ana", "Delivery date")
    room.says(
        "-11d 17:02", "ana", "I read 13 days late, 9 of them waiting for texts and photos. Do you both see it so?", date
    )
    room.says("-11d 17:40", "mateo", "Yes.", date)
    seen = room.says("-11d 18:05", "helen", "Yes, that is fair.", date)
    room.reacts("-11d 18:06", "mateo", seen, "thumbs_up")
    room.resolves("-10d 09:00", "ana", date)
    phones = room.opens_topic("-10d 09:05", "ana", "Checkout on phones")
    room.says("-10d 09:08", "ana", "Helen, could you list the phones on which it failed?", phones)
    room.says(
        "-10d 10:30",
        "helen",
        "- iPhone SE (2020)\n- Galaxy A13\n- Pixel 4a\n\nAll in portrait, all with the cookie bar open.",
        phones,
    )
    room.says(
        "-10d 14:44",
        "mateo",
        "Then it is the bar and the height of the screen. Half a day of work, maybe less.",
        phones,
    )
    room.says(
        "-9d 11:20", "mateo", "Fixed on my test page. I want to try it on real phones before I say it is done.", phones
    )
    extra = room.opens_topic("-10d 09:15", "ana", "Extra templates")
    room.says(
        "-10d 09:17",
        "ana",
        "Was it said on the call of 2 October what the two templates cost? Please only what you remember being said.",
        extra,
    )
    room.says("-9d 10:02", "helen", "I asked whether they were possible. Nobody spoke of money.", extra)
    room.says("-9d 13:30", "mateo", "True. I should have said it then.", extra)
    _points(case)
    room.reads("-2d 17:00", "helen", "mateo", "ana")


def _points(case: Case) -> None:
    """The three points as both see them; the first is settled."""
    case.has_issue(
        "-9d 14:00", "ana", "Delivery date", 40_000,
        helen="13 days late, and the autumn sale ran without a checkout.",
        mateo="Nine of those days I waited for texts and photos.",
    )  # fmt: skip
    case.has_issue(
        "-9d 14:10", "ana", "Checkout on phones", 120_000,
        helen="It fails on three phones that our customers use.",
        mateo="The cookie bar came with a plug-in. It is half a day of work.",
    )  # fmt: skip
    case.has_issue(
        "-9d 14:20", "ana", "Extra templates", 60_000,
        helen="Nobody said that they cost anything.",
        mateo="They were not in the contract. I should have said so.",
    )  # fmt: skip
    case.does("-9d 14:30", "ana", "advance_phase")
    case.shows("-8d 09:00", "mateo", "What the contract says of templates", "Templates: home, shop, product.", 2)
    case.answers_evidence("-8d 10:10", "mateo", 0, "acknowledged", "I see it.")
    case.answers_evidence("-8d 11:00", "helen", 1, "acknowledged")
    case.does("-8d 11:10", "ana", "settle_issue", issue_id=UUID(case.issues[0]), status="agreed")
    case.does("-7d 09:00", "ana", "advance_phase")
    case.offers("-7d 10:00", "helen", 220_000)
    case.offers("-6d 09:30", "mateo", 0, "Both templates stay with Harbor & Pine", counters=True)
    case.offers("-5d 11:00", "helen", 110_000, "The checkout is tested on three phones", counters=True)
    case.offers("-3d 15:00", "mateo", 25_000, "Both templates stay with Harbor & Pine", counters=True)


def _today(room: Stage, case: Case) -> None:
    case.begins_talk("-1d 10:03", "ana", "mateo")
    case.shares(
        "-1d 10:05", "ana", "mateo",
        "I should have told Helen on the 20th that the date could not hold. I hoped to catch up and I was wrong.",
        "May I share exactly these words of yours with Helen?",
    )  # fmt: skip
    case.does("-1d 10:09", "ana", "end_caucus")
    thanks = room.says("-1d 10:12", "helen", "Thank you for saying that, Mateo. It changes how I read those two weeks.")
    room.reacts("-1d 10:20", "mateo", thanks, "thanks")
    slip = room.says("-1d 10:41", "helen", "700 back and we are done?")
    room.removes("-1d 10:43", "helen", slip, "Written too fast")
    case.offers("-1d 10:50", "helen", 70_000, "The checkout is tested on three phones", counters=True)
    room.reads("-1d 18:00", "helen", "mateo", "ana")
    offer = room.says(
        "-76m", "mateo",
        "I can go a step further, and I would like to finish the checkout properly myself: $400 back, and the two "
        "extra templates stay with Harbor & Pine.",
    )  # fmt: skip
    case.offers(
        "-75m", "mateo", 40_000, "The checkout is tested on three phones", "Both templates stay with Harbor & Pine",
        note="I would like to finish it properly myself.", counters=True,
    )  # fmt: skip
    room.says(
        "-68m",
        "ana",
        "You started $2,200 apart and you are $300 apart now. Helen, before you answer: what would a tested "
        "checkout by Friday be worth to you?",
        to_whom="helen",
    )
    room.says("-61m", "helen", "A lot, honestly. The Christmas campaign starts on the 24th.")
    room.says(
        "-60m", "helen", "Mateo, would you test it on the three phones in the list?", answering=offer, to_whom="mateo"
    )
    room.says("-52m", "mateo", "Happy to. I can show a video of each.")
    case.asks_for("-51m", "ana", "mateo", "document", "A video of the checkout on each of the three phones", hours=44)
    case.promises("-51m", "ana", "I compare both lists of phones and tell you both what is missing.", hours=22)
    case.begins_talk("-51m", "ana", "mateo")
    room.says("-50m", "ana", "Would a joint statement about the dates help you?", WITH_FREELANCER)
    room.drafts("-40m", "helen", "If the three phones work by Friday, I could live with")
    room.reads("-58m", "ana")
