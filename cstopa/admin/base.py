"""The pages of one model at the desk."""

from dataclasses import replace
from functools import reduce
from itertools import chain
from operator import or_

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.contrib.admin.utils import NestedObjects, get_fields_from_path, quote, unquote
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.db import models, router, transaction
from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from cstopa.admin.bringing_back import BringBackMixin
from cstopa.admin.collisions import say_and_ask_again, tried_again
from cstopa.admin.conflicts import ConflictCheckedForm, with_versions
from cstopa.admin.days import written_field
from cstopa.admin.editor import EditorWidget
from cstopa.admin.fields import (
    NormalisedTextField,
    SafeAutocompleteSelect,
    SafeAutocompleteSelectMultiple,
    SanitisedHTMLFormField,
)
from cstopa.admin.first_page import WithTasks
from cstopa.admin.groups import EDITOR, KEEPER, PUBLISHER, READ, READ_AND_WRITE, WRITER
from cstopa.admin.hardening import ForgedRequestMixin
from cstopa.admin.history_admin import VersionsAdmin
from cstopa.admin.labels import column, labels
from cstopa.admin.linked import linking, linking_each
from cstopa.admin.lists import BoundedPaginator
from cstopa.admin.protecting import first_of_many
from cstopa.admin.reading import LOOK, WithTextsToRead
from cstopa.admin.undoing import UndoMixin
from cstopa.languages import language_of
from cstopa.models.richtext import SanitisedHTMLField
from cstopa.search.fields import refuse_too_many
from cstopa.search.queries import LONGEST, Query, parse
from cstopa.working_copies.keeping import KeepsWorkingCopies

# The rows that the question before a deletion names of those that it is about.
MOST_NAMED = 20


def desk_address(row):
    """Return the address of the page of the desk where the row is edited."""
    return reverse(admin_urlname(row._meta, "change"), args=[quote(row.pk)])


def desk_link(row, words=None):
    """Return a link to the page of the desk where the row is edited."""
    return format_html('<a href="{}">{}</a>', desk_address(row), words or str(row))


def by_key(rows):
    """Return rows of any models in an order that stays."""
    return sorted(rows, key=lambda row: (row._meta.label, row.pk))


def in_words(rows):
    """Return links to rows, each with its kind; of many, to the first, and how many more there are.

    The words of a row may take queries, and thousands may hang on one.
    """
    rows = list(rows)
    named = [_in_words(row) for row in rows[:MOST_NAMED]]
    if more := len(rows) - len(named):
        named.append(_("and %(count)d more") % {"count": more})
    return named


def _in_words(row):
    # A row that joins two others is nothing to an editor: it is the one that refers.
    if owner := row._meta.auto_created:
        row = getattr(row, owner._meta.model_name)
    # Nor is one that repeats another.
    row = getattr(row, "owner", row)
    kind = capfirst(row._meta.verbose_name)
    try:
        return format_html("{}: {}", kind, desk_link(row))
    except NoReverseMatch:
        return f"{kind}: {row}"


def as_links(found):
    """Return links to rows as HTML, of one more than MOST_NAMED to the first."""
    words = in_words(found[:MOST_NAMED])
    if found[MOST_NAMED:]:
        words.append(_("and others"))
    return format_html_join(", ", "{}", ([each] for each in words))


def is_searched(model):
    """Return whether the rows of a model are found by the search index."""
    return hasattr(model._default_manager, "matching")


