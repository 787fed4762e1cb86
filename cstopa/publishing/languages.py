"""How far each language of a row is, beside the other: derived from its versions, never stored."""

from collections import defaultdict
from hashlib import md5
from itertools import pairwise

from django.contrib.admin.views.main import ChangeList
from django.db import models
from django.db.models.functions import MD5
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language_info, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from cstopa.languages import IN_LANGUAGE, LANGUAGES, to_attribute
from cstopa.publishing.models import Draft

# As the database says that there is no text.
NOTHING = md5(b"", usedforsecurity=False).hexdigest()


class State(models.TextChoices):
    # Translators: of the text of an article in one language, beside "EN" or "RU".
    MISSING = "missing", pgettext_lazy("language", "missing")
    BEGUN = "begun", pgettext_lazy("language", "draft")
    READY = "ready", pgettext_lazy("language", "ready")
    PUBLIC = "public", pgettext_lazy("language", "public")
    OLDER = "older", pgettext_lazy("language", "older")


def _told(versions, model):
    """Return ``{key of a row: [{language: digests of its texts}]}`` of versions, the oldest first."""
    texts = [MD5(to_attribute(name, each)) for each in LANGUAGES for name in model.TRANSLATED]
    number = len(model.TRANSLATED)
    found = defaultdict(list)
    for _version, key, *digests in versions.order_by("history_id").values_list(
        "history_id", "id", *texts
    ):
        each = (digests[start : start + number] for start in range(0, len(digests), number))
        found[key].append(dict(zip(LANGUAGES, each, strict=True)))
    return found


def older(rows):
    """Return ``{key: language}`` of those of the rows of one model in which one language is older.

    The other was changed when it had been whole before, and it did not follow. To follow is to be
    changed next; to be written for the first time is no change.
    """
    if not rows:
        return {}
    model = type(rows[0])
    told = _told(model.history.filter(id__in=[row.pk for row in rows]), model)
    before = defaultdict(list)
    if issubclass(model, Draft):
        # What the draft left alone was written when its row was.
        live = model._meta.get_field("live").related_model
        versions = live.history.filter(id__in=[row.live_id for row in rows])
        before = _told(versions, live)
    found = {
        row.pk: _behind([*before[getattr(row, "live_id", None)], *told[row.pk]]) for row in rows
    }
    return {key: language for key, language in found.items() if language}


def _behind(versions):
    behind = None
    for then, now in pairwise(versions):
        changed = {each for each in LANGUAGES if now[each] != then[each]}
        if behind in changed:
            behind = None
        elif len(changed) == 1:
            [language] = changed
            [other] = {*LANGUAGES} - changed
            if NOTHING not in then[language] + then[other]:
                behind = other
    return behind


def states(row, is_public, behind):
    """Return ``{language: State}`` of a row of which one language may be ``behind``."""
    return {language: _state(row, language, is_public, behind) for language in LANGUAGES}


def _state(row, language, is_public, behind):
    whole = row.complete_languages
    if language not in whole:
        has_any = any(getattr(row, to_attribute(name, language)) for name in row.TRANSLATED)
        return State.BEGUN if has_any else State.MISSING
    if language == behind and len(whole) == len(LANGUAGES):
        return State.OLDER
    return State.PUBLIC if is_public else State.READY


def in_short(row, is_public):
    """Return the states of a row of a list as HTML, a line for each language."""
    found = states(row, is_public, row.behind).items()
    each = ((language.upper(), state.label) for language, state in found)
    return format_html_join(mark_safe("<br>"), '<span class="language-state">{} {}</span>', each)


def in_full(row, is_public):
    """Return the states in words, as HTML."""
    found = states(row, is_public, older([row]).get(row.pk)).items()
    each = ((_name(language), _said(language, state)) for language, state in found)
    return format_html_join("", "<p>{}: {}</p>", each)


def _name(language):
    return capfirst(get_language_info(language)["name_translated"])


def _said(language, state):
    if state is not State.OLDER:
        return state.label
    [other] = (IN_LANGUAGE[each] for each in LANGUAGES if each != language)
    return _("older: the text %(language)s changed after it was written") % {"language": other}


class LanguagesList(ChangeList):
    """Knows which language of each of its rows is ``behind``."""

    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        found = older(self.result_list)
        for row in self.result_list:
            row.behind = found.get(row.pk)


class WithLanguages:
    """The pages of a model whose rows are whole in one language or in several."""

    def is_public(self, row):
        """Return whether readers see a row."""
        return False

    def get_changelist(self, request, **kwargs):
        return LanguagesList

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or obj.pk is None:
            return fieldsets
        *others, last = fieldsets
        description = in_full(obj, self.is_public(obj))
        about = {"fields": [], "classes": ("side",), "description": description}
        return [*others, (gettext_lazy("Languages"), about), last]
