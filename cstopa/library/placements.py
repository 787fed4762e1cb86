"""Which texts have which pictures: what ``[[picture:code]]`` says in a text, kept where it is asked for."""

from functools import cache, reduce
from operator import or_

from django.apps import apps
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Concat
from django.db.models.signals import post_delete, post_save

from cstopa.library.publicity import promised, published, scheduled
from cstopa.library.references import OPENING, codes_in, tag
from cstopa.models.richtext import SanitisedHTMLField


class Placement(models.Model):
    """That a text of a row has a picture: it repeats the row, and follows it.

    It is not deleted with the picture: a picture that a text has stays.
    """

    picture = models.ForeignKey(
        "library.Picture", on_delete=models.PROTECT, related_name="placements"
    )
    # As of Django's label_lower.
    model = models.CharField(max_length=100)
    object_id = models.PositiveBigIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=("model", "object_id", "picture"), name="library_placement_once"
            )
        ]

    def __str__(self):
        return str(self.owner or self.model)

    @property
    def owner(self):
        """The row in whose text it is; None where that went by another way than Django's."""
        return apps.get_model(self.model)._base_manager.filter(pk=self.object_id).first()


@cache
def text_models():
    """Return the models whose rows have formatted texts; a version of a row is none of its own."""
    return [
        model
        for model in apps.get_models()
        if not hasattr(model, "instance_type") and not model._meta.proxy and _texts(model)
    ]


def _texts(model):
    return [field.attname for field in model._meta.fields if isinstance(field, SanitisedHTMLField)]


def with_picture(rows, picture):
    """Return those of the rows of a model in whose texts a picture is: a key, or an OuterRef of one."""
    placed = Placement.objects.filter(model=rows.model._meta.label_lower, picture=picture)
    return rows.filter(pk__in=placed.values("object_id"))


def is_in_text(rows_of=published):
    """Return the condition that a picture is in a text of one of the rows that ``rows_of`` a model returns."""
    shown = Q(pk__in=[])
    for model in text_models():
        shown |= Q(Exists(with_picture(rows_of(model), OuterRef(OuterRef("pk")))))
    return shown


def is_in_scheduled_text():
    """Return the condition that a picture is in a text of what goes public at a moment."""
    shown = Q(pk__in=[])
    for _draft, versions in scheduled_saying(Concat(Value(OPENING), OuterRef("code"), Value("]]"))):
        shown |= Q(Exists(versions))
    return shown


def scheduled_saying(words):
    """Yield models of drafts and those of their versions that go public at a moment and say words in a text."""
    for model, versions in scheduled():
        if _texts(model):
            yield model, versions.filter(_said(model, words))


def codes_of(row):
    """Return the codes of the pictures that the texts of a row name."""
    return codes_in(*(getattr(row, name) for name in _texts(type(row))))


def place(row):
    """Let the placements of a row be those of its texts."""
    # Its model may be defined only now.
    pictures = apps.get_model("library", "Picture").objects
    codes = codes_of(row)
    placed = {"model": row._meta.label_lower, "object_id": row.pk}
    there = Placement.objects.filter(**placed)
    if not codes:
        there.delete()
        return
    found = pictures.filter(code__in=codes).values_list("pk", flat=True)
    keys = set(found)
    if len(keys) < len(codes):
        # One that waits to be described is placed when it is.
        apps.get_model("library", "Upload").objects.of_codes(codes).update(is_named=True)
        # It may have been described while this waited for its row.
        keys = set(found.all())
    there.exclude(picture__in=keys).delete()
    Placement.objects.bulk_create(
        [Placement(picture_id=key, **placed) for key in sorted(keys)], ignore_conflicts=True
    )


def place_again(picture):
    """Place the texts that have a picture which was not there: it came back."""
    for model in text_models():
        for row in model._base_manager.filter(_said(model, tag(picture.code))):
            place(row)


def is_promised(code):
    """Return whether a text that is public, or is to be, names a picture, there or not."""
    found = [*((model, promised(model)) for model in text_models()), *scheduled()]
    return any(
        rows.filter(_said(model, tag(code))).exists() for model, rows in found if _texts(model)
    )


def codes_on_record():
    """Return the codes of the pictures that texts name, as they are saved, go public at a moment, or are in the trash."""
    # Which knows the drafts, whose texts have pictures.
    from cstopa.models.trash import deletions, kinds

    saved = [(model, model._base_manager.all()) for model in text_models()]
    trashed = [(model, deletions(model)) for model in text_models() if model in kinds()]
    return {
        code
        for model, rows in (*saved, *scheduled(), *trashed)
        if (names := _texts(model))
        for texts in rows.filter(_said(model, OPENING)).values_list(*names).iterator()
        for code in codes_in(*texts)
    }


def _said(model, words):
    """Return the condition that a formatted text of a row of a model has some words."""
    return reduce(or_, (Q(**{f"{name}__contains": words}) for name in _texts(model)))


def rebuild():
    """Make all placements again, and return how many there are."""
    known = [model._meta.label_lower for model in text_models()]
    Placement.objects.exclude(model__in=known).delete()
    for model in text_models():
        there = Placement.objects.filter(model=model._meta.label_lower)
        has_one = Q(pk__in=there.values("object_id")) | _said(model, OPENING)
        rows = model._base_manager
        there.exclude(object_id__in=rows.values("pk")).delete()
        for row in rows.filter(has_one).order_by("pk").iterator():
            with transaction.atomic():
                place(row)
    return Placement.objects.count()


def follow():
    """Keep the placements by the signals of the rows, raw saves included."""
    picture = apps.get_model("library", "Picture")
    post_save.connect(_came, sender=picture, dispatch_uid="placements-picture")
    for model in text_models():
        uid = f"placements-{model._meta.label}"
        post_save.connect(_saved, sender=model, dispatch_uid=f"{uid}-save")
        post_delete.connect(_deleted, sender=model, dispatch_uid=f"{uid}-delete")


def _saved(instance, update_fields=None, **_signal):
    if update_fields is None or not {*_texts(type(instance))}.isdisjoint(update_fields):
        place(instance)


def _came(instance, created, **_signal):
    # No text names one that is new: its code is made of a name that nobody guesses.
    if created and type(instance).history.filter(id=instance.pk, history_type="-").exists():
        place_again(instance)


def _deleted(instance, **_signal):
    placed = {"model": instance._meta.label_lower, "object_id": instance.pk}
    Placement.objects.filter(**placed).delete()
