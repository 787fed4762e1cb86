"""What a record would be as an article, as far as it can be said without the others."""

import re
from dataclasses import dataclass, field
from functools import partial

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from cstopa.languages import LANGUAGES, to_attribute
from cstopa.models.codes import FORMER_SLUG, is_former_slug, transliterated
from cstopa.models.fields import readable
from cstopa.models.periods import EARLIEST, LATEST
from delegations.models import Source
from news import old_addresses
from news.importing import texts
from news.models import Article, Topic
from news.numbers import typed_numbers

TEXTS = Article.text_fields()
LISTS = Article.CONCERNS
ADDRESSES = {"old_address": None} | {
    to_attribute("old_address", language): language for language in LANGUAGES
}
NAMES = {"key", "slug", "status", "published_at", "source", *TEXTS, *LISTS, *ADDRESSES}
KEY = re.compile("[A-Za-z0-9_-]{1,100}")
# The code says whose key it was; a code is never used again.
CODE = "archive-{}"
# The key of a row is not known yet, and the rest is asked of all lines at once.
UNCHECKED = {"code", "source"}
CYRILLIC = re.compile("[А-Яа-яЁё]")


@dataclass
class Line:
    """A record as it would be saved: ``values`` by column, ``links`` by field, with the keys of rows
    or the slugs of topics to be made; ``addresses`` with their languages. ``notes`` stop nothing.
    """

    number: int
    key: str = ""
    values: dict = field(default_factory=dict)
    links: dict = field(default_factory=dict)
    addresses: dict = field(default_factory=dict)
    notes: list = field(default_factory=list)
    mistakes: list = field(default_factory=list)

    @property
    def code(self):
        return CODE.format(self.key)


def a_text(value):
    if not isinstance(value, str):
        raise ValidationError("This is a text.")
    return readable(value)


def moment(value):
    """Return a moment; one without an offset is one of Moscow's, a day its midnight."""
    try:
        found = parse_datetime(a_text(value).strip())
    except ValueError:
        found = None
    if found is None:
        raise ValidationError("Write 2003-12-05, 2003-12-05 14:30 or 2003-12-05T14:30:00+03:00.")
    return found if timezone.is_aware(found) else timezone.make_aware(found)


def is_of_our_time(moment):
    return moment is not None and EARLIEST < moment.date() < LATEST


