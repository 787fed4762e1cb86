"""Two rows of one person become one: her facts and texts move, both addresses lead to her, and it can be undone."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from cstopa.languages import LANGUAGES
from cstopa.models import trash
from cstopa.models.history import Versions, because
from cstopa.models.reasons import UNMERGED
from cstopa.publishing.models import Draft, Review
from cstopa.publishing.models.drafts import is_there
from cstopa.publishing.models.versions import newest
from delegations.models import Person
from delegations.models.people import person_fact_models
from delegations.person_matching import PARTS
from delegations.plans import Obstacle, Plan
from delegations.taking_back import place_of, unwritten

# Why somebody is gone who is in no trash.
MERGED = "merge"
PORTRAIT = ("portrait_id", "portrait_source_id")


def relations():
    """Return ``[(model, name)]`` of the texts that name several people."""
    return [
        (each.related_model, each.field.name)
        for each in Person._meta.related_objects
        if each.many_to_many
    ]


@dataclass(kw_only=True)
class Merging(Plan):
    """What is of ``gone`` becomes what is of ``kept``, and ``gone`` is deleted, for a ``reason``.

    ``moves`` are the facts, ``texts`` triples of a text, its relation, and whether that has ``kept`` too,
    ``names`` the columns of the name that ``kept`` gets, in a language in which it has none, ``portrait`` those
    of the portrait that it gets where it has none.
    """

    source: None = None
    kept: Person
    gone: Person
    reason: str
    moves: list = field(default_factory=list)
    texts: list = field(default_factory=list)
    names: dict = field(default_factory=dict)
    portrait: dict = field(default_factory=dict)
    # What undoing it has to know, once it is done.
    done: dict = field(default_factory=dict)

    def __post_init__(self):
        self.founded_on(self.reason)
        people = Person.objects.select_for_update().filter(pk__in=[self.kept.pk, self.gone.pk])
        self.reads(people.order_by("pk"))
        self.names = {
            column: text
            for language in LANGUAGES
            if not self.kept.name_in(language)
            for part in PARTS
            if (text := getattr(self.gone, column := f"{part}_{language}"))
            and not getattr(self.kept, column)
        }
        if self.gone.portrait_id and not self.kept.portrait_id:
            self.portrait = {name: getattr(self.gone, name) for name in PORTRAIT}
        for model in person_fact_models():
            rows = model.objects.select_for_update(of=("self",)).filter(person=self.gone)
            for row in self.reads(rows.select_related(*model.related()).order_by("pk")):
                row.person = self.kept
                self.moves.append(row)
                try:
                    row.validate_constraints(exclude={"code"})
                except ValidationError as error:
                    self.obstacles.append(Obstacle(row, " ".join(error.messages)))
        for model, name in relations():
            named = Q(pk__in=model.objects.order_by().filter(**{name: self.gone}).values("pk"))
            if issubclass(model, Draft):
                named |= Q(pk__in=self._scheduled(model, name))
            rows = model.objects.select_for_update(of=("self",)).filter(named)
            of_kept = model.objects.filter(**{name: self.kept})
            both = set(of_kept.order_by().values_list("pk", flat=True))
            for row in self.reads(rows.order_by("pk")):
                self.texts.append((row, name, row.pk in both))
                if getattr(row, "scheduled_version", None):
                    why = _(
                        "What is scheduled names the one who goes: take its moment from it first."
                    )
                    self.obstacles.append(Obstacle(row, why))

    def _scheduled(self, model, name):
        """Return the keys of the drafts that name the one who goes in the version that is scheduled."""
        waiting = model._base_manager.exclude(scheduled_version=None).values("scheduled_version")
        field = model._meta.get_field(name)
        named = {field.m2m_reverse_field_name(): self.gone.pk, "history__in": waiting}
        return Versions.m2m_models[field]._base_manager.filter(**named).values("history__id")

    @property
    def new_names(self):
        """The names in the languages in which ``kept`` has none."""
        names = [self.gone.name_in(each) for each in LANGUAGES if not self.kept.name_in(each)]
        return ", ".join(filter(None, names))

    @property
    def changes_something(self):
        return True

    @property
    def replaces_source(self):
        """Whether ``kept`` has the source of a portrait, and no portrait: that of the other takes its place."""
        return bool(self.portrait and self.kept.portrait_source_id)

    def apply(self):
        had = {name: getattr(self.kept, name) for name in self.portrait}
        with transaction.atomic():
            with because(self.reason, corrects=True):
                for row in self.moves:
                    row.save()
            for row, name, _is_both in self.texts:
                _rename(row, name, self.gone, self.kept)
            key = self.gone.pk
            self.gone._change_reason = MERGED
            with because(self.reason):
                self.gone.delete()
            for column, value in (self.names | self.portrait).items():
                setattr(self.kept, column, value)
            _take_addresses(self.kept, key)
        self.done = {
            "kept": self.kept.pk,
            "gone": Person.history.filter(id=key).order_by("-history_id").first().pk,
            "facts": [place_of(row)[:3] for row in self.moves],
            "texts": [(*place_of(row)[:3], name, is_both) for row, name, is_both in self.texts],
            "names": self.names,
            "portrait": self.portrait,
            "had": had,
        }

    @property
    def outcome(self):
        return _("%(gone)s and %(kept)s are one now. Facts that moved: %(number)d.") % {
            "gone": self.gone,
            "kept": self.kept,
            "number": len(self.moves),
        }


def _rename(row, name, old, new):
    """Let a text name ``new`` instead of ``old``, if any. What was approved stays so."""
    before = newest(row)
    # One version: what is set in the transaction of a save is part of it.
    row.save()
    if old:
        getattr(row, name).remove(old)
    getattr(row, name).add(new)
    steps = Review.objects.of(row).filter(is_newest=True, version=before)
    steps.update(version=newest(row))


def _take_addresses(person, key):
    """Let the addresses that the person with a key had lead to this one: by the last who had a slug."""
    slugs = dict.fromkeys(Person.history.filter(id=key).values_list("slug", flat=True))
    there = {*Person.objects.filter(slug__in=slugs).values_list("slug", flat=True)}
    former, own = [each for each in slugs if each not in there], person.slug
    for slug in [*former, own] if former else ():
        person.slug = slug
        person.save()


def undo(done, by):
    """Take a merging back, and return the person who is there again.

    ValidationError where something of it was written since; nothing is undone then.
    """
    with transaction.atomic():
        kept = Person.objects.select_for_update().filter(pk=done["kept"]).first()
        gone = Person.history.filter(pk=done["gone"]).first()
        last = gone and Person.history.filter(id=gone.id).order_by("-history_id").first()
        # Whoever came back and went again since did so in another way.
        if kept is None or gone != last or Person.objects.filter(pk=last.id).exists():
            raise ValidationError(_("It was undone already, or one of the two was deleted."))
        facts = [unwritten(*each) for each in done["facts"]]
        texts = [(unwritten(*place), name, both) for *place, name, both in done["texts"]]
        own = {
            column
            for column, text in done.get("names", {}).items()
            if getattr(kept, column) == text
        }
        portrait = done.get("portrait", {})
        if all(getattr(kept, column) == key for column, key in portrait.items()):
            own |= portrait.keys()
        for column in own:
            field = Person._meta.get_field(column)
            was = done.get("had", {}).get(column, field.get_default())
            if not is_there(field, was):
                raise ValidationError(
                    _("The source of the portrait was deleted since: restore it first.")
                )
            setattr(kept, column, was)
        if own:
            kept.save()
        [person, *_others] = trash.restore(gone, by)
        _take_addresses(person, person.pk)
        with because(UNMERGED, corrects=True):
            for row in facts:
                row.person = person
                row.validate_constraints(exclude={"code"})
                row.save()
        for row, name, is_both in texts:
            _rename(row, name, None if is_both else kept, person)
        return person
