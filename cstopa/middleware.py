"""What surrounds every request: policies, cookies, language, methods and errors."""

import threading
import time

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import (
    Http404,
    HttpResponseNotAllowed,
    HttpResponseNotFound,
    HttpResponsePermanentRedirect,
    UnreadablePostError,
)
from django.middleware.common import CommonMiddleware
from django.middleware.gzip import GZipMiddleware
from django.urls import reverse_lazy
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.deprecation import MiddlewareMixin
from django.utils.http import escape_leading_slashes

from cstopa.http import LARGEST_OF_ANYBODY
from cstopa.http.errors import TooLarge, bad_request, not_found, unavailable
from cstopa.languages import LANGUAGES
from cstopa.library.files import TYPES
from cstopa.working_copies.unsent import fields_of

# What this site never asks of a reader's machine, nor lets anybody ask in its name. A browser
# complains of a name that it does not know, so newer ones are left out.
DENIED = (
    *("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen"),
    *("geolocation", "gyroscope", "hid", "magnetometer", "microphone", "midi", "payment"),
    *("picture-in-picture", "publickey-credentials-get", "screen-wake-lock", "serial", "usb"),
    "xr-spatial-tracking",
)
PERMISSIONS = ", ".join(f"{feature}=()" for feature in DENIED)
# Who signs in may have a passkey.
PERMISSIONS_AT_DESK = PERMISSIONS.replace("credentials-get=()", "credentials-get=(self)")


# Of the threads of a worker, those that may wait for what an editor sends slowly: the others go on
# reading. What anybody sends is whole when it has one (PatientWorker).
bodies = threading.BoundedSemaphore(2)
# Seconds after which who was turned away may ask again.
RETRY_AFTER = 10

DESK = (reverse_lazy("admin:index"), reverse_lazy("set_language"))


def at_desk(request):
    """Return whether an editor is asked who they are: at the desk and where its language is chosen."""
    return request.path_info.startswith(tuple(map(str, DESK)))


# Of what pages of others show in a frame: it loads nothing, and sends nothing anywhere.
EMBEDDED = {
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors *",
    "Cross-Origin-Embedder-Policy": "require-corp",
}


def may_be_framed(request):
    """Return whether the view that was asked says so of what it answers."""
    match = request.resolver_match
    return match is not None and getattr(match.func, "may_be_framed", False)


def policy_headers_middleware(get_response):
    """What holds for every answer: no permission, no embedding elsewhere, and when to ask again."""

    def middleware(request):
        response = get_response(request)
        is_open = response.headers.get("Access-Control-Allow-Origin") == "*"
        if may_be_framed(request) and response.status_code in {200, 304}:
            # Also of an answer that Django made anew, such as 304.
            is_open = True
            del response.headers["X-Frame-Options"]
            for name, value in EMBEDDED.items():
                response.headers[name] = value
        response.headers["Permissions-Policy"] = (
            PERMISSIONS_AT_DESK if at_desk(request) else PERMISSIONS
        )
        response.headers["Cross-Origin-Resource-Policy"] = (
            "cross-origin" if is_open else "same-origin"
        )
        if response.status_code in {301, 308, 410}:
            # A browser would keep it for ever: what was withdrawn comes back, and names are given back.
            response.headers.setdefault("Cache-Control", "no-cache")
        if response.status_code == 503:
            response.headers["Retry-After"] = str(RETRY_AFTER)
        return response

    return middleware


def without_cookies_middleware(get_response):
    """Outside the desk no cookie is read, beside that of a session, for who may edit what is shown.

    Django answers a broken one with another, and what is the same for everybody sets none.
    """

    def middleware(request):
        if not at_desk(request):
            request.META.pop("HTTP_COOKIE", None)
        return get_response(request)

    return middleware


def language_of_path(path):
    """Return the language that an address speaks: that of its first part, or else the default."""
    first = path.split("/")[1:2]
    return first[0] if first and first[0] in LANGUAGES else settings.LANGUAGE_CODE


