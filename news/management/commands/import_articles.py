"""Import new articles, as many as an archive has, from JSON Lines: an object a line."""

import json
from dataclasses import dataclass
from itertools import batched
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db import IntegrityError, reset_queries, transaction

from cstopa.management.base import DatabaseCommand
from cstopa.management.commands.loaddata import converted, in_words
from cstopa.models.codes import FORMER_SLUG
from cstopa.models.history import write_first_versions, writing_as
from news.archive import listings
from news.models import Article

# So many are written at once, and after that nothing is remembered of them but their slugs.
BATCH = 500
# After so many lines with a mistake no more are read.
MOST_MISTAKES = 100
COLUMNS = {
    field.name: field
    for field in Article._meta.concrete_fields
    if field.editable and not field.primary_key
}
LINKS = {field.name: field for field in Article._meta.many_to_many}
# Checked by the database: a query for each row would take longer than all else.
UNCHECKED = {"code", "source"}


@dataclass(frozen=True)
class Line:
    """A line of the file as an article, which is not saved, and ``{field: keys}`` of what it is about."""

    number: int
    article: Article
    links: dict


class Command(DatabaseCommand):
    help = "Import new articles from JSON Lines: all of them, or none."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--apply", action="store_true", help="save what is new; without it all is checked alone"
        )

    def handle(self, *, file, apply, **options):
        reader, new, known = Reader(), 0, 0
        try:
            with file.open("rb") as text, writing_as("import_articles"), transaction.atomic():
                for numbered in batched(enumerate(text, 1), BATCH):
                    lines = reader.lines(numbered)
                    fresh = without_known(lines)
                    reader.mistakes += with_former_slugs(fresh)
                    if not reader.mistakes:
                        reader.mistakes += save(fresh)
                    new, known = new + len(fresh), known + len(lines) - len(fresh)
                    if len(reader.mistakes) >= MOST_MISTAKES:
                        break
                    self.stderr.write(f"{numbered[-1][0]} lines")
                    # With DEBUG=1 Django remembers them, texts and all.
                    reset_queries()
                if reader.mistakes:
                    some = reader.mistakes[:MOST_MISTAKES]
                    raise CommandError("\n".join(["Nothing was imported.", *some]))
                transaction.set_rollback(not apply)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        done = "imported" if apply else "would be imported with --apply"
        self.stdout.write(f"{new} articles {done}; {known} were there, and stay as they are.")


class Reader:
    """Reads lines, and remembers by their slugs where an article stands, and every mistake."""

    def __init__(self):
        self.mistakes, self._places, self._keys = [], {}, {}

    def lines(self, numbered):
        """Return the Lines of those that can be read."""
        lines = []
        for number, text in numbered:
            if not text.strip():
                continue
            try:
                line = self._line(number, json.loads(text))
                if (place := self._places.setdefault(line.article.slug, number)) != number:
                    raise ValidationError({"slug": f"Line {place} states it already."})
                lines.append(line)
            except (ValueError, ValidationError) as error:
                self.mistakes += mistakes(number, error)
        return lines

    def _line(self, number, record):
        if not isinstance(record, dict):
            raise ValidationError("A line is an object.")
        article, links, errors = Article(), {}, {}
        for name, value in record.items():
            try:
                if name in LINKS:
                    links[name] = {self._key(LINKS[name], each) for each in value}
                elif name not in COLUMNS:
                    raise ValidationError("There is no such field.")
                elif COLUMNS[name].is_relation:
                    key = value and self._key(COLUMNS[name], value)
                    setattr(article, COLUMNS[name].attname, key)
                else:
                    setattr(article, name, converted(COLUMNS[name], value))
            except (TypeError, ValidationError) as error:
                errors[name] = list(in_words(error))
        if errors:
            raise ValidationError(errors)
        article.clean_fields(exclude=UNCHECKED)
        article.clean()
        return Line(number, article, links)

    def _key(self, field, name):
        """Return the key of the row that a slug, or the code of a source, names."""
        model = field.related_model
        if model not in self._keys:
            rows = model._base_manager.values_list(model.natural_key_field, "pk")
            self._keys[model] = dict(rows)
        if name not in self._keys[model]:
            raise ValidationError(f"There is no {model._meta.verbose_name} {name!r}.")
        return self._keys[model][name]


def mistakes(number, error):
    """Return what is wrong with a line, each in one."""
    return [f"Line {number}: {words}" for words in in_words(error)]


def without_known(lines):
    """Return the lines whose articles are not there yet, so that a file can be imported again."""
    slugs = [line.article.slug for line in lines]
    known = {*Article.objects.filter(slug__in=slugs).values_list("slug", flat=True)}
    return [line for line in lines if line.article.slug not in known]


def with_former_slugs(lines):
    """Return the mistake of each line whose slug was another article's, whose old address it is."""
    slugs = [line.article.slug for line in lines]
    former = {*Article.history.filter(slug__in=slugs).values_list("slug", flat=True)}
    error = ValidationError({"slug": FORMER_SLUG})
    return [
        words
        for line in lines
        if line.article.slug in former
        for words in mistakes(line.number, error)
    ]


def save(lines):
    """Save the articles of lines with all that follows from them; return what the database refused."""
    if not lines:
        return []
    articles = [line.article for line in lines]
    give_codes(articles)
    try:
        with transaction.atomic():
            Article.objects.bulk_create(articles)
    except IntegrityError:
        return [words for line in lines for words in refusal(line)]
    for name, field in LINKS.items():
        own, other = field.m2m_field_name(), field.m2m_reverse_field_name()
        field.remote_field.through._base_manager.bulk_create(
            field.remote_field.through(**{f"{own}_id": line.article.pk, f"{other}_id": key})
            for line in lines
            for key in line.links.get(name, ())
        )
    listings.refresh(Article, [article.pk for article in articles])
    write_first_versions(articles)
    return []


def give_codes(articles):
    """Give the articles their slugs for codes at once, where no row has or had one; else each asks."""
    slugs = [article.slug for article in articles]
    used = {
        code
        for rows in (Article.objects, Article.history)
        for code in rows.filter(code__in=slugs).values_list("code", flat=True)
    }
    for article in articles:
        if article.slug not in used:
            article.code = article.slug


def refusal(line):
    """Return why the database refuses an article, in words; nothing where it does not."""
    try:
        line.article.full_clean(exclude=UNCHECKED)
    except ValidationError as error:
        return mistakes(line.number, error)
    return []
