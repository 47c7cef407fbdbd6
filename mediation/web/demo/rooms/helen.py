"""Helen's other rooms: photos, books, letters, an audit and a logo."""

from mediation.disputes.rules.milestones import Act
from mediation.web.demo.cases import Case
from mediation.web.demo.stage import NOTES, WITH_CLIENT, WITH_FREELANCER, Stage


def photos(room: Stage) -> None:
    room.says(
        "-24d 10:02",
        "helen",
        "Hello Ifeoma, the first twelve pieces leave the workshop on Monday. Where shall we send them?",
    )
    room.says("-24d 11:30", "ifeoma", "To the studio on Allen Avenue, please, any day before noon. I sign for them.")
    room.says(
        "-20d 15:12",
        "ifeoma",
        "All twelve arrived, nothing broken. I shoot the walnut pieces first, they need the soft morning light.",
    )
    tests = room.says("-13d 09:45", "ifeoma", "Test shots are in the folder: 1 to 8 on white, 9 to 16 on linen.")
    room.reacts("-13d 12:20", "helen", tests, "celebrate")
    room.says(
        "-13d 12:22", "helen", "Linen! 11 and 14 are exactly it. Could the shadow in 12 be softer?", answering=tests
    )
    room.says("-13d 13:01", "ifeoma", "Easily.")
    room.reads("-2d 16:00", "helen", "ifeoma")
    room.says("-1d 17:40", "ifeoma", "Thirty of the forty are done. The rest tonight.")
    Case.drafted(
        room, "-150m", "helen", problem="late", milestone=2, refund=20_000,
        statement="The forty finals were due yesterday.",
    )  # fmt: skip
    room.says("-130m", "ifeoma", "Final selects are in the folder, all forty. Take your time with them.")


def books(room: Stage) -> None:
    for month, days in (("July", 110), ("August", 80), ("September", 50), ("October", 17)):
        room.says(
            f"-{days}d 08:50", "dirk", f"{month} is closed. The summary and the VAT figures are in the shared folder."
        )
        room.says(f"-{days}d 12:15", "helen", f"Thanks, {month} looks right.")
    room.says("-16d 09:05", "dirk", "One thing: invoice 2291 was paid twice. Shall I write to the supplier?")
    sorted_out = room.says("-16d 09:40", "helen", "Please do, and copy me in.")
    room.reacts("-16d 09:41", "dirk", sorted_out, "thumbs_up")
    room.says("-5d 10:10", "dirk", "The money for 2291 came back today.")
    room.says("-5d 10:31", "helen", "Thank you, Dirk. I would never have seen that.")
    room.reads("-4d 09:00", "helen", "dirk")
    filed = room.on_a_weekday(200)  # last week's hours can be claimed about until Friday
    case = Case.drafted(
        room, filed, "helen", problem="hours", hours_minor=22_800, refund=7_600,
        statement="Two of last week's six hours were about the supplier's own mistake with invoice 2291.",
        wants="Those two hours back.",
    )  # fmt: skip
    case.does(filed, "helen", "file")
    case.declines("-170m", "dirk", "You asked me to write to the supplier. It took two hours.", reason="delivered")


def newsletter(room: Stage) -> None:
    room.says(
        "-19d 13:00",
        "lucie",
        "Bonjour Helen! Four letters: autumn light, oak, care of wood, gifts. Does that order work?",
    )
    room.says("-19d 15:20", "helen", "Gifts must go out before 1 December, otherwise yes.")
    room.says(
        "-12d 10:00",
        "lucie",
        "Draft one:\n\n> The first fire of the year asks for one thing only: a chair close to it.\n\nToo much?",
    )
    first = room.says("-12d 10:44", "helen", "Not too much. I want that chair now.")
    room.reacts("-12d 10:50", "lucie", first, "heart")
    room.says("-8d 16:05", "lucie", "Draft two by Thursday? I wait for the names of the oils from the workshop.")
    room.says("-8d 16:20", "helen", "We print no gift cards this year after all, I am sorry.")
    room.does("-8d 16:22", "helen", Act.ASK_BACK, 2, "No gift cards are printed this year.")
    room.does("-8d 16:50", "lucie", Act.GIVE_BACK, 2)
    room.says("-8d 16:51", "lucie", "No harm done, I had not begun with them.")
    room.reads("-8d 17:00", "helen", "lucie")
    room.drafts("-7d 09:00", "helen", "Thursday is good. The oils are called")


def audit(room: Stage) -> None:
    room.says(
        "-9d 07:30",
        "sanjay",
        "Thank you for the contract, Helen. I need read access to the shop's admin and to the server logs of the "
        "last 30 days.",
    )
    room.says("-9d 11:12", "helen", "You have both now. Please look at nothing with customers' addresses in it.")
    room.says("-9d 11:20", "sanjay", "I do not need any. If I meet some I tell you.")
    room.says(
        "-3d 08:05",
        "sanjay",
        "Half way:\n\n1. redirects: 214 of 3,100 would break\n2. images: fine\n3. checkout: depends on "
        "`cookie-bar` 2.1, which is no longer maintained",
    )
    room.reads("-3d 12:00", "helen", "sanjay")
    room.says(
        "-2d 06:40",
        "sanjay",
        "The redirects are a one-day job. Shall I add it to the list, or does somebody else do it?",
    )


def logo(room: Stage) -> None:
    room.says("-108d 06:00", "yuki", "Three directions are ready: harbour, pine, and both in one line.")
    room.says("-107d 09:30", "helen", "Both in one line, without a doubt.")
    room.says("-88d 07:10", "yuki", "Final files are delivered: vector, one colour, and for engraving.")
    room.says("-80d 10:00", "helen", "The engraver says the line is too thin at 12 mm. Can you change that?")
    room.says("-79d 06:20", "yuki", "12 mm was not in the brief, so that would be a new order. Sorry.")
    case = Case.asked(room, "-78d 10:15", "helen", "Is a version for 12 mm part of “final files” or not?")
    case.does("-78d 11:02", "priya", "claim")
    room.says(
        "-78d 11:05",
        "priya",
        "Hello both. The contract says “files for print, web and engraving” and names no size. Would each of you "
        "tell me in private what a fair answer would be?",
    )
    room.says("-78d 12:40", "helen", "I would pay for two hours, it is not about the money.", WITH_CLIENT)
    room.says("-77d 06:05", "yuki", "I can do it in one hour. I was annoyed by the tone, that is all.", WITH_FREELANCER)
    room.says("-77d 06:30", "priya", "Both want the same. One hour, paid, and we are done.", NOTES)
    room.says(
        "-77d 06:45",
        "priya",
        "My proposal: one more hour at the old rate, for a version that works at 12 mm. Yuki, Helen, is that good?",
    )
    fine = room.says("-77d 07:00", "yuki", "Good for me.")
    room.reacts("-77d 09:00", "helen", fine, "thanks")
    room.says("-77d 09:01", "helen", "For me too. And sorry for my tone, the engraver had me on the phone.")
    room.says("-70d 06:15", "yuki", "The 12 mm version is in the folder.")
    room.says("-70d 10:20", "helen", "Perfect. Paid in full, thank you both.")
    case.does("-69d 08:00", "priya", "close_helped")
    room.ends("-62d 09:00", "helen", "Everything is delivered and paid. Thank you, Yuki.")
    room.reads("-60d 09:00", "helen", "yuki")
