"""What a password may not be, beside Django's own rules."""

import re
import string
import unicodedata
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import override

# Shorter ones are in many words; an abbreviation is rarely longer.
SHORTEST, SHORTEST_CAPITALS = 4, 3
# The last part of a host is a country or a kind, and the first says nothing.
USUAL = {"www", "localhost"}


def folded(text):
    """Return a text as passwords are compared: in any case, without what stands between the letters."""
    text = unicodedata.normalize("NFKC", str(text)).casefold()
    return re.sub(r"[\W_]", "", text)


def words_in(text):
    """Return the words of a name that tell of whom it is, abbreviations included."""
    words = set(re.findall(r"[^\W_]+", str(text)))
    return {
        each.casefold()
        for each in words
        if len(each) >= (SHORTEST_CAPITALS if each.isupper() else SHORTEST)
    }


def words_of_the_house():
    """Return the words of the Assembly's names in each language, and of the hosts of its site."""
    words = set()
    for language, _name in settings.LANGUAGES:
        with override(language):
            for name in (settings.ASSEMBLY_NAME, settings.ASSEMBLY_SHORT_NAME):
                words |= words_in(name)
    for host in (urlsplit(settings.SITE_URL).hostname or "", *settings.ALLOWED_HOSTS):
        *labels, _last = host.strip(".").split(".")
        for label in labels or [host]:
            words |= words_in(label) - USUAL
    return {each for each in words if not each.isdigit()}


def words_of(account):
    """Return the names of an account, of which it may have none yet."""
    names = ("username", "first_name", "last_name")
    texts = [getattr(account, name, "") for name in names]
    texts.append(getattr(account, "email", "").partition("@")[0])
    return {word for text in texts for word in words_in(text)}


class HouseWordsValidator:
    """Refuses a password with a word that whoever guesses tries first: the house's, or the account's own."""

    def validate(self, password, user=None):
        typed = folded(password)
        # The longest first: it is the one that was meant.
        for word in sorted(words_of_the_house() | words_of(user), key=len, reverse=True):
            if word in typed:
                words = _("This password has “%(word)s” in it, which whoever guesses tries first.")
                raise ValidationError(words % {"word": word}, code="password_house_word")

    def get_help_text(self):
        return _(
            "Your password can have no word of the assembly’s name or of the site’s address in it, and no name of yours."
        )


class CommonWordValidator(CommonPasswordValidator):
    """Django's, also where digits and signs stand around a common password, as in Password2026."""

    AROUND = string.digits + string.punctuation + string.whitespace

    def validate(self, password, user=None):
        super().validate(password, user)
        if core := password.strip(self.AROUND):
            super().validate(core, user)
