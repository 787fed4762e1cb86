"""Settings: the only reader of the environment.

Without ``DEBUG=1`` a missing ``SECRET_KEY`` or ``ALLOWED_HOSTS`` stops the start.
"""

import sys
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _
from environs import Env, EnvError, validate

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"


class Environment(Env):
    """The environment, in which a variable that is empty is not set."""

    def _get_value(self, env_key, default):
        value = super()._get_value(env_key, default)
        return value.strip(", \t\n") or default if isinstance(value, str) else value


def starting(*schemes):
    """Return the validator of an address."""
    named = ", ".join(f"{each}://" for each in schemes)
    return validate.Regexp(f"({'|'.join(schemes)})://", error=f"it starts with none of {named}")


def network(text):
    """Return the network of an address, or of several, as gunicorn reads it; "*" is any."""
    try:
        return "*" if text.strip() == "*" else ip_network(text.strip())
    except ValueError as error:
        raise EnvError(f"FORWARDED_ALLOW_IPS: {error}") from error


ORIGIN = validate.Regexp(
    r"(?i:https?://([\w.-]+|\[[\da-f:.]+\])(:\d+)?/?)\Z",
    error="it is a scheme and a host, such as https://assembly.example",
)
env = Environment()
DEBUG = env.str("DEBUG", "") == "1"
# Set by the application that answers requests, and for no command.
SERVING = env.str("SERVING", "") == "1"
# The style page is for who writes the site, and not for its readers.
STYLEGUIDE = env.str("STYLEGUIDE", "") == "1"
# Whether a process of its own, manage.py db_worker, does what requests need not wait for.
WORKER = env.str("WORKER", "") == "1"
HSTS_SUBDOMAINS = env.str("HSTS_SUBDOMAINS", "1") != "0"
try:
    SECRET_KEY = env.str("SECRET_KEY", "development-only-" * 4 if DEBUG else ...)
    # Those of before, by which no more is signed or encrypted, but what was is still read.
    full = validate.ContainsNoneOf([""], error="one of them is empty")
    SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", [], subcast=str.strip, validate=full)
    hosts = ["localhost", "127.0.0.1", "[::1]"] if DEBUG else ...
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", hosts, subcast=str.strip)
    host = ALLOWED_HOSTS[0].lstrip(".")
    # Absolute addresses come from here, never from the request's host.
    url = "http://127.0.0.1:8000" if DEBUG else f"https://{host}" if "*" not in host else ...
    SITE_URL = env.str("SITE_URL", url, validate=ORIGIN).rstrip("/").lower()
    # dj-database-url knows more databases than this code does.
    env.str("DATABASE_URL", "", validate=starting("sqlite", "postgres", "postgresql"))
    database = env.dj_db_url("DATABASE_URL", "sqlite:///var/db.sqlite3")
    # Whom to tell of a hole in the site; /.well-known/security.txt says it.
    contact = validate.Regexp(r"(https://|mailto:)\S+\Z", error="it is https://… or mailto:…")
    SECURITY_CONTACT = env.str("SECURITY_CONTACT", "", validate=contact)
    cache = env.str("CACHE_URL", "locmem://", validate=starting("locmem", "redis", "rediss"))
    email = urlsplit(env.str("EMAIL_URL", "", validate=starting("smtp", "smtps", "console")))
    port = email.port or (465 if email.scheme == "smtps" else 25)
    address = validate.Email(error="it is an address, such as desk@assembly.example")
    sender = f"noreply@{urlsplit(SITE_URL).hostname}"
    DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", sender, validate=address)
    # A session ends after so many hours without work.
    SESSION_COOKIE_AGE = 3600 * env.int("SESSION_HOURS", 10, validate=validate.Range(1, 24 * 366))
    # Days for which it is kept who signed in, and who was refused.
    SIGN_INS_KEPT = env.int("SIGN_INS_KEPT", 180, validate=validate.Range(1, 36_600))
    # Of whom X-Forwarded-For is believed: the same as gunicorn's.
    here = [network("127.0.0.1"), network("::1")]
    PROXIES = env.list("FORWARDED_ALLOW_IPS", here, subcast=network)
except EnvError as error:
    sys.exit(f"{str(error).rstrip('.')}. (DEBUG=1 starts a development site without any.)")
except ValueError as error:
    sys.exit(f"EMAIL_URL: {error}.")