class Checker:
    """Checks records one by one, and remembers where a key stands, and ``topics`` that are to be made.

    ``makes_topics``: a topic that nobody knows is made, by its slug.
    """

    def __init__(self, makes_topics=False):
        self.makes_topics, self.topics = makes_topics, {}
        self._places, self._rows, self._made = {}, {}, {}

    def line(self, number, record):
        """Return the Line of a record, or raise ValidationError."""
        line, errors = Line(number, key=self._key(number, record)), {}
        self._made = {}
        for name, value in record.items():
            try:
                self._read(line, name, value)
            except ValidationError as error:
                errors[name] = error.messages
        if errors:
            raise ValidationError(errors)
        self._complete(line)
        self._check(line)
        self.topics |= self._made
        return line

    def _key(self, number, record):
        key = str(record.get("key", "")).strip()
        if not KEY.fullmatch(key):
            raise ValidationError(
                {"key": "A key has letters of Latin, digits, “-” and “_”, at most 100."}
            )
        if (place := self._places.setdefault(key, number)) != number:
            raise ValidationError({"key": f"Line {place} states it already."})
        return key

    def _read(self, line, name, value):
        if name in ADDRESSES:
            self._read_address(line, value, ADDRESSES[name])
        elif name in LISTS:
            line.links[name] = self._keys(name, value)
        elif name.startswith("body_"):
            body = texts.body(a_text(value))
            line.values[name] = body.html
            if body.pictures:
                line.notes.append(f"{name}: pictures are left out: {body.pictures}.")
        elif name == "published_at":
            line.values[name] = moment(value)
        elif name == "source":
            line.values["source_id"] = self._row(Source, a_text(value))
        elif name != "key":
            line.values[name] = texts.plain(a_text(value)) if name in TEXTS else a_text(value)

    def _read_address(self, line, value, language):
        address = old_addresses.canonical_of(a_text(value))
        line.addresses[address] = language or old_addresses.language_of(address)

    def _keys(self, name, value):
        if not isinstance(value, list):
            raise ValidationError("This is a list.")
        model = Article._meta.get_field(name).related_model
        find = self._topic if model is Topic else partial(self._row, model)
        return {find(a_text(each).strip()) for each in value}

    def _row(self, model, name):
        """Return the key of the row with this slug or code."""
        if name not in self._named(model):
            raise ValidationError(f"There is no {model._meta.verbose_name} {name!r}.")
        return self._named(model)[name]

    def _named(self, model):
        if model not in self._rows:
            columns = {"code", model.natural_key_field}
            self._rows[model] = {
                name: row.pk
                for row in model._base_manager.only(*columns)
                for name in (row.code, *row.natural_key())
            }
        return self._rows[model]

    def _topic(self, name):
        slug = transliterated(name, 100)
        for known in name, slug:
            if key := self._named(Topic).get(known):
                return key
        if not self.makes_topics:
            raise ValidationError(f"There is no topic {name!r}; --create-topics makes it.")
        if slug not in self.topics | self._made:
            topic = Topic(slug=slug, **{"name_ru" if CYRILLIC.search(name) else "name_en": name})
            topic.full_clean(exclude={"code"})
            if is_former_slug(Topic, slug):
                raise ValidationError(FORMER_SLUG)
            self._made[slug] = topic
        return slug

    def _complete(self, line):
        """Give a Line the summaries that it lacks, and what is so unless it is stated."""
        for language in LANGUAGES:
            name = to_attribute("summary", language)
            body = line.values.get(to_attribute("body", language))
            if body and not line.values.get(name):
                line.values[name] = texts.summary(body)
                line.notes.append(f"{name}: made of the first sentences.")
        line.values = (
            dict.fromkeys(TEXTS, "")
            | {"status": Article.Status.PUBLISHED, "published_at": None, "source_id": None}
            | line.values
        )
        line.links = {name: line.links.get(name, set()) for name in LISTS}

    def _check(self, line):
        article = Article(slug="x", code="x")
        for name, value in line.values.items():
            setattr(article, name, value)
        article.clean_fields(exclude=UNCHECKED)
        article.clean()
        complete = article.complete_languages
        # What is whole and of our time keeps every rule: to ask the database takes a fifth of all time.
        if not complete or not is_of_our_time(article.published_at):
            try:
                article.validate_constraints(exclude=UNCHECKED | {"slug"})
            except OverflowError as error:
                # At the ends of the calendar a moment is none in another time zone.
                raise ValidationError({"published_at": "This is no moment of our time."}) from error
        # As they are kept.
        line.values = {name: getattr(article, name) for name in line.values}
        for language in LANGUAGES:
            stated = [name for name in TEXTS if name.endswith(f"_{language}")]
            if language not in complete and any(line.values[name] for name in stated):
                lacking = ", ".join(name for name in stated if not line.values[name])
                line.notes.append(f"not whole, so nobody reads it: {lacking} is empty.")
        if article.status == article.Status.PUBLISHED and article.published_at > timezone.now():
            line.notes.append("published_at: it lies ahead, and readers see it from then.")
        # Where nothing says which one, the language in which it is.
        line.addresses = {
            address: language or (complete or LANGUAGES)[0]
            for address, language in line.addresses.items()
        }
        line.notes += [
            f"{name}: a fact typed as prose: {', '.join(dict.fromkeys(found))}."
            for name in TEXTS
            if (found := typed_numbers(line.values[name]))
        ]
