"""What may be given to an account or a group, chosen in words: each kind of rows, and what is done to them."""

from itertools import groupby

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.forms import CheckboxSelectMultiple
from django.forms.models import ModelChoiceIterator
from django.template.loader import render_to_string
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext_lazy

from cstopa.admin.hardening import SafeModelMultipleChoiceField

# Django's own; those of a model are named in words.
ACTIONS = {
    "view": pgettext_lazy("permission", "look"),
    "add": pgettext_lazy("permission", "add"),
    "change": pgettext_lazy("permission", "change"),
    "delete": pgettext_lazy("permission", "delete"),
}


def asked_for(permissions):
    """Return those of the permissions that the desk asks for, and those that somebody has all the same."""
    kinds = ContentType.objects.get_for_models(*admin.site._registry, for_concrete_models=False)
    given = Q(user__isnull=False) | Q(group__isnull=False)
    return permissions.filter(given | Q(content_type__in=kinds.values())).distinct()


def kind_of(permission):
    kind = ContentType.objects.get_for_id(permission.content_type_id)
    model = kind.model_class()
    return capfirst(str(model._meta.verbose_name_plural if model else kind.model))


def in_words(permission):
    """Return what a permission allows to be done to rows of its kind."""
    model = ContentType.objects.get_for_id(permission.content_type_id).model
    action = permission.codename.removesuffix(f"_{model}")
    return str(ACTIONS.get(action) or gettext(permission.name))


class ByKind(ModelChoiceIterator):
    """The choices under the names of their kinds, in the order of these."""

    def __iter__(self):
        order = list(ACTIONS)

        def place(permission):
            action = permission.codename.partition("_")[0]
            return kind_of(permission), order.index(action) if action in order else len(order)

        for kind, permissions in groupby(sorted(self.queryset, key=place), kind_of):
            yield kind, [self.choice(each) for each in permissions]


class Checkboxes(CheckboxSelectMultiple):
    def render(self, name, value, attrs=None, renderer=None):
        context = self.get_context(name, value, attrs)
        return render_to_string("admin/widgets/permissions.html", context)


class PermissionsField(SafeModelMultipleChoiceField):
    widget = Checkboxes
    iterator = ByKind

    def __init__(self, queryset, **kwargs):
        super().__init__(asked_for(queryset), **kwargs)

    def label_from_instance(self, permission):
        return in_words(permission)