def language_middleware(get_response):
    """Let public pages speak the language of their address, the desk the editor's own.

    Django's middleware gives an address without a prefix the default language, the desk included.
    """

    def middleware(request):
        is_at_desk = at_desk(request)
        if is_at_desk:
            language = translation.get_language_from_request(request)
        else:
            language = language_of_path(request.path_info)
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = get_response(request)
        if is_at_desk:
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
        response.headers.setdefault("Content-Language", language)
        # An empty one is of what is in no language, or in several.
        if not response.headers["Content-Language"]:
            del response.headers["Content-Language"]
        return response

    return middleware


class CompressingMiddleware(GZipMiddleware):
    """Compresses pages and data. A picture or a document is compressed already, and a part of it is one of the file."""

    def process_response(self, request, response):
        if response.headers.get("Content-Type") in TYPES.values():
            return response
        return super().process_response(request, response)


class RequireSafeMiddleware(MiddlewareMixin):
    """A page is read, and nothing else, whatever makes it.

    Without it Django's classes of views would answer OPTIONS, and functions not. What anybody's
    program may ask is exempt from tokens, and knows its own methods.
    """

    def process_view(self, request, view, args, kwargs):
        is_page = hasattr(view, "view_class") and not getattr(view, "csrf_exempt", False)
        if is_page and request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return None


# Where a session says when it was renewed, and after how many seconds of work it is again.
RENEWED, RENEWED_EVERY = "renewed", 600


def renew(request):
    """Let a session last from now on for as long as one does."""
    request.session[RENEWED] = int(time.time())


def is_presence(request):
    """Return whether a form says that it is open, and nothing was written in it."""
    name = getattr(request.resolver_match, "url_name", None) or ""
    return name.endswith("_working_copy") and not fields_of(request.POST)


def lasting_sessions_middleware(get_response):
    """Let a session last while one works; a form that is written says so every few seconds.

    Django counts from the sign-in. Who only reads renews nothing, and waits for nobody who saves; nor does a
    form that was left open, which says no more than that.
    """

    def middleware(request):
        response = get_response(request)
        is_at_work = request.method == "POST" and at_desk(request)
        if is_at_work and not is_presence(request) and request.user.is_authenticated:
            age = time.time() - request.session.get(RENEWED, 0)
            if age > RENEWED_EVERY:
                renew(request)
        return response

    return middleware


def public_errors_middleware(get_response):
    """Answer what the public would see, where Django would list its patterns or fail.

    Its page about a question with too many parts reads the question once more, and it refuses to
    add the missing slash to an address to which something is sent.
    """
    slashes = CommonMiddleware(get_response)

    def middleware(request):
        try:
            response = get_response(request)
        except SuspiciousOperation as exception:
            return bad_request(request, exception)
        if settings.DEBUG and type(response) is HttpResponseNotFound:
            if slashes.should_redirect_with_slash(request):
                address = request.get_full_path(force_append_slash=True)
                return HttpResponsePermanentRedirect(escape_leading_slashes(address))
            return not_found(request, Http404())
        return response

    return middleware


def bounded_bodies_middleware(get_response):
    """Read what is sent before anything looks into it, and refuse what is too much.

    Django bounds fields, and not files; for the token of a form it reads whatever anybody sends.
    """

    def middleware(request):
        if request.META.get("HTTP_TRANSFER_ENCODING"):
            # Of no stated length: Django reads nothing of it, and a form would arrive empty.
            return bad_request(request, BadRequest())
        try:
            size = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            size = 0
        if not size:
            return get_response(request)
        is_large = size > LARGEST_OF_ANYBODY
        if is_large:
            is_known = at_desk(request) and request.user.is_authenticated
            largest = settings.DATA_UPLOAD_MAX_MEMORY_SIZE if is_known else LARGEST_OF_ANYBODY
            if size > largest:
                return bad_request(request, TooLarge(largest))
            if not bodies.acquire(blocking=False):
                return unavailable(request, "Others are sending.")
        try:
            # Django reads the fields of a form from it.
            _ = request.body
        except UnreadablePostError as exception:
            return bad_request(request, exception)
        finally:
            if is_large:
                bodies.release()
        return get_response(request)

    return middleware
