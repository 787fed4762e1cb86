"""Lines compared with the articles that are there, and written."""

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db import IntegrityError, transaction

from cstopa.library import placements
from cstopa.library.documents import references as linking
from cstopa.management.commands.loaddata import in_words
from cstopa.models.codes import FORMER_SLUG, transliterated
from cstopa.models.history import write_first_versions
from news.archive import listings
from news.archive.models import OldAddress
from news.importing.checking import LISTS, UNCHECKED
from news.models import Article
from news.old_addresses import is_apart, page_at

WRITER = "import_articles"
# As many as SQLite takes parameters in any version that Django knows.
BATCH = 500
DELETED = "skipped", "it was deleted here"


class Saver:
    """Says of each Line what it is, and writes it if ``is_applied``.

    ``topics`` are rows to be made, by slug. Slugs and addresses are remembered of all lines: nothing
    that one of them takes is another's.
    """

    def __init__(self, topics, is_applied):
        self.is_applied = is_applied
        self._topics = topics
        # {slug: code}, {address: (number, code, language)}
        self._slugs, self._addresses = {}, {}
        if is_applied:
            for topic in topics.values():
                topic.save()

    def outcomes(self, lines):
        """Yield pairs of a Line, of a batch, and what it is: ``(kind, words)``."""
        codes = [line.code for line in lines]
        rows = {row.code: row for row in Article.objects.filter(code__in=codes)}
        links = linked([row.pk for row in rows.values()])
        used = Article.history.filter(code__in=codes).order_by().values_list("code", flat=True)
        gone = {*used} - rows.keys()
        taken = self._taken(lines)
        new = []
        for line in lines:
            row = rows.get(line.code)
            try:
                if line.code in gone:
                    outcome = DELETED
                elif row is None:
                    new.append(self._new(line, taken))
                    outcome = "new", new[-1][1].get_absolute_url()
                else:
                    outcome = self._known(line, row, links[row.pk], taken)
            except ValidationError as error:
                yield line, ("wrong", "; ".join(in_words(error)))
                continue
            for address, language in line.addresses.items():
                line.notes += self._note_address(line, address, language)
            yield line, outcome
        if new and self.is_applied:
            self._insert(new)

    def _taken(self, lines):
        """Return ``{slug: code}`` of those that the lines might take, and others have or had."""
        slugs = {slug for line in lines for slug in candidates(line)}
        some = {}
        for rows in (Article.history, Article.objects):
            some |= dict(rows.filter(slug__in=slugs).values_list("slug", "code"))
        return some

    def _new(self, line, taken):
        article = Article(code=line.code)
        for slug in candidates(line):
            owner = taken.get(slug) or self._slugs.get(slug)
            if owner is None:
                article.slug = slug
                break
        else:
            raise ValidationError({"slug": FORMER_SLUG})
        self._slugs[article.slug] = line.code
        for name, value in line.values.items():
            if name != "slug":
                setattr(article, name, value)
        return line, article

    def _known(self, line, row, before, taken):
        """Update the row of a Line where they differ, unless somebody else wrote it."""
        self._slugs[row.slug] = line.code
        changed = [name for name, value in line.values.items() if getattr(row, name) != value]
        links = {name: self._keys(keys) for name, keys in line.links.items()}
        changed += [name for name, keys in links.items() if keys != before[name]]
        if not changed:
            return "skipped", "it is as it was"
        if self.is_applied:
            # Whoever saves it at this moment is waited for.
            row = Article.objects.select_for_update().filter(pk=row.pk).first()
        if row is None:
            return DELETED
        if not is_as_imported(row):
            return "skipped", "changed at the desk: left as it is"
        slug = line.values.get("slug", row.slug)
        owner = self._slugs.get(slug) or taken.get(slug) or line.code
        if owner != line.code:
            raise ValidationError({"slug": FORMER_SLUG})
        self._slugs[slug] = line.code
        for name in changed:
            if name not in links:
                setattr(row, name, line.values[name])
        row.full_clean(exclude=UNCHECKED)
        if self.is_applied:
            row.save()
            for name in LISTS:
                if name in changed:
                    getattr(row, name).set(links[name])
            linking.link(row)
        return "changed", ", ".join(changed)

    def _keys(self, keys):
        """Return the keys of rows; a topic that is not made yet stays as it is."""
        return {(self._topics[key].pk or key) if key in self._topics else key for key in keys}

    def _insert(self, new):
        articles = [article for _line, article in new]
        try:
            with transaction.atomic():
                Article.objects.bulk_create(articles)
        except IntegrityError as error:
            lines = f"{new[0][0].number} to {new[-1][0].number}"
            words = f"Nothing was imported. The database refuses some of lines {lines}: {error}"
            raise CommandError(words) from error
        for name in LISTS:
            field = Article._meta.get_field(name)
            through = field.remote_field.through
            own, other = field.m2m_field_name(), field.m2m_reverse_field_name()
            through._base_manager.bulk_create(
                through(**{f"{own}_id": article.pk, f"{other}_id": key})
                for line, article in new
                for key in self._keys(line.links[name])
            )
        self._add_linked(articles)
        listings.refresh(Article, [article.pk for article in articles])
        write_first_versions(articles)

    @staticmethod
    def _add_linked(articles):
        """Let new articles have the pictures and documents of their texts, of which no signal tells."""
        for article in articles:
            if placements.codes_of(article):
                placements.place(article)
        linked = Article.documents.through
        linked._base_manager.bulk_create(
            linked(article_id=article.pk, document_id=document.pk)
            for article in articles
            for document in linking.linked_by(article)
        )

    def _note_address(self, line, address, language):
        """Remember an address; return what stands in its way, in words."""
        number, code, _language = self._addresses.setdefault(
            address, (line.number, line.code, language)
        )
        if code != line.code:
            return [f"clash: {address} is the old address of line {number}."]
        return []

    def save_addresses(self):
        """Record the addresses of all lines; yield pairs of a number of a line and a clash, in words."""
        known = {}
        addresses = [*self._addresses]
        for start in range(0, len(addresses), BATCH):
            some = OldAddress.objects.filter(address__in=addresses[start : start + BATCH])
            known |= dict(some.values_list("address", "code"))
        new = []
        for address, (number, code, language) in self._addresses.items():
            if known.get(address, code) != code:
                yield number, f"clash: {address} leads to {known[address]} already."
            elif (owner := self._owner(address)) not in {None, code}:
                yield number, f"clash: {address} is a page here{owner and f', of {owner}'}."
            elif owner is None and address not in known:
                new.append(OldAddress(address=address, code=code, language=language))
        if self.is_applied:
            OldAddress.objects.bulk_create(new, batch_size=BATCH)

    def _owner(self, address):
        """Return the code of the article that has an address here, "" for another page, or None."""
        if is_apart(address):
            return ""
        match = page_at(address)
        if match is None:
            return None
        model = getattr(getattr(match.func, "view_class", None), "model", None)
        slug = match.kwargs.get("slug")
        if model is None or slug is None:
            return ""
        if model is Article and slug in self._slugs:
            return self._slugs[slug]
        for rows in (model._base_manager, model._meta.concrete_model.history):
            some = rows.filter(slug__in={slug, slug.lower()}).values_list("code", flat=True)
            if owner := some.first():
                return owner if model is Article else ""
        return None


def candidates(line):
    """Return the slugs that an article may have, the best first: one that is stated is the only one."""
    if "slug" in line.values:
        return [line.values["slug"]]
    headline = line.values["headline_en"] or line.values["headline_ru"]
    stem = transliterated(headline)
    if not stem or stem.isdigit():
        return [line.code]
    return [stem, f"{transliterated(headline, 119 - len(line.key))}-{line.key}", line.code]


def linked(articles):
    """Return ``{article: {field: keys}}`` of the rows that articles, by their keys, are about."""
    found = {key: {name: set() for name in LISTS} for key in articles}
    for name in LISTS:
        field = Article._meta.get_field(name)
        rows = field.remote_field.through._base_manager.filter(article__in=articles)
        for article, key in rows.values_list("article", field.m2m_reverse_field_name()):
            found[article][name].add(key)
    return found


def is_as_imported(row):
    """Return whether nobody has written an article since this command did."""
    version = row.history.order_by("-history_id").first()
    columns = [field.attname for field in type(row).history.model.copied_fields.values()]
    return (
        version is not None
        and version.history_change_reason == WRITER
        and all(getattr(version, name) == getattr(row, name) for name in columns)
    )
