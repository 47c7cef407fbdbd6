"""Carmen's rooms, in Spanish: illustrations that wait for a mediator, a campaign, an app that is finished."""

from mediation.web.demo.cases import Case
from mediation.web.demo.stage import Stage


def catalogue(room: Stage) -> None:
    room.says(
        "-26d 09:20",
        "carmen",
        "Hola, Paula. Son veinticuatro ilustraciones: doce frutas y doce verduras, todas a lápiz y acuarela.",
    )
    room.says("-26d 13:05", "paula", "Hola, Carmen. Perfecto. Empiezo por las frutas y te mando tres para ver el tono.")
    room.says("-20d 14:10", "paula", "Aquí van la granada, el caqui y la naranja.")
    colour = room.says("-20d 16:00", "carmen", "La granada es preciosa. La naranja, un poco más madura, por favor.")
    room.reacts("-20d 16:30", "paula", colour, "thanks")
    room.says("-10d 12:00", "carmen", "Las doce frutas están pagadas. Gracias, ha quedado muy bien.")
    room.says("-2d 14:45", "paula", "Las doce verduras están entregadas.")
    room.says("-2d 17:20", "carmen", "Cuatro de ellas no llevan acuarela, solo lápiz. No es lo que acordamos.")
    room.says(
        "-1d 13:10", "paula", "Lo hablamos por teléfono el día 9: para las blancas, solo lápiz. Tú dijiste que sí."
    )
    room.says("-1d 16:40", "carmen", "Dije que lo pensaría.")
    Case.asked(room, "-1d 18:05", "paula", "Cuatro láminas sin acuarela. Recordamos la llamada de forma distinta.")
    room.says("-1d 18:30", "carmen", "Me parece bien que alguien lo mire con nosotras.")
    room.reads("-1d 19:00", "carmen", "paula")


def campaign(room: Stage) -> None:
    room.says("-13d 08:30", "carmen", "Mateo, la campaña empieza el 1 de diciembre. ¿Llegamos?")
    room.says("-13d 14:00", "mateo", "Sí, si las fotos están antes del 20.")
    room.says("-12d 09:15", "carmen", "Estarán el 18.")
    page = room.says(
        "-4d 15:30",
        "mateo",
        "La página de la cesta grande está lista para que la mires. El precio sale con IVA y sin IVA.",
    )
    room.reacts("-4d 16:10", "carmen", page, "heart")
    room.says(
        "-4d 16:12",
        "carmen",
        "¿Puede salir primero con IVA? Casi todos los que compran son particulares.",
        answering=page,
    )
    room.reads("-3d 09:00", "carmen", "mateo")
    room.says("-42m", "mateo", "Cambiado: primero con IVA. Esta semana van 9 horas de 12.")


def booking(room: Stage) -> None:
    room.says("-94d 08:10", "carmen", "We write in English here, Yuki, if that is good for you.")
    room.says("-94d 09:00", "yuki", "It is, thank you. First screens on Friday.")
    room.says("-60d 07:30", "yuki", "The complete design is in the folder, with a page that explains every colour.")
    done = room.says("-45d 10:00", "carmen", "Everybody here likes it. Paid, and I will come back with the next one.")
    room.reacts("-45d 10:30", "yuki", done, "celebrate")
    room.reads("-44d 09:00", "carmen", "yuki")
    room.ends("-41d 09:00", "carmen", "The design is complete and paid. Until the next one!")
