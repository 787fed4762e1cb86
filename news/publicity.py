"""What readers see of an article, in a sentence for each language."""

from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from cstopa.languages import IN_LANGUAGE, LANGUAGES
from cstopa.models.periods import moment_in_words
from cstopa.publishing.publicity import lacking, moment
from cstopa.publishing.withdrawing import WHAT_LINKS


def publicity(article):
    """Return what readers see of an article, and what they lack."""
    is_published = article.status == article.Status.PUBLISHED
    said = [] if is_published else [_("A draft: readers do not see it.")]
    if not is_published and article.published_at and article.published_at > timezone.now():
        words = {"moment": moment(article.published_at)}
        said.append(_("Nothing happens on %(moment)s before it is published.") % words)
    words = {"moment": moment(article.published_at)} if is_published else {}
    for language in LANGUAGES:
        whole = _whole(article, is_published) % (words | {"language": IN_LANGUAGE[language]})
        said.append(lacking(article, language) or whole)
    if is_published and article.expires_at:
        said.append(_("It expires on %(moment)s.") % {"moment": moment(article.expires_at)})
    if is_published and article.leads_until and article.leads_until > timezone.now():
        words = {"moment": moment(article.leads_until)}
        said.append(_("It leads the home page until %(moment)s.") % words)
    return " ".join(said)


def _whole(article, is_published):
    if not is_published:
        return _("Ready %(language)s.")
    if article.is_public:
        return _("Public %(language)s since %(moment)s.")
    return _("Public %(language)s from %(moment)s.")


def comes_at_once(article):
    """Return what it means that an article, which waits for its moment, is public now."""
    words = _("It waits until %(moment)s. Saved so, readers see it at once.")
    return words % {"moment": moment_in_words(article.published_at)}


def leaves_until(until, links):
    """Return what it means, as HTML, that a public article is so from a moment on; of ``links`` to it too."""
    words = _("Readers see it now. Until %(moment)s they would see it no more.")
    words %= {"moment": moment_in_words(until)}
    return format_html("{} {}", words, format_html(WHAT_LINKS, links=links)) if links else words
