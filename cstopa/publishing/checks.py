"""What is looked at before a row goes public: errors stop it, warnings ask."""

import re
from copy import copy

from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from cstopa.admin.asking import AskingForm, Finding
from cstopa.hyperlinks.anchors import anchors
from cstopa.hyperlinks.inside import MOST, State, follow, path_inside
from cstopa.languages import IN_LANGUAGE, LANGUAGES, language_of, to_attribute
from cstopa.library.galleries import lacking
from cstopa.library.models import Upload
from cstopa.models.richtext import SanitisedHTMLField, in_plain_words
from cstopa.publishing.models import Answer
from cstopa.publishing.models.versions import newest_public

# Search engines and lists show about so many signs of a headline.
LONGEST_HEADLINE = 90
HEADING = re.compile(r"<h([2-6])>(.*?)</h\1>", re.DOTALL)
# Words of a link that do not say where it leads.
SAYS_NOTHING = {
    *("click", "click here", "here", "link", "more", "read more", "see here", "this link"),
    *("далее", "здесь", "читать далее", "нажмите здесь", "нажмите сюда", "перейти", "подробнее"),
    *("подробнее здесь", "подробнее тут", "по ссылке", "сюда", "ссылка", "тут", "эта ссылка"),
}
NO_LETTERS = re.compile(r"[\W_]+")


def missing(row):
    """Return an error for each field that a row lacks, where it is whole in no language."""
    if row.complete_languages:
        return []
    lacking = {
        language: [
            name for name in row.TRANSLATED if not getattr(row, to_attribute(name, language))
        ]
        for language in LANGUAGES
    }
    # The language in which most is there.
    language = min(LANGUAGES, key=lambda each: len(lacking[each]))
    text = _("Without it nothing goes public %(language)s.") % {"language": IN_LANGUAGE[language]}
    return [Finding(to_attribute(name, language), text) for name in lacking[language]]


def warnings(row, shown=str):
    """Return what readers of a row may stumble over; ``shown`` is what they see of a plain text."""
    return [
        *_not_translated(row),
        *_long_headlines(row, shown),
        *(
            Finding(name, words)
            for name, html in _bodies(row)
            for words in (*_of_headings(html), *_of_anchors(html), *_of_pictures(html))
        ),
    ]


def _not_translated(row):
    for language in LANGUAGES:
        if language not in row.complete_languages:
            text = _("It is not whole %(language)s: those readers are shown the other language.")
            first = next(
                name for name in row.TRANSLATED if not getattr(row, to_attribute(name, language))
            )
            yield Finding(to_attribute(first, language), text % {"language": IN_LANGUAGE[language]})


def _long_headlines(row, shown):
    for language in row.complete_languages:
        name = to_attribute(row.TRANSLATED[0], language)
        length = len(shown(getattr(row, name)))
        if length > LONGEST_HEADLINE:
            text = _("It has %(length)d signs: of more than %(most)d lists show the beginning.")
            yield Finding(name, text % {"length": length, "most": LONGEST_HEADLINE})


def _bodies(row):
    """Yield the name and the HTML of each formatted text that goes public."""
    for field in row._meta.fields:
        if isinstance(field, SanitisedHTMLField) and (
            language_of(field) in ("", *row.complete_languages)
        ):
            yield field.name, getattr(row, field.name)


def _of_headings(html):
    above = 1
    for digit, words in HEADING.findall(html):
        level = int(digit)
        if level > above + 1:
            text = _("“%(heading)s” is a heading of level %(level)d under one of level %(above)d.")
            heading = Truncator(in_plain_words(words)).chars(60)
            yield text % {"heading": heading, "level": level, "above": above}
        above = level


def _of_anchors(html):
    for anchor in anchors(html):
        if NO_LETTERS.sub(" ", anchor.words.casefold()).strip() in SAYS_NOTHING:
            text = _("The link “%(words)s” does not say where it leads.")
            yield text % {"words": anchor.words}


def _of_pictures(html):
    codes = lacking(html)
    waiting = {each.code for each in Upload.objects.of_codes(codes)} if codes else ()
    for code in codes:
        if code in waiting:
            text = _(
                "The picture %(code)s waits to be described: readers see nothing in its place."
            )
        else:
            text = _("There is no picture %(code)s: readers see nothing in its place.")
        yield text % {"code": code}


