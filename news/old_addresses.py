"""Addresses of before: where no page of ours is, and an article once was, readers are led to it."""

from urllib.parse import parse_qsl, quote_from_bytes, unquote_to_bytes, urlencode, urlsplit

from django.core.exceptions import ValidationError
from django.http import HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.encoding import repercent_broken_unicode

from cstopa.http.addresses import with_ends
from cstopa.http.kept.middleware import never_kept
from cstopa.languages import LANGUAGES
from cstopa.middleware import language_of_path
from cstopa.models.fields import NOT_TEXT
from news.archive.models import OldAddress
from news.models import Article, once_published

LONGEST = OldAddress._meta.get_field("address").max_length
ASCII = "".join(map(chr, range(0x21, 0x7F)))


def canonical(path, query):
    """Return one address for all ways to write it: a ``path`` without percents, a ``query`` in bytes.

    The case of letters stays, the order of a question and a slash at the end do not matter.
    """
    path = path.rstrip("/") or "/"
    # Each byte a letter: a question may be in any encoding.
    pairs = parse_qsl(
        quote_from_bytes(query, safe=ASCII), keep_blank_values=True, encoding="latin-1"
    )
    question = urlencode(sorted(pairs), encoding="latin-1")
    return f"{path}?{question}" if question else path


def canonical_of(address):
    """Return the canonical address of a path or a whole address, or raise ValidationError."""
    try:
        parts = urlsplit(address.strip())
        # As Django reads what is asked for.
        path = repercent_broken_unicode(unquote_to_bytes(parts.path or "/")).decode()
        found = canonical(path, parts.query.encode())
    except ValueError as error:
        raise ValidationError(f"This is no address: {error}.") from error
    if not found.startswith("/") or NOT_TEXT.search(found):
        raise ValidationError("An address is a path from “/”, or begins with https://.")
    if len(found) > LONGEST:
        raise ValidationError(f"An address has at most {LONGEST} characters.")
    return found


def language_of(address):
    """Return the language that the first part of an address names, or None."""
    first = address.split("/")[1].partition("?")[0]
    return first if first in LANGUAGES else None


def page_at(address):
    """Return what of ours is at a canonical address, a ResolverMatch, or None.

    That there is a pattern for it does not say that the page exists.
    """
    path = address.partition("?")[0]
    with translation.override(language_of_path(path)):
        for each in (path, f"{path.rstrip('/')}/"):
            try:
                return resolve(each)
            except Resolver404:
                pass
    return None


def is_apart(path):
    """Return whether a path is of the desk, of files or of machines, where no page ever was."""
    return path.startswith(never_kept())


def leads_to(request):
    """Return where an old address leads, or None: to an article that readers see, or once saw."""
    query = request.META.get("QUERY_STRING", "").encode("latin-1", "replace")
    address = canonical(request.path_info, query)
    if len(address) > LONGEST or NOT_TEXT.search(address):
        return None
    old = OldAddress.objects.filter(address=address).first()
    if old is None:
        return None
    article = Article.objects.published().filter(code=old.code).only("slug").first()
    if article is None:
        # One that was withdrawn says so at its own address.
        versions = once_published(with_ends(Article).filter(code=old.code))
        last = versions.order_by("-history_id").values_list("slug", flat=True).first()
        if last is None:
            return None
        article = Article(slug=last)
    with translation.override(old.language):
        return article.get_absolute_url()


def old_addresses_middleware(get_response):
    """Lead on from an old address where nothing else is found."""

    def middleware(request):
        response = get_response(request)
        is_asked = request.method in {"GET", "HEAD"} and not is_apart(request.path_info)
        if response.status_code == 404 and is_asked and (address := leads_to(request)):
            return HttpResponsePermanentRedirect(address)
        return response

    return middleware