# Stated once for every page, feed and file.
ASSEMBLY_NAME = _("Parliamentary Assembly of the Collective Security Treaty Organization")
# Translators: the short name of the Parliamentary Assembly, as it calls itself.
ASSEMBLY_SHORT_NAME = _("CSTO PA")
# What the desk, every page and every feed say of themselves; "" where they tell of what there is.
INVENTED = ""
DEMO = env.str("DEMO", "") == "1"
# Whether a second factor is required of whoever changes at once what the public reads, or accounts.
SECOND_FACTOR = env.str("SECOND_FACTOR", "0" if DEMO else "1") != "0"
# The names are in all that a machine reads, the descriptions of files included: see tests/demo.
if DEMO:
    ASSEMBLY_NAME = _("Parliamentary Assembly of the Amber Road (invented)")
    ASSEMBLY_SHORT_NAME = _("Amber Road PA (invented)")
    INVENTED = _("Invented: this assembly, its people and its news do not exist.")

INSTALLED_APPS = [
    # Before Django's own apps: its loaddata and its templates replace theirs.
    "cstopa",
    "cstopa.search",
    "cstopa.opendata",
    "cstopa.http.kept",
    "cstopa.publishing",
    "cstopa.working_copies",
    "cstopa.accounts",
    "delegations",
    "delegations.changes",
    "news",
    "news.archive",
    "cstopa.library",
    "cstopa.library.documents",
    "cstopa.pages",
    "cstopa.admin.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    # Of these the second factors alone, and no address: see cstopa.accounts.factors.
    "allauth.account",
    "allauth.mfa",
    "django_filters",
    # For its static files alone: the widget is cstopa.admin.editor.
    "django_prose_editor",
    "django_tasks_db",
    "simple_history",
    "translated_fields",
]

MIDDLEWARE = [
    # Before anything is read of what is public.
    "cstopa.publishing.due.due_middleware",
    # Outside all others: what is kept is the answer as they have left it.
    "cstopa.http.kept.middleware.kept_pages_middleware",
    # What comes before WhiteNoise holds for static files too.
    "cstopa.middleware.policy_headers_middleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # Inside them, for it answers by itself.
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages and data; static files are compressed already. What a page says to one reader alone
    # is a masked token, so its length betrays nothing.
    "cstopa.middleware.CompressingMiddleware",
    # Inside GZip, whose bytes differ each time: a page that is the same is not sent again.
    "django.middleware.http.ConditionalGetMiddleware",
    # Before no cookie is left.
    "cstopa.accounts.reading.reading_staff_middleware",
    "cstopa.middleware.without_cookies_middleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cstopa.middleware.language_middleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "cstopa.middleware.RequireSafeMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cstopa.middleware.lasting_sessions_middleware",
    "cstopa.accounts.zones.own_zone_middleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    # It lets a passkey know for which host it is.
    "allauth.account.middleware.AccountMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "news.old_addresses.old_addresses_middleware",
    "cstopa.middleware.public_errors_middleware",
    # It asks who has signed in, and nothing before it reads what was sent.
    "cstopa.middleware.bounded_bodies_middleware",
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"public": {"()": "django.utils.log.RequireDebugFalse"}},
    "formatters": {"bounded": {"()": "cstopa.http.logs.BoundedFormatter"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "filters": ["public"],
            "formatter": "bounded",
        }
    },
    # Django's own handler is for DEBUG alone: an operator would not learn why a page failed.
    "loggers": {
        "cstopa.accounts": {"handlers": ["stderr"], "level": "WARNING"},
        "django.request": {"handlers": ["stderr"], "level": "ERROR"},
        "django.tasks": {"handlers": ["stderr"], "level": "ERROR"},
    },
}

# What a new site starts with: the fixtures that are loaded while an app has no row.
FIXTURES = {"delegations": ["delegations", "news"], "written": ["pages"]}

ROOT_URLCONF = "cstopa.urls"
WSGI_APPLICATION = "cstopa.wsgi.application"

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

is_sqlite = database["ENGINE"] == "django.db.backends.sqlite3"
# Django's own, which raise the version of the site with each write.
database["ENGINE"] = f"cstopa.http.kept.{'sqlite3' if is_sqlite else 'postgresql'}"
# To open a connection takes longer than to read from it; SQLite's too, which learns its tables anew.
database["CONN_MAX_AGE"] = 600
if is_sqlite:
    options = database.get("OPTIONS", {})
    if database["NAME"] != ":memory:":
        database["NAME"] = BASE_DIR / database["NAME"]
        if options.get("immutable"):
            # A copy to which nobody writes, where nothing can be written either.
            database["NAME"] = f"file:{quote(str(database['NAME']))}?immutable=1"
    database["OPTIONS"] = {
        # Writers wait for one another instead of failing, readers never wait.
        "transaction_mode": "IMMEDIATE",
        "timeout": 5 if SERVING else 20,
        # The log of a file in WAL stands in the file itself: see prepare. Each thread of a worker has
        # a connection, and what it reads again the system has in memory.
        "init_command": "PRAGMA synchronous=NORMAL;" + SERVING * " PRAGMA cache_size=-500;",
    }
