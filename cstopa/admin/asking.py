"""What a form asks before it saves: the save stops once, and the answer is to what was read."""

from hashlib import blake2s
from typing import NamedTuple

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _

# What is sent with a save that is meant although something was asked: the questions that were read, by
# the tick beside them, by the button that answers, and of those before by the form itself.
ALL_THE_SAME = "_all_the_same"


class Finding(NamedTuple):
    """A sentence about a field of a row."""

    field: str
    words: str

    @property
    def key(self):
        return blake2s(f"{self.field} {self.words}".encode(), digest_size=8).hexdigest()


class AskingForm(forms.ModelForm):
    """A form that asks once whether something is meant."""

    asked = answered = ()
    # Whether what is asked about goes public by the answer.
    is_publishing = False

    @staticmethod
    def links_to(row):
        """Return links to the texts that link to a row, as HTML. The page of the desk says how."""
        return ""

    def ask(self, findings):
        names = {ALL_THE_SAME, self.asking_button}
        sent = {*" ".join(each for name in names for each in self.data.getlist(name)).split()}
        self.answered = [*self.answered, *(each for each in findings if each.key in sent)]
        still = [each for each in findings if each.key not in sent]
        if not still:
            return
        self.asked = [*self.asked, *still]
        if not self.errors:
            self.add_error(None, _("Nothing was saved yet: something is asked."))

    def ask_of_links(self, name, text):
        """Ask at a field about the texts that link to the row, where ``text`` has its {links}."""
        if links := self.links_to(self.instance):
            self.ask([Finding(name, format_html(text, links=links))])

    @property
    def asking_button(self):
        """The name of the button that answers, whose value is the answer."""
        return ALL_THE_SAME

    @property
    def asking_words(self):
        return _("Publish all the same") if self.is_publishing else _("Save all the same")

    @property
    def asked_keys(self):
        return " ".join(finding.key for finding in self.asked)

    @property
    def answered_keys(self):
        return " ".join(finding.key for finding in self.answered)

    @property
    def questions(self):
        """Return what is asked, each with its field, or None where the form does not have it."""
        return [(self[name] if name in self.fields else None, words) for name, words in self.asked]

    @property
    def only_asks(self):
        """Return whether nothing but the questions keeps it from being saved."""
        is_only = sum(map(len, self.errors.values())) == len(self.non_field_errors()) == 1
        return bool(self.asked) and is_only
