"""What readers lack of a row, in words."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cstopa.languages import IN_LANGUAGE


def moment(value):
    """Return a moment in the time of the Assembly, in words."""
    return date_format(timezone.localtime(value), "DATETIME_FORMAT")


def lacking(row, language):
    """Return a sentence of what a row lacks in a language, or nothing where it is whole."""
    missing = row.missing_in(language)
    if not missing:
        return ""
    text = ngettext(
        "Not whole %(language)s: missing is the %(missing)s.",
        "Not whole %(language)s: missing are %(missing)s.",
        len(missing),
    )
    if len(missing) == len(row.TRANSLATED):
        text = _("Not there %(language)s.")
    return text % {"language": IN_LANGUAGE[language], "missing": ", ".join(missing)}