else:
    database["CONN_HEALTH_CHECKS"] = True
    defaults = {
        # A server that accepts and says nothing must not outlast gunicorn's patience, 30 seconds.
        "connect_timeout": 4,
        # Nor one whose machine is gone.
        **{"keepalives_idle": 30, "keepalives_interval": 5, "keepalives_count": 3},
        "tcp_user_timeout": 10_000,
    }
    if SERVING:
        defaults["options"] = "-c statement_timeout=8s -c lock_timeout=3s"
    database["OPTIONS"] = defaults | database.get("OPTIONS", {})
DATABASES = {"default": database}
kind = "locmem.LocMemCache" if cache.startswith("locmem") else "redis.RedisCache"
CACHES = {
    "default": {"BACKEND": f"django.core.cache.backends.{kind}", "LOCATION": cache},
    # What {% cache %} keeps, in the memory of each process; templates may change while one develops.
    "template_fragments": {
        "BACKEND": f"django.core.cache.backends.{'dummy.DummyCache' if DEBUG else 'locmem.LocMemCache'}",
        "LOCATION": "template_fragments",
        "OPTIONS": {"MAX_ENTRIES": 1000},
    },
}
# Where no e-mail is configured none is tried.
SENDS_EMAIL = bool(email.scheme)
kind = "console" if email.scheme == "console" else "dummy"
MAILERS = {"default": {"BACKEND": f"django.core.mail.backends.{kind}.EmailBackend"}}
# A site that sends none is whole: what waits for somebody stands at the desk.
SILENCED_SYSTEM_CHECKS = [] if SENDS_EMAIL else ["mail.E001"]
if email.scheme.startswith("smtp"):
    MAILERS["default"] = {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": email.hostname or "localhost",
            "port": port,
            "username": unquote(email.username or ""),
            "password": unquote(email.password or ""),
            "use_ssl": email.scheme == "smtps",
            # The port of senders who have to sign in, which they do encrypted.
            "use_tls": email.scheme == "smtp" and port == 587,
            # Without a worker somebody waits who has saved.
            "timeout": 5,
        },
    }
kind = "django_tasks_db.Database" if WORKER else "django.tasks.backends.immediate.Immediate"
TASKS = {"default": {"BACKEND": f"{kind}Backend"}}

AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "cstopa.accounts.passwords.CommonWordValidator"},
    {"NAME": "cstopa.accounts.passwords.HouseWordsValidator"},
]

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("ru", _("Russian"))]
# makemessages puts the texts of every app here.
LOCALE_PATHS = [BASE_DIR / "cstopa" / "locale"]
FORMAT_MODULE_PATH = "cstopa.locale"
LANGUAGE_COOKIE_HTTPONLY = True
# Not with the browser's end: an editor has chosen it once.
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Europe/Moscow"
USE_TZ = True

# Four texts of an article, each as long as it may be, and every sign in twelve bytes, are 10 MB; a
# document of Word has 20.
DATA_UPLOAD_MAX_MEMORY_SIZE = 21 * 1024 * 1024

# Megabytes of each process in which it keeps pages.
PAGE_MEMORY = env.int("PAGE_MEMORY", 0 if DEBUG else 16) * 1024 * 1024

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", VAR_DIR / "static")
# The desk shows the guide of the docs, with its pictures.
STATICFILES_DIRS = [BASE_DIR / "static", ("guide", BASE_DIR / "docs" / "pictures")]
MEDIA_URL = "/media/"
MEDIA_ROOT = env.path("MEDIA_ROOT", VAR_DIR / "media")
# A folder; or a bucket of a service like S3, of which the variables of its own tools say where it is and
# who asks.
BUCKET = env.str("MEDIA_BUCKET", "")
FOLDER = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
OF_SERVICE = {"BACKEND": "cstopa.library.bucket.Bucket", "OPTIONS": {"bucket_name": BUCKET}}
STORAGES = {
    "default": OF_SERVICE if BUCKET else FOLDER,
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "cstopa.http.staticfiles.OneStylesheetStorage"
    },
}

MFA_ADAPTER = "cstopa.accounts.factors.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# The code of before and the next are taken too: clocks go wrong, and who types takes a moment.
MFA_TOTP_TOLERANCE = 1

# Where who signs in goes who came from nowhere else.
LOGIN_REDIRECT_URL = "admin:index"

# Versions are compared and put back by the writing desk, not by one click here.
SIMPLE_HISTORY_REVERT_DISABLED = True

HTTPS = SITE_URL.startswith("https://")
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
SECURE_REFERRER_POLICY = "same-origin"
# Whether a proxy has spoken HTTPS is for gunicorn to know, which asks who says so: FORWARDED_ALLOW_IPS.
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
# It binds the other hosts of the domain, too.
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS and HSTS_SUBDOMAINS
SESSION_ENGINE = "cstopa.accounts.sessions"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_SECURE = HTTPS
X_FRAME_OPTIONS = "DENY"
