"""Grace's rooms, and the one of two people who know nobody else."""

from mediation.web.demo.stage import Stage


def study(room: Stage) -> None:
    room.says(
        "-16d 16:00",
        "grace",
        "Forty hours, three questions: who buys tide sensors, what do they pay today, and who decides?",
    )
    room.says("-15d 05:10", "sanjay", "Clear. I plan twelve interviews. May I say that the study is for you?")
    room.says("-15d 17:25", "grace", "Please do not, not yet.")
    room.says(
        "-8d 06:00", "sanjay", "Seven of twelve are done. Harbour masters decide, not the cities. That surprised me."
    )
    wow = room.says("-8d 17:00", "grace", "That changes our whole plan. Could you ask the next five about budgets?")
    room.reacts("-7d 04:00", "sanjay", wow, "thumbs_up")
    room.reads("-5d 09:00", "grace", "sanjay")
    room.says("-150m", "sanjay", "All twelve are done, 31 hours so far. The report comes on Monday.")


def podcast(room: Stage) -> None:
    room.says("-44d 17:00", "grace", "Six episodes, each about 40 minutes. The first two are uploaded.")
    room.says("-43d 09:30", "ifeoma", "Got them. There is a hum in the second one, I can take it out.")
    room.says("-36d 10:00", "ifeoma", "One and two are done, without the hum.")
    room.says("-30d 18:20", "grace", "Wonderful. We pause until the new season is recorded, in January I think.")
    room.says("-30d 20:00", "ifeoma", "I keep the time free from the 12th of January.")
    room.reads("-29d 09:00", "grace", "ifeoma")


def garden(room: Stage) -> None:
    room.says("-11d 10:00", "olga", "The north slope gets sun from April to August only, and the soil is clay.")
    room.says("-11d 12:20", "oscar", "Then ferns, hellebores and one big hydrangea. I draw it this week.")
    room.reads("-10d 09:00", "olga", "oscar")
    room.says("-2d 11:00", "oscar", "The plan is ready, with a list of 34 plants and where to get them.")
