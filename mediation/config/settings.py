"""One settings file, twelve-factor: everything that differs between machines comes from the environment.

The embedded default (SQLite, a bundled Redis-protocol server on a unix socket) needs no variable at all. With
`DATABASE_URL` and `REDIS_URL` the same code runs on PostgreSQL and Redis. Wrong combinations are errors at
start: see `mediation/config/checks.py`.
"""

from pathlib import Path

import dj_database_url
from django.utils.translation import gettext_lazy as _
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from mediation.config import beat, env
from mediation.config.api import REST_FRAMEWORK, SPECTACULAR_SETTINGS  # noqa: F401 (settings)
from mediation.config.logs import logging_settings
from mediation.config.mail import mail_settings
from mediation.config.policy import content_security_policy
from mediation.config.zendesk import zendesk_settings

BASE_DIR = Path(__file__).resolve().parent.parent.parent
RUN_DIR = Path(env.text("PARLEY_RUN_DIR", str(BASE_DIR / ".run")))
RUN_DIR.mkdir(parents=True, exist_ok=True)

# --- Who and where -------------------------------------------------------------------------------------------
PRODUCTION = env.flag("PARLEY_PRODUCTION")
DEBUG = env.flag("DEBUG", default=False)
PUBLIC_URL = env.text("PUBLIC_URL", None if PRODUCTION else "http://127.0.0.1:8000").rstrip("/")
SECRET_KEY = env.text(
    "SECRET_KEY", None if PRODUCTION else "embedded-default-only-never-in-production-0123456789abcdef"
)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1],testserver")
# Scheme, host and port must match exactly, for forms and for sockets alike.
LIVE_ORIGINS = env.words("LIVE_ORIGINS", f"{PUBLIC_URL},{PUBLIC_URL.replace('127.0.0.1', 'localhost')}")
CSRF_TRUSTED_ORIGINS = LIVE_ORIGINS

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "channels",
    "csp",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_htmx",
    "allauth",
    "allauth.account",
    "accounts",
    "mediation.core",
    "mediation.events",
    "mediation.conversations",
    "mediation.disputes",
    "mediation.sla",
    "mediation.escalations",
    "mediation.desk",
    "mediation.help_center",
    "mediation.zendesk",
    "mediation.live",
    "mediation.web",
    "mediation.serving",
]

MIDDLEWARE = [
    "mediation.core.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.PersonMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "mediation.config.urls"
ASGI_APPLICATION = "mediation.config.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ],
        },
    },
]

# --- Stores --------------------------------------------------------------------------------------------------
DATABASE_URL = env.text("DATABASE_URL", f"sqlite:///{RUN_DIR / 'parley.sqlite3'}")
DATABASES = {"default": dj_database_url.parse(DATABASE_URL)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # FULL: an acknowledged message survives a power cut; NORMAL would not promise that under WAL.
        "init_command": (
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA mmap_size=134217728;PRAGMA cache_size=-16000;"
        ),
    }
    # Several connections must see one test database, so it is a file and never ":memory:".
    DATABASES["default"]["TEST"] = {"NAME": str(RUN_DIR / "test.sqlite3")}
else:
    DATABASES["default"]["OPTIONS"] = {
        "prepare_threshold": 5,  # for `mediation.core.sql`; Django's own cursors never prepare
        # What a crowd needed for a moment is given back, one every five seconds: the server's places are for all.
        "pool": {"min_size": 0, "max_size": env.number("DATABASE_POOL", 20, least=2), "timeout": 5, "max_idle": 5},
        # The last: a row of the desk joins nine tables, which PostgreSQL would join as written (decisions/0029).
        "options": "-c lock_timeout=2000 -c statement_timeout=5000 -c synchronous_commit=on -c join_collapse_limit=12",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.text("REDIS_URL", f"unix://{RUN_DIR / 'valkey.sock'}")
REDIS_PREFIX = env.text("REDIS_PREFIX", "parley")
# redis-py 8's defaults (5 s, three retries with growing pauses) are not ours: a stalled server must fail soon, once.
# See mediation/decisions/0003-channel-layer.md.
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {
            "hosts": [
                {"address": REDIS_URL, "socket_timeout": 2, "socket_connect_timeout": 2, "retry": Retry(NoBackoff(), 1)}
            ],
            "prefix": REDIS_PREFIX,
        },
    }
}
# The throttle of sign-in counts here. The database and not Redis: every process shares it, and a throttle that lives
# where the passwords live has no state in which signing in works and counting does not.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
_BROKER = REDIS_URL.replace("unix://", "redis+socket://", 1) if REDIS_URL.startswith("unix://") else REDIS_URL
CELERY_BROKER_URL = _BROKER
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "global_keyprefix": f"{REDIS_PREFIX}:celery:",
    "socket_timeout": 10,
    "socket_connect_timeout": 2,
    "visibility_timeout": 3600,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = beat.SCHEDULE