class Links:
    """The links of a row inside the site, of which some stop it, some are asked about.

    Of those that readers see already, in ``public`` and the same language, it is advised alone.
    The addresses of what goes public ``together`` with it are not looked at.
    """

    def __init__(self, row, public=None, together=(), follow=follow):
        self.errors, self.warnings, self.advice = [], [], []
        own = {*addresses(row), *together}
        seen = set(_hrefs(public)) if public else set()
        found, said = {}, set()
        for name, html in _bodies(row):
            page = _address(row, language_of(row._meta.get_field(name)))
            for anchor in anchors(html):
                address = path_inside(anchor.href, page)
                if address is None or address.partition("?")[0] in own:
                    continue
                if address not in found:
                    if len(found) == MOST:
                        text = _("Of its links inside the site the first %(most)d were looked at.")
                        self.advice.append(text % {"most": MOST})
                        return
                    found[address] = follow(address)
                is_seen = (name, anchor.href) in seen
                # One that is seen in the one language may be new in the other.
                if not said & {(address, is_seen), (address, False)}:
                    said.add((address, is_seen))
                    self._say(name, anchor.href, found[address], is_seen)

    def _say(self, name, href, inside, is_seen):
        words, found = {"link": href, "address": inside.address}, self.errors
        match inside.state:
            case State.DEAD:
                text = _("The link %(link)s leads to no page of this site.")
            case State.GONE:
                text = _("The link %(link)s leads to a page that was withdrawn.")
            case State.AT_DESK:
                text = _("The link %(link)s leads to the desk, where readers cannot go.")
            case State.NOT_YET:
                text = _("The link %(link)s leads to what readers do not see yet.")
                found = self.warnings
            case State.MOVED:
                text = _("The link %(link)s leads on to %(address)s: write that.")
                self.advice.append(text % words)
                return
            case _:
                return
        if is_seen:
            self.advice.append(text % words)
        else:
            found.append(Finding(name, text % words))


def _hrefs(row):
    for name, html in _bodies(row):
        yield from ((name, anchor.href) for anchor in anchors(html))


def _address(row, language):
    # Of a row without an address what is relative leads nowhere else than of any other.
    with translation.override(language or translation.get_language()):
        return row.get_absolute_url()


def addresses(row):
    """Return the paths of a row, one for each language."""
    return [_address(row, language) for language in LANGUAGES]


class CheckedForm(AskingForm):
    """A form of which some saves make a row public; those are stopped by errors, and ask once.

    What readers see already with the same fault is not asked about again, nor what the same account has
    answered since it was last public. The page of the desk says whose ``account`` it is.
    """

    account = None
    new_answers = ()
    # The newest version that was public when it was asked.
    public_version = 0
    # Where a link leads on, for who saves.
    outcome = ""
    # The button that has it published, where it is no value of a field: it carries the answer then.
    publishing_button = ""

    @property
    def asking_button(self):
        if self.publishing_button in self.data:
            return self.publishing_button
        return super().asking_button

    def goes_public(self, row, cleaned):
        """Return whether this save lets readers see the row, now or at a moment."""
        raise NotImplementedError

    def public_row(self, cleaned):
        """Return the row as readers see it before the save, or None."""
        raise NotImplementedError

    def was_public(self, version):
        """Return whether readers saw a version of the row: of what others made of it they see all."""
        return False

    def row_from(self, cleaned):
        """Return the row that would be public, with its texts and not saved."""
        row = copy(self.public_row(cleaned) or self.instance)
        for field in row._meta.concrete_fields:
            if field.name in cleaned:
                setattr(row, field.name, cleaned[field.name])
        return row

    def values_of(self, row):
        """Return the cleaned values beside texts of which warnings speak, as a row has them."""
        return {}

    def warnings_of(self, row, cleaned):
        """Return the Findings of a row with the ``cleaned`` values of a form."""
        return warnings(row)

    def clean(self):
        cleaned = super().clean()
        row = self.row_from(cleaned)
        if not self.goes_public(row, cleaned):
            return cleaned
        self.is_publishing = True
        if self.merge and self.merge.others and not self.was_public(self.merge.seen):
            text = _("Others have saved this since you opened it: read it, then save it once more.")
            self.add_error(None, text)
        for finding in missing(row):
            if not self.has_error(finding.field):
                self.add_error(finding.field, finding.words)
        public = self.public_row(cleaned)
        links = Links(row, public if public and public.is_public else None)
        for finding in links.errors:
            self.add_error(finding.field, finding.words)
        self.outcome = " ".join(dict.fromkeys(links.advice))
        self._ask([*self.warnings_of(row, cleaned), *links.warnings], cleaned)
        return cleaned

    def _ask(self, found, cleaned):
        public = self.public_row(cleaned)
        known = set(self.warnings_of(public, self.values_of(public))) if public else set()
        self.ask_of_words([each for each in found if each not in known])

    def ask_of_words(self, found):
        """Ask what its account has not answered yet for the same words, while readers see the same."""
        if not found:
            return
        self.public_version = newest_public(self.public_row(self.cleaned_data) or self.instance)
        answered = set()
        if self.instance.pk:
            held = {"by": self.account, "public_version": self.public_version}
            before = Answer.objects.of(self.instance).filter(**held)
            answered = set(before.values_list("question", flat=True))
        new = [each for each in found if each.key not in answered]
        self.ask(new)
        # They are, where it is saved.
        self.new_answers = [*self.new_answers, *(each.key for each in new)]

    def _save_m2m(self):
        super()._save_m2m()
        if self.new_answers:
            Answer.objects.keep(self.instance, self.account, self.public_version, self.new_answers)