class FormOptions(WithTextsToRead):
    """How a form of the desk shows the fields of a model, alone or inside another's form."""

    form = ConflictCheckedForm
    # The relations that are read with a row, since its words name them.
    joined = ()
    # Of Django's scripts a list needs one, and a form none: see templates/admin/change_form.html.
    media = forms.Media()

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if not obj:
            return fieldsets
        if not self.has_change_permission(request, obj):
            return self.to_read(fieldsets)
        *others, (title, last) = fieldsets
        return [*others, (title, {**last, "fields": [*last["fields"], "seen_version"]})]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, models.TextField):
            is_formatted = isinstance(db_field, SanitisedHTMLField)
            kwargs["form_class"] = SanitisedHTMLFormField if is_formatted else NormalisedTextField
            if is_formatted:
                kwargs["widget"] = EditorWidget(language_of(db_field))
        field = super().formfield_for_dbfield(db_field, request, **written_field(db_field) | kwargs)
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            # A row is deleted on its own page, and a link to look at it would leave the form.
            field.widget.can_delete_related = field.widget.can_view_related = False
        return field

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.blank:
            kwargs["choices"] = db_field.get_choices(blank_choice=[("", _("not stated"))])
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            pages = self.admin_site.get_model_admin(db_field.related_model)
            widget = getattr(pages, "choice_widget", SafeAutocompleteSelect)
            kwargs["widget"] = widget(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = SafeAutocompleteSelectMultiple(db_field, self.admin_site)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_queryset(self, request):
        rows = with_versions(super().get_queryset(request))
        return rows.select_related(*self.joined) if self.joined else rows


class BaseModelAdmin(
    FormOptions,
    WithTasks,
    KeepsWorkingCopies,
    ForgedRequestMixin,
    BringBackMixin,
    UndoMixin,
    VersionsAdmin,
):
    """The list of a model's rows and the form of one.

    ``search_fields`` names slugs and codes, and relations to models that have the search index: each
    term of a search is found there. A model that has the index itself is always searched.
    """

    paginator = BoundedPaginator
    # By which a form chooses one of its rows.
    choice_widget = SafeAutocompleteSelect
    # Each would count the whole table.
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    # What the groups may do.
    granted = {
        WRITER: READ,
        EDITOR: READ,
        PUBLISHER: (*READ, "delete"),
        KEEPER: READ_AND_WRITE,
    }

    def __init__(self, model, admin_site):
        super().__init__(model, admin_site)
        names = labels(model)
        self.list_display = [
            column(each, names[each]) if each in names else each for each in self.list_display
        ]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, labels=labels(self.model), **kwargs)
        # Its class is made for this request.
        form.account = request.user
        form.links_to = staticmethod(lambda row: self._links_to(request, row))
        return form

    def _links_to(self, request, row):
        return as_links(linking(request, self.admin_site, row, MOST_NAMED))

    def links_to_each(self, request, rows):
        """Return ``{key of a row: links to the texts that link to it, as HTML}``."""
        found = linking_each(request, self.admin_site, rows, MOST_NAMED)
        return {key: as_links(rows) for key, rows in found.items() if rows}

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return (
            (*fields, "code") if getattr(self.model, "natural_key_field", "") == "code" else fields
        )

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        inlines = (inline.formset.forms for inline in context["inline_admin_formsets"])
        forms = (context["adminform"].form, *chain.from_iterable(inlines))
        classes = {name for each in context["adminform"] for name in each.classes.split()}
        context |= {
            "merges": list(filter(None, (getattr(form, "merge", None) for form in forms))),
            "has_languages": "words" in classes,
            "has_side": "side" in classes,
        }
        if obj and not self.has_change_permission(request, obj):
            context["media"] += LOOK
        return super().render_change_form(request, context, add, change, form_url, obj)

    @property
    def list_address(self):
        return reverse(admin_urlname(self.opts, "changelist"))

    def view_on_site(self, obj):
        # After an error the form holds what was typed; the public page is that of the saved row.
        saved = self.model._default_manager.filter(pk=obj.pk).first()
        return saved and self.get_public_address(saved)

    def get_edit_address(self, request, obj):
        """Return the address of the form in which somebody changes what a public page shows."""
        return desk_address(obj)

    def may_edit(self, request, obj):
        """Return whether somebody may change there what a public page shows, or propose it."""
        return self.has_change_permission(request, obj)

    def get_public_address(self, obj):
        """Return the address of the public page, or None where there is none."""
        return obj.get_absolute_url()

    # Search

    def get_search_results(self, request, queryset, search_term):
        if not search_term.strip():
            return queryset, False
        query = parse(search_term[:LONGEST])
        try:
            refuse_too_many(query)
        except ValidationError as error:
            self.message_user(request, error.messages[0], messages.WARNING)
            return queryset.none(), False
        if not query.wanted:
            return queryset.none(), False
        return self.found(queryset, query), False

    def found(self, queryset, query):
        """Return the rows of the list that answer a Query."""
        for term in query.terms:
            places = reduce(or_, self._places(queryset, term))
            queryset = queryset.exclude(places) if term.is_unwanted else queryset.filter(places)
        return queryset

    def _places(self, queryset, term):
        query = Query((replace(term, is_unwanted=False),))
        if is_searched(self.model):
            yield Q(pk__in=self.model._default_manager.matching(query, unfinished=True))
        for path in self.search_fields:
            field = get_fields_from_path(self.model, path)[-1]
            if field.is_relation:
                rows = field.related_model._default_manager.matching(query, unfinished=True)
                yield Q(**{f"{path}__in": rows})
            else:
                yield Q(*((f"{path}__icontains", word.folded) for word in term.words))

    # Saving and deleting

    def _show_form(self, request, object_id=None, form_url="", extra_context=None):
        # Outside a transaction, which would have to wait as well.
        return self._changeform_view(request, object_id, form_url, extra_context)

    changeform_view = tried_again(_show_form)(ForgedRequestMixin.changeform_view)
    _tried_delete_view = tried_again(say_and_ask_again)(VersionsAdmin.delete_view)
    response_action = tried_again(say_and_ask_again)(
        transaction.atomic(ForgedRequestMixin.response_action)
    )

    def save_model(self, request, obj, form, change):
        # A version in which nothing changed would say nothing. Rows inside the form have their own.
        if form.has_changed() or not change:
            super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        for each in (form, *(each for formset in formsets for each in formset.forms)):
            merge = getattr(each, "merge", None)
            if merge and merge.in_words:
                self.message_user(request, merge.in_words)
            if outcome := getattr(each, "outcome", ""):
                self.message_user(request, outcome)

    def changelist_view(self, request, extra_context=None):
        media = forms.Media(js=("admin/js/actions.js",))
        return super().changelist_view(request, {"media": media, **(extra_context or {})})

    def delete_view(self, request, object_id, extra_context=None):
        row = self.get_object(request, unquote(object_id)) if request.method == "GET" else None
        if row and self.has_delete_permission(request, row):
            found = linking(request, self.admin_site, row, MOST_NAMED)
            links = {"linking": in_words(found[:MOST_NAMED]), "more_link": found[MOST_NAMED:]}
            extra_context = links | (extra_context or {})
        return self._tried_delete_view(request, object_id, extra_context)

    def get_deleted_objects(self, objs, request):
        if request.method == "POST" and isinstance(objs, models.QuerySet):
            # Nobody makes one of them public between the question whether it is and the answer.
            keys = list(objs.values_list("pk", flat=True))
            locked = self.model._base_manager.select_for_update().filter(pk__in=keys)
            list(locked.order_by("pk").values_list("pk"))
        refused = [row for row in objs if not self.has_delete_permission(request, row)]
        if many := first_of_many(objs, MOST_NAMED):
            return [], {}, {*in_words(refused)}, [*in_words(many), _("and others")]
        collector = NestedObjects(using=router.db_for_write(self.model), origin=objs)
        collector.collect(objs)
        # What joins a row to others goes with it without saying.
        going = {
            model: rows
            for model, rows in collector.model_objs.items()
            if model._meta.auto_created not in collector.model_objs
        }
        counts = {model._meta.verbose_name_plural: len(rows) for model, rows in going.items()}
        # The kind alone would not say which of the chosen rows it is.
        permissions = {*in_words(refused)} or {
            model._meta.verbose_name
            for model, rows in collector.model_objs.items()
            if self.admin_site.is_registered(model)
            and not all(
                self.admin_site.get_model_admin(model).has_delete_permission(request, row)
                for row in rows
            )
        }
        deleted = in_words(chain.from_iterable(map(by_key, going.values())))
        return deleted, counts, permissions, in_words(by_key(collector.protected))
