"""Django's `LOGGING`: plain lines for a person at a terminal, one JSON object a line in production.

Neither ever holds a body, a header or a query string: what people write stays out of the logs.
"""


def logging_settings(*, production: bool, level: str) -> dict[str, object]:
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"request_id": {"()": "mediation.core.logs.RequestId"}},
        "formatters": {
            "plain": {"format": "{asctime} {levelname:7} {name}: {message}", "style": "{", "datefmt": "%H:%M:%S"},
            "json": {"()": "mediation.core.logs.JsonLines"},
        },
        "handlers": {
            "out": {
                "class": "logging.StreamHandler",
                "filters": ["request_id"],
                "formatter": "json" if production else "plain",
            },
        },
        "root": {"handlers": ["out"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            # One line a request says nothing that a proxy in front does not say better.
            "django.channels.server": {"level": "WARNING"},
            "daphne": {"level": "WARNING"},
            # A warning for every 404 and 403 is noise; a 500 is an error and still shows.
            "django.request": {"level": "ERROR"},
            "celery": {"level": "WARNING"},
            "redis": {"level": "WARNING"},
        },
    }
