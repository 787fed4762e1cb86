"""Why something was corrected or deleted, as the house itself says it: kept untranslated, read in the language of a page."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

TAKEN_BACK = gettext_noop("Entered by mistake, and taken back.")
UNMERGED = gettext_noop("The merging was taken back.")
# By what is stored: at first that was in the language of whoever undid.
OF_THE_HOUSE = {
    TAKEN_BACK: TAKEN_BACK,
    UNMERGED: UNMERGED,
    "Внесено по ошибке и отменено.": TAKEN_BACK,
    "Слияние отменено.": UNMERGED,
}


def reason_in_words(reason):
    """Return a reason as it is read: what somebody wrote as it was written."""
    return _(OF_THE_HOUSE[reason]) if reason in OF_THE_HOUSE else reason
