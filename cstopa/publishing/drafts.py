"""The pages of drafts at the desk: what a row that is public is to say next."""

from django.contrib import messages
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import model_to_dict
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from cstopa.admin.base import desk_address, desk_link
from cstopa.admin.hardening import is_key
from cstopa.admin.labels import label
from cstopa.models.written import forget
from cstopa.publishing.begun_since import BegunSince
from cstopa.publishing.calendar import OnCalendar
from cstopa.publishing.forms import PUBLISH
from cstopa.publishing.handing_over import HandingOver
from cstopa.publishing.models import newest
from cstopa.publishing.models.versions import value, version_of
from cstopa.publishing.preview import WithPreview
from cstopa.publishing.reviewing import WithReview
from cstopa.publishing.undoing import WithUndo, deed, with_undo
from cstopa.working_copies.keeping import unsaved_texts

MOMENT = (_("Publication"), {"fields": ["goes_public_at"], "classes": ("side",)})


class DraftPages(BegunSince, HandingOver, WithReview, WithUndo, OnCalendar, WithPreview):
    """Pages of a Draft with a DraftForm, for all who write, while readers see the row that is public.

    Each is reached from its row, whose pages are ``WithDrafts``. What each may do with a draft follows
    from what they may do with the row.
    """

    granted = {}
    list_display = ("__str__", "goes_public_at")
    search_fields = ("live",)
    joined = ("live",)
    publicity_fields = moments = not_brought_back = ("goes_public_at",)
    publish_button = (PUBLISH, "")

    @property
    def live_pages(self):
        return self.admin_site.get_model_admin(self.opts.get_field("live").related_model)

    @property
    def permitted_by(self):
        return self.live_pages.opts

    def over(self, row):
        """Return the draft over a row, or None."""
        return self.model.objects.filter(live=row).first()

    def address_over(self, row):
        """Return the address of the form of the draft over a row, or of a new one."""
        if draft := self.over(row):
            return desk_address(draft)
        return f"{self.new_address()}?live={row.pk}"

    def new_address(self):
        return reverse(admin_urlname(self.opts, "add"))

    def get_model_perms(self, request):
        # Each is reached from its row.
        return {}

    # The form

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj and not self.has_change_permission(request, obj):
            return fieldsets
        carried = ["begun_from"] if obj else ["live", "begun_from"]
        return [*fieldsets, (None, {"fields": carried})]

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return fields if self.may_publish(request) else (*fields, "goes_public_at")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "live":
            kwargs["queryset"] = self.live_pages.live_rows()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request):
        initial = super().get_changeform_initial_data(request)
        if live := self._asked(request):
            names = [field.name for field in self.model.content()]
            initial |= model_to_dict(live, names) | {"live": live, "begun_from": newest(live)}
        return initial

    def _asked(self, request):
        """Return the public row of which a new draft is asked for, or None."""
        key = (request.POST or request.GET).get("live") or self.left(request).get("live")
        rows = self.live_pages.live_rows()
        return rows.filter(pk=key).first() if is_key(rows.model, key) else None

    def preview_page(self, row, values):
        return self.live_pages.preview_page(row.as_live(), values)

    def unwritten_preview(self, request, row):
        live = self._asked(request) if row is None else None
        if live is None:
            return super().unwritten_preview(request, row)
        # So far it says what is public.
        return self.live_pages.preview_address("preview", live.pk)

    def _shown(self, request, row, token):
        form, draft = super()._shown(request, row, token)
        if draft.live_id is None:
            # Of nothing there is no page.
            raise Http404
        return form, draft

    def get_public_address(self, obj):
        return self.live_pages.get_public_address(obj.live)

    # Who may

    def has_view_permission(self, request, obj=None):
        return self.may(request, "view") or self.has_change_permission(request)

    def has_change_permission(self, request, obj=None):
        # What is public is mended by those whose eyes another would ask for.
        return self.may(request, "change", "review")

    has_add_permission = has_change_permission

    def has_delete_permission(self, request, obj=None):
        # What is scheduled goes public by the word of who may publish.
        is_scheduled = obj is not None and obj.goes_public_at
        return self.has_change_permission(request, obj) and (
            not is_scheduled or self.may_publish(request)
        )

    def has_purge_permission(self, request):
        return self.may(request, "purge")

    def unscheduled(self, rows):
        return rows.filter(goes_public_at=None)

    def waiting(self, rows):
        return self.unscheduled(rows).order_by("-pk")

    # Saving

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        live = self._asked(request)
        if live is None:
            return self._of_nothing(request, is_kept=self._keep(request, None))
        if draft := self.over(live):
            if request.method == "GET":
                return HttpResponseRedirect(self.taken_up(request, draft))
            if not self.has_arrived(request, draft):
                return self.merged(request, draft)
        return super().add_view(request, form_url, extra_context)

    def preview_view(self, request, object_id=None):
        if object_id is None and self.has_add_permission(request) and not self._asked(request):
            # Where it was public when the form was opened, the words of that are there.
            return self._of_nothing(
                request, is_kept=bool(self.left(request)) or self._keep(request, None)
            )
        return super().preview_view(request, object_id)

    def _of_nothing(self, request, is_kept):
        """Lead who writes a draft of nothing that is public to where one is begun."""
        if is_kept:
            messages.warning(
                request, format_html(_("What you wrote is kept: {}."), unsaved_texts())
            )
        messages.warning(request, _("A draft is begun from what is public: choose it here."))
        return self._to_list()

    @property
    def list_address(self):
        return self.live_pages.list_address

    def _to_list(self):
        return HttpResponseRedirect(self.list_address)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        draft = self.get_object(request, unquote(object_id))
        if draft is None:
            return super().change_view(request, object_id, form_url, extra_context)
        if request.method == "GET" and (fields := draft.overwritten()):
            names = ", ".join(str(label(field)) for field in fields)
            text = _(
                "Since this draft was begun, what is public has changed: %(names)s. To publish replaces it."
            )
            messages.warning(request, text % {"names": names})
        if request.method == "GET" and (fields := draft.left_alone()):
            names = ", ".join(str(label(field)) for field in fields)
            text = _("What is public says otherwise by now, and will go on to: %(names)s.")
            messages.info(request, text % {"names": names})
        if request.method == "GET" and not draft.is_over(draft.live):
            text = _("What it is a draft of was withdrawn: {}.")
            messages.warning(request, format_html(text, desk_link(draft.live)))
        if request.method == "GET" and self.has_change_permission(request, draft):
            self.move_what_is_left(request, draft)
        context = {"live_address": f"{desk_address(draft.live)}?live"} | (extra_context or {})
        return super().change_view(request, object_id, form_url, context)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        # The form of an editor has neither, and would silently leave them out.
        if {PUBLISH, "goes_public_at"} & request.POST.keys() and not self.may_publish(request):
            raise PermissionDenied
        return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.based_on = form.cleaned_data["begun_from"] or newest(obj.live)
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        draft = form.instance
        # With a moment it waits for that, as in the form of what is not public.
        if PUBLISH in request.POST and not draft.goes_public_at:
            key, address = draft.pk, desk_address(draft)
            try:
                live = draft.publish(request.user)
            except ValidationError as error:
                # Together with what others changed of the row meanwhile it is not whole.
                messages.error(request, _("It was not published."))
                for message in error.messages:
                    messages.error(request, message)
            else:
                words = _("The draft was published.")
                self.log_change(request, live, str(words))
                ended = self.model.history.filter(id=key).order_by("-history_id").first()
                done = [deed(live, draft=ended)]
                self.message_user(request, with_undo(request, words, done, address))
        elif self.may_publish(request):
            if draft.goes_public_at:
                # An earlier version, of which nobody says whether it was approved, is not scheduled anew.
                forget()
            scheduled = draft.scheduled_version
            draft.schedule(draft.goes_public_at, request.user)
            if "goes_public_at" in form.changed_data:
                is_ahead = draft.goes_public_at is not None
                words = _("The draft is scheduled.") if is_ahead else _("It is scheduled no more.")
                done = [deed(draft, ("goes_public_at",), scheduled=scheduled)]
                self.message_user(request, with_undo(request, words, done, desk_address(draft)))

    def log_addition(self, request, obj, message):
        return super().log_addition(request, obj, message) if obj.pk else None

    def log_change(self, request, obj, message):
        return super().log_change(request, obj, message) if obj.pk else None

    def act_of(self, version, before):
        if version.history_change_reason == "publish":
            return _("made public")
        if not before or version.history_type != "~":
            return super().act_of(version, before)
        if version.goes_public_at != before.goes_public_at:
            return _("scheduled") if version.goes_public_at else _("scheduled no more")
        return super().act_of(version, before)

    def made_public(self, versions):
        return versions.filter(history_change_reason="publish")

    def undone(self, row, done):
        super().undone(row, done)
        scheduled = version_of(row, row.scheduled_version)
        if scheduled and all(value(scheduled, each) == value(row, each) for each in row.content()):
            # These are the words that were approved.
            row.schedule(row.goes_public_at, row.scheduled_by)

    def after_undoing(self, row):
        return row.in_words()

    def response_add(self, request, obj, post_url_continue=None):
        return self._answer(request, obj)

    def response_change(self, request, obj):
        return self._answer(request, obj)

    def _answer(self, request, draft):
        if draft.pk:
            self.message_user(request, draft.in_words(), messages.SUCCESS)
            return HttpResponseRedirect(desk_address(draft))
        self.message_user(request, self.live_pages.publicity(draft.live), messages.SUCCESS)
        return HttpResponseRedirect(desk_address(draft.live))

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        self.message_user(request, self.live_pages.publicity(obj.live))

    def response_delete(self, request, obj_display, obj_id):
        self.offer_undo(request, [obj_id])
        return self._to_list()
