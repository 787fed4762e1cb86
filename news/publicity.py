"""What readers see of an article, in a sentence for each language."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cstopa.languages import IN_LANGUAGE, LANGUAGES


def moment(value):
    """Return a moment in the time of the Assembly, in words."""
    return date_format(timezone.localtime(value), "DATETIME_FORMAT")


def publicity(article):
    """Return what readers see of an article, and what they lack."""
    is_published = article.status == article.Status.PUBLISHED
    said = [] if is_published else [_("A draft: readers do not see it.")]
    for language in LANGUAGES:
        lacking = article.missing_in(language)
        words = {"language": IN_LANGUAGE[language], "missing": ", ".join(lacking)}
        if is_published:
            words["moment"] = moment(article.published_at)
        said.append(_sentence(article, is_published, lacking) % words)
    if is_published and article.expires_at:
        said.append(_("It expires on %(moment)s.") % {"moment": moment(article.expires_at)})
    if is_published and article.leads_until and article.leads_until > timezone.now():
        words = {"moment": moment(article.leads_until)}
        said.append(_("It leads the home page until %(moment)s.") % words)
    return " ".join(said)


def _sentence(article, is_published, lacking):
    if lacking:
        if len(lacking) == len(article.TRANSLATED):
            return _("Not there %(language)s.")
        text = ngettext(
            "Not whole %(language)s: missing is the %(missing)s.",
            "Not whole %(language)s: missing are %(missing)s.",
            len(lacking),
        )
        return text
    if not is_published:
        return _("Ready %(language)s.")
    if article.is_public:
        return _("Public %(language)s since %(moment)s.")
    return _("Public %(language)s from %(moment)s.")
