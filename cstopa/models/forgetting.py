"""Empties the texts of versions. The versions stay: when there was something, and who saved it."""

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models

from cstopa.publishing.models import Answer, Draft, PreviewLink, Review
from cstopa.working_copies.models import WorkingCopy


def former_drafts(model, key):
    """Yield the model and the key of each draft over a row, also of those that are public by now."""
    for each in apps.get_models():
        if issubclass(each, Draft) and each._meta.get_field("live").related_model is model:
            for draft in set(each.history.filter(live=key).values_list("id", flat=True)):
                yield each, draft


def forget(model, key, reason, by, codes=False):
    """Empty the texts of all versions of a row, and what the desk's own log says of it.

    ``reason`` is that of its deletion, and ``by`` what empties them; ``codes``: slug and code as well.
    """
    versions = model.history.filter(id=key)
    names = {"slug", "code"}
    texts = {
        field.name: f"erased-{key}" if field.name in names else ""
        for field in model.history.model.copied_fields.values()
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and (codes or field.name not in names)
    }
    versions.update(**texts, reason="")
    # One of somebody at the desk, too, is none that could be undone any more.
    versions.filter(history_type="-").update(reason=reason, history_change_reason=by)
    kind = ContentType.objects.get_for_model(model)
    entries = LogEntry.objects.filter(content_type=kind, object_id=str(key))
    entries.update(object_repr=f"erased-{key}", change_message="")
    of_row = {"model": model._meta.label_lower, "key": key}
    Review.objects.filter(**of_row).update(comment="", outsider="")
    PreviewLink.objects.filter(**of_row).delete()
    Answer.objects.filter(**of_row).delete()
    WorkingCopy.objects.of_row(model, str(key)).delete()
