"""Why something was corrected or deleted, as the house itself says it: kept untranslated, read in the language of a page."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

TAKEN_BACK = gettext_noop("Entered by mistake, and taken back.")
UNMERGED = gettext_noop("The merging was taken back.")
OF_THE_HOUSE = (TAKEN_BACK, UNMERGED)


def reason_in_words(reason):
    """Return a reason as it is read: what somebody wrote as it was written."""
    return _(reason) if reason in OF_THE_HOUSE else reason
