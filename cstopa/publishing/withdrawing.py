"""What is public is withdrawn in its form, with a reason, and made public again."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import F, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from cstopa.admin.asking import Finding
from cstopa.admin.base import desk_address, desk_link
from cstopa.admin.fields import TidyLineField
from cstopa.models.history import because, of_version
from cstopa.publishing.checks import CheckedForm
from cstopa.publishing.forms import PUBLISH
from cstopa.publishing.models.moments import PUBLISHED
from cstopa.publishing.publicity import moment as in_words
from cstopa.publishing.undoing import deed, with_undo

# The button that withdraws, and asks for the reason first.
WITHDRAW = "_withdraw"
# Of the texts that link to what readers shall see no more.
WHAT_LINKS = _("These link to it, and will lead to a page that says that it is gone: {links}")


def _waits(version, at):
    """Return whether a version is public from a moment on that lay ahead ``at`` another; some kinds have none."""
    moment = getattr(version, "published_at", None)
    return bool(moment) and moment > at


class Remark(TidyLineField):
    """What is said of a save, and is no change by itself."""

    def has_changed(self, initial, data):
        return False


class WithdrawingForm(CheckedForm):
    """A form of an Expiring row, whose ``status`` says whether readers see it."""

    reason = Remark(
        label=_("Reason for withdrawing it"),
        help_text=_("Why readers shall see it no more. The history keeps it."),
        max_length=500,
        required=False,
    )

    publishing_button = PUBLISH

    def __init__(self, data=None, *args, **kwargs):
        meant = {PUBLISH: PUBLISHED, WITHDRAW: self._meta.model.WITHDRAWN}
        for button in meant.keys() & (data or {}).keys():
            # The last answer counts; the first is that of the field, which the form shows if it comes back.
            data = data.copy()
            data.setlist("status", [*data.getlist("status")[:1], meant[button]])
        super().__init__(data, *args, **kwargs)
        if self.is_withdrawing and "reason" in self.fields:
            # Enter there answers; in every other field it shows the preview.
            self.fields["reason"].widget.attrs |= {"autofocus": True, "data-enter": "all-the-same"}

    @property
    def is_withdrawing(self):
        return WITHDRAW in self.data

    @property
    def asking_button(self):
        return WITHDRAW if self.is_withdrawing else super().asking_button

    @property
    def asking_words(self):
        return _("Withdraw") if self.is_withdrawing else super().asking_words

    def clean(self):
        cleaned = super().clean()
        if self.public_row(cleaned) and cleaned.get("status", PUBLISHED) != PUBLISHED:
            if self.is_withdrawing:
                text = _("Readers do not see it then. Say why, if you like, and press “Withdraw”.")
                self.ask([Finding("reason", str(text))])
            self.ask_of_links("status", WHAT_LINKS)
            if "expires_at" in cleaned and "expires_at" not in self.changed_data:
                cleaned["expires_at"] = None
        elif cleaned.get("expires_at") and "expires_at" in self.changed_data and self.instance.pk:
            self.ask_of_links("expires_at", WHAT_LINKS)
        if cleaned.get("status", self.instance.status) == PUBLISHED:
            self._ask_of_scheduled()
        return cleaned

    def _ask_of_scheduled(self):
        """Ask before readers are shown what a draft, which waits for its moment, replaces then."""
        draft = getattr(self.instance, "draft", None)
        if not draft or not draft.goes_public_at:
            return
        words = format_html(
            _("The {draft} over it replaces this, unseen, on {moment}: mend it there too."),
            draft=desk_link(draft, _("draft")),
            moment=in_words(draft.goes_public_at),
        )
        changed = [field.name for field in draft.replaces() if field.name in self.changed_data]
        self.ask([Finding(name, words) for name in changed])

    def public_row(self, cleaned):
        is_public = self.instance.pk and self.instance.status == PUBLISHED
        return self.instance if is_public else None

    def show_what_was_chosen(self):
        """Show again what the field of the status had, whichever button was pressed."""
        if len(chosen := self.data.getlist("status")) > 1:
            self.data = self.data.copy()
            self.data["status"] = chosen[0]

    def was_public(self, version):
        return version is not None and version.status == PUBLISHED


class Withdrawing:
    """Pages of a model that is Expiring, with a WithdrawingForm; ``publicity_fields`` are its publisher's."""

    def status_in_words(self, row):
        """Return what has become of a row whose status was changed."""
        raise NotImplementedError

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        is_public = obj and obj.status == PUBLISHED and self.has_change_permission(request, obj)
        if not is_public:
            return fieldsets
        return [
            (title, {**rest, "fields": [*rest["fields"], "reason"]})
            if "status" in rest["fields"]
            else (title, rest)
            for title, rest in fieldsets
        ]

    def save_model(self, request, obj, form, change):
        withdrawn = change and form.initial.get("status") == PUBLISHED != obj.status
        with because(form.cleaned_data.get("reason", "") if withdrawn else ""):
            super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        row = form.instance
        fields = self.undone_by(form) if row.pk else None
        if fields is not None:
            words = self.status_in_words(row)
            button = with_undo(request, words, [deed(row, fields)], desk_address(row))
            self.message_user(request, button, messages.SUCCESS)

    def undone_by(self, form):
        """Return the fields of which a save is taken back by a button, () for all; None where there is none."""
        if "status" not in form.changed_data:
            return None
        # What was typed in the same save stays; but then readers shall not see it.
        return self.publicity_fields if form.instance.status == PUBLISHED else ()

    def act_of(self, version, before):
        is_public = version.status == PUBLISHED
        is_ahead = is_public and _waits(version, version.history_date)
        if version.history_type == "+" and not before and is_public:
            return _("added and scheduled") if is_ahead else _("added and made public")
        if version.history_type != "~" or not before:
            return super().act_of(version, before)
        was_ahead = before.status == PUBLISHED and _waits(before, version.history_date)
        if (version.status, is_ahead) == (before.status, was_ahead):
            return super().act_of(version, before)
        if is_ahead:
            return _("scheduled")
        return _("made public") if is_public else _("withdrawn")

    def made_public(self, versions):
        earlier = {"history_id__lt": OuterRef("history_id")}
        before = {
            "was": Coalesce(of_version(self.model, "status", **earlier), Value("")),
            # What was deleted was not public.
            "by": Coalesce(of_version(self.model, "history_type", **earlier), Value("-")),
        }
        newly = ~Q(was=PUBLISHED, by__in="+~")
        if hasattr(self.model, "published_at"):
            before["was_from"] = of_version(self.model, "published_at", **earlier)
            # What waited, and waits no more.
            newly |= Q(was_from__gt=F("history_date"), published_at__lte=F("history_date"))
        rows = versions.filter(status=PUBLISHED, history_type__in="+~")
        return rows.alias(**before).filter(newly)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        # The form of an editor has none of them, and would silently leave them out.
        if self.is_publishing(request.POST) and not self.may_publish(request):
            raise PermissionDenied
        return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        form = context["adminform"].form
        if form.is_bound:
            form.show_what_was_chosen()
            if change:
                # It came back: the row is as it was.
                obj.status = form.initial.get("status", obj.status)
        # Where it is asked about, the answer has a button.
        has_answer = form.is_withdrawing and form.only_asks
        is_open = change and obj.status == PUBLISHED and not has_answer
        if is_open and self.may_publish(request) and self.has_change_permission(request, obj):
            context["withdrawing_button"] = WITHDRAW
        return super().render_change_form(request, context, add, change, form_url, obj)

    def is_publishing(self, sent):
        """Return whether what was sent says what a publisher alone says."""
        return PUBLISHED in sent.getlist("status") or bool({PUBLISH, WITHDRAW} & sent.keys())
