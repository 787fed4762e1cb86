"""Settings: the only reader of the environment.

Without ``DEBUG=1`` a missing ``SECRET_KEY`` or ``ALLOWED_HOSTS`` stops the start.
"""

import os
import sys
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"


def required(name, development, why):
    """Return an environment variable; ``development`` stands in where DEBUG=1."""
    value = os.environ.get(name, "").strip(" ,")
    if value:
        return value
    if DEBUG:
        return development
    sys.exit(f"{name} is not set: {why} (DEBUG=1 starts a development site without it).")


def address(name, default, *schemes):
    """Return the parts of the address in an environment variable; one sentence where it is none."""
    url = os.environ.get(name, "").strip() or default
    try:
        parts = urlsplit(url)
        # Read here, since it is only understood when it is asked for.
        _port = parts.port
    except ValueError as error:
        sys.exit(f"{name} cannot be read: {error}.")
    if parts.scheme not in schemes or not url.lower().startswith(f"{parts.scheme}://"):
        sys.exit(f"{name} starts with none of {', '.join(f'{each}://' for each in schemes)}.")
    return parts


def database(parts):
    """Translate ``sqlite:///path`` or ``postgres://user:password@host:port/name?option=value``."""
    if parts.scheme == "sqlite":
        # sqlite:///relative/path and sqlite:////absolute/path, as is usual.
        name = unquote(parts.path.removeprefix("/")) or ":memory:"
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": name if name == ":memory:" else BASE_DIR / name,
            "OPTIONS": {
                # Writers wait for one another instead of failing, readers never wait.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.removeprefix("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        # The folder of a Unix socket, for one: ?host=/run/postgresql
        # A server that accepts and says nothing must not outlast gunicorn's patience, 30 seconds.
        "OPTIONS": {"connect_timeout": "4"} | dict(parse_qsl(parts.query)),
    }


def cache(parts):
    """Translate ``locmem://`` or ``redis://host:port/number``."""
    if parts.scheme == "locmem":
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": parts.geturl()}


def mailer(parts):
    """Translate ``console://`` or ``smtp[s]://user:password@host:port``."""
    if parts.scheme == "console":
        return {"BACKEND": "django.core.mail.backends.console.EmailBackend"}
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": parts.hostname or "localhost",
            "port": parts.port or (465 if parts.scheme == "smtps" else 25),
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_ssl": parts.scheme == "smtps",
        },
    }


def site_url(parts):
    """Return the start of absolute addresses, without a slash at the end."""
    if not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
        sys.exit("SITE_URL is a scheme and a host, such as https://assembly.example.")
    if "*" in parts.hostname:
        sys.exit("SITE_URL is not set, and ALLOWED_HOSTS does not name the one host of the site.")
    return f"{parts.scheme}://{parts.netloc.lower()}"


DEBUG = os.environ.get("DEBUG") == "1"
# The style page is for who writes the site, and not for its readers.
STYLEGUIDE = os.environ.get("STYLEGUIDE") == "1"
SECRET_KEY = required(
    "SECRET_KEY", "development-only-" * 4, "it signs sessions, so it is long and secret"
)
ALLOWED_HOSTS = required(
    "ALLOWED_HOSTS",
    "localhost,127.0.0.1,[::1]",
    "it lists, with commas, the host names of this site",
)
ALLOWED_HOSTS = [host.strip() for host in ALLOWED_HOSTS.split(",") if host.strip()]
# Absolute addresses come from here, never from the request's host.
SITE_URL = site_url(
    address(
        "SITE_URL",
        "http://127.0.0.1:8000" if DEBUG else f"https://{ALLOWED_HOSTS[0].lstrip('.')}",
        *("https", "http"),
    )
)

# Stated once for every page, feed and file.
ASSEMBLY_NAME = _("Parliamentary Assembly of the Collective Security Treaty Organization")
# Translators: the short name of the Parliamentary Assembly, as it calls itself.
ASSEMBLY_SHORT_NAME = _("CSTO PA")

INSTALLED_APPS = [
    # Before Django's own apps: its loaddata and its templates replace theirs.
    "cstopa",
    "cstopa.search",
    "delegations",
    "news",
    "news.archive",
    "cstopa.pages",
    "cstopa.admin.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django_filters",
    "simple_history",
    "translated_fields",
]

MIDDLEWARE = [
    # What comes before WhiteNoise holds for static files too.
    "cstopa.middleware.policy_headers_middleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages and data; static files are compressed already. What a page says to one reader alone
    # is a masked token, so its length betrays nothing.
    "django.middleware.gzip.GZipMiddleware",
    # Inside GZip, whose bytes differ each time: a page that is the same is not sent again.
    "django.middleware.http.ConditionalGetMiddleware",
    "cstopa.middleware.without_cookies_middleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cstopa.middleware.LanguageMiddleware",
    "cstopa.middleware.as_of_middleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "cstopa.middleware.RequireSafeMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "cstopa.middleware.public_errors_middleware",
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"public": {"()": "django.utils.log.RequireDebugFalse"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "filters": ["public"]}},
    # Django's own handler is for DEBUG alone: an operator would not learn why a page failed.
    "loggers": {"django.request": {"handlers": ["stderr"], "level": "ERROR"}},
}

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

DATABASES = {
    "default": database(
        address("DATABASE_URL", "sqlite:///var/db.sqlite3", "sqlite", "postgres", "postgresql")
    )
}
CACHES = {"default": cache(address("CACHE_URL", "locmem://", "locmem", "redis", "rediss"))}
MAILERS = {
    "default": mailer(
        address(
            "EMAIL_URL",
            "console://" if DEBUG else "smtp://localhost",
            *("smtp", "smtps", "console"),
        )
    )
}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("ru", _("Russian"))]
# makemessages puts the texts of every app here.
LOCALE_PATHS = [BASE_DIR / "cstopa" / "locale"]
FORMAT_MODULE_PATH = "cstopa.locale"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Europe/Moscow"
USE_TZ = True

# Four texts of an article, each as long as it may be, and every sign in twelve bytes.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT") or VAR_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT") or VAR_DIR / "media")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "cstopa.http.staticfiles.OneStylesheetStorage"
    },
}

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
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_SECURE = HTTPS
X_FRAME_OPTIONS = "DENY"
