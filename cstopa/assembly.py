"""The Assembly's own name, stated once for every page, feed and file."""

from django.utils.translation import gettext_lazy as _

NAME = _("Parliamentary Assembly of the Collective Security Treaty Organization")
# Translators: the short name of the Parliamentary Assembly, as it calls itself.
SHORT_NAME = _("CSTO PA")