CELERY_BEAT_SCHEDULE_FILENAME = str(RUN_DIR / "beat-schedule")

# --- Cases ---------------------------------------------------------------------------------------------------
# How long after it was due a timer speaks by itself: longer than a command that came in time can wait for its turn.
TIMER_MARGIN_SECONDS = env.number("TIMER_MARGIN_SECONDS", 30)

# --- The live room -------------------------------------------------------------------------------------------
LIVE_POLL_SECONDS = 1.0
LIVE_SEND_BURST = env.number("LIVE_SEND_BURST", 30, least=1)  # messages a person may send at once …
LIVE_SEND_PER_MINUTE = env.number("LIVE_SEND_PER_MINUTE", 120, least=1)  # … and as a steady stream

# --- People --------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "accounts.adapter.PersonAdapter"
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.sign_up.SignUpFields"
ACCOUNT_FORMS = {
    "login": "accounts.forms.account.SignInForm",
    "signup": "accounts.forms.account.NewAccountForm",
    "add_email": "accounts.forms.account.AddressForm",
    "change_password": "accounts.forms.account.PasswordForm",
    "set_password": "accounts.forms.account.FirstPasswordForm",
    "reset_password": "accounts.forms.account.ForgottenPasswordForm",
    "reset_password_from_key": "accounts.forms.account.PasswordByMailForm",
    "reauthenticate": "accounts.forms.account.SameAgainForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = env.text("EMAIL_VERIFICATION", "optional")  # or "mandatory", "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # a borrowed screen must not be able to move the account to another address
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "signup": "20/m/ip",
    "reset_password": "20/m/ip,5/m/key",
    "change_password": "5/m/user",
    "help_ask": "20/m/user",
    "help_ask_visitor": "20/m/ip",
}
# Behind a proxy all requests come from its address: without this, ten wrong passwords of one lock everybody out.
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXIES", int(env.flag("BEHIND_PROXY")))
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

# --- What browsers and proxies are told ----------------------------------------------------------------------
CONTENT_SECURITY_POLICY = content_security_policy(LIVE_ORIGINS)
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
if PRODUCTION:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SECURE_SSL_REDIRECT = env.flag("SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked from inside, without the proxy
    SECURE_HSTS_SECONDS = env.number("HSTS_SECONDS", 365 * 24 * 3600)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
if env.flag("BEHIND_PROXY"):
    # Only for a proxy that sets this header itself and drops what a client sends.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- Language and time ---------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish")), ("nl", _("Dutch"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- Files ---------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(RUN_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
# Hashed names need `collectstatic`, which `serve` runs; without it files are found where they lie.
HASHED_STATIC = env.flag("HASHED_STATIC", default=PRODUCTION)
_PLAIN = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "mediation.core.storage.HashedStaticFiles" if HASHED_STATIC else _PLAIN},
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not HASHED_STATIC
WHITENOISE_MAX_AGE = 3600 if HASHED_STATIC else 0
MEDIA_ROOT = Path(env.text("MEDIA_ROOT", str(RUN_DIR / "media")))  # never served by URL: downloads are views
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
ATTACHMENT_MAX_BYTES = 25 * 1024 * 1024

# --- Mail, webhooks, Zendesk ---------------------------------------------------------------------------------
globals().update(mail_settings(env.text("EMAIL_URL", "console://")))
WEBHOOKS_TO_PRIVATE_ADDRESSES = env.flag("WEBHOOKS_TO_PRIVATE_ADDRESSES")  # and over plain http
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "Parley <parley@localhost>")
ZENDESK = zendesk_settings()

# --- Answers: `multilingual` (in this process), `off` (plain search), or the address of an encoder of one's own --
HELP_ENCODER = "" if (said := env.text("HELP_ENCODER", "multilingual")) == "off" else said
HELP_ENCODER_TOKEN = env.text("HELP_ENCODER_TOKEN", "none").removeprefix("none")

# --- Logs ----------------------------------------------------------------------------------------------------
LOGGING = logging_settings(production=PRODUCTION, level=env.text("LOG_LEVEL", "INFO" if PRODUCTION else "WARNING"))
