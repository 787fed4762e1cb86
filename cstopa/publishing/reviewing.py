"""The review in the form of a row: it is submitted, approved or returned in one click with the save."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cstopa.accounts.zones import when
from cstopa.publishing.links.pages import WithLinks
from cstopa.publishing.models import Review
from cstopa.publishing.rights import WithRights

# The button of a step, by its state, and what is said with it.
STEP, COMMENT = "_review", "review_comment"
# So many steps are shown.
MOST_SHOWN = 10

State = Review.State
SUBMITTED, RETURNED, APPROVED = State.SUBMITTED, State.RETURNED, State.APPROVED
BUTTONS = {
    SUBMITTED: gettext_lazy("Submit for review"),
    APPROVED: gettext_lazy("Approve"),
    RETURNED: gettext_lazy("Return"),
}
DONE = {
    SUBMITTED: gettext_lazy("Submitted for review."),
    APPROVED: gettext_lazy("Approved. What is written from now on needs approval anew."),
    RETURNED: gettext_lazy("Returned, with your comment."),
}


class Comment(forms.CharField):
    """What is said with a step. It is no change of the row."""

    widget = forms.Textarea

    def has_changed(self, initial, data):
        return False


class ReviewedForm(forms.ModelForm):
    """A form in which a row is reviewed: what comes back says why, and what is approved was seen."""

    review_comment = Comment(
        label=gettext_lazy("Comment"),
        required=False,
        max_length=5_000,
        help_text=gettext_lazy("For those who write and review it. Readers do not see it."),
    )

    def clean(self):
        cleaned = super().clean()
        step = self.data.get(STEP)
        if step == RETURNED and not cleaned.get(COMMENT) and COMMENT in self.fields:
            self.add_error(COMMENT, _("Say what is to be changed."))
        if step == APPROVED and self.merge:
            self.add_error(
                None,
                _(
                    "Others have saved this since you opened it: read it, then approve it once more."
                ),
            )
        return cleaned


def is_beside(fieldset):
    """Return whether the fields stand in the panel beside the words."""
    return "side" in fieldset.get("classes", ())


def said(step):
    """Return a step in words, as HTML."""
    return format_html(
        "<p><strong>{}</strong>, {}, {}{}</p>",
        step.get_state_display(),
        step.who,
        when(step.at),
        format_html("<br>{}", linebreaksbr(step.comment)) if step.comment else "",
    )


class WithReview(WithRights, WithLinks):
    """The pages of a model whose rows are reviewed before they are public, with a ``ReviewedForm``."""

    # The name and the value by which the form makes its row public.
    publish_button = None

    def is_reviewed(self, obj):
        """Return whether a row, None for a new one, is still to be public."""
        return True

    def reviewed(self, rows):
        """Return those of the rows of which that is so."""
        return rows

    def unscheduled(self, rows):
        """Return those of the rows that have no moment at which they go public by themselves."""
        return rows

    def undone(self, row, done):
        super().undone(row, done)
        _label, number = done.draft or (None, done.version)
        last = Review.objects.last_of(row, beside=number)
        if last and self.is_reviewed(row):
            # A review that had ended before what was undone is over.
            since = {"id": row.pk, "history_id__gt": last.version, "history_id__lt": number}
            versions = type(row).history.filter(**since)
            count = versions.count()
            if self.reviewed(versions).count() == count:
                # What it was about is as it was approved, unless it was written between.
                is_as_before = (done.fields or done.draft) and not count
                beside = self.publicity_fields if is_as_before else ()
                Review.objects.resume(row, last, beside)

    def _steps(self, request, obj):
        """Return the states to which somebody may bring a row now."""
        if not self.is_reviewed(obj):
            return []
        step = obj and Review.objects.current_of(obj)
        if step is None or step.state == RETURNED:
            return [SUBMITTED]
        if not self.may_review(request):
            return []
        # It is for the eyes of another, unless one needs nobody's.
        is_own = step.submitted_by == request.user and not self.may_publish(request)
        return [RETURNED] if step.state == APPROVED or is_own else [APPROVED, RETURNED]

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        may = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        if not (may and self.is_reviewed(obj)):
            return fieldsets
        steps = (
            obj.pk and Review.objects.of(obj).select_related("by").order_by("-id") if obj else ()
        )
        shown = format_html_join("", "{}", ([said(each)] for each in steps[:MOST_SHOWN]))
        about = {"fields": [COMMENT], "classes": ("side",), "description": shown}
        beside = [number for number, (_title, each) in enumerate(fieldsets) if is_beside(each)]
        # What waits for somebody is read first.
        where = beside[0] if shown and beside else len(fieldsets) - 1
        return [*fieldsets[:where], (_("Review"), about), *fieldsets[where:]]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        asked = request.POST.getlist(STEP)
        for step in asked:
            if step not in BUTTONS or (step != SUBMITTED and not self.may_review(request)):
                raise PermissionDenied
        return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        may = self.has_add_permission(request) if add else self.has_change_permission(request, obj)
        if may:
            # After an error the form holds what was typed; the row is the same.
            steps = self._steps(request, obj if change else None)
            # It is the button of who may not publish; in the bar there is room for one of the two.
            is_in_bar = SUBMITTED in steps and not self.may_publish(request)
            context |= {
                # It is taken by its own button, once what was asked is answered beside it.
                "is_step": STEP in request.POST,
                "publish_in_bar": self.may_publish(request) and self.publish_button,
                "review_in_bar": is_in_bar and (SUBMITTED.value, BUTTONS[SUBMITTED]),
                "review_steps": [(step.value, BUTTONS[step]) for step in steps if not is_in_bar],
            }
        context["show_save_and_add_another"] = False
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        row, step = form.instance, request.POST.get(STEP)
        if not (row.pk and self.is_reviewed(row)):
            if step:
                raise PermissionDenied
            if row.pk:
                Review.objects.end(row)
            return
        comment = form.cleaned_data.get(COMMENT, "")
        if step and step in self._steps(request, row):
            Review.objects.take(row, Review.State(step), request.user, comment)
            # The undo of the save stands in the message of that: it takes back words.
            messages.success(request, str(DONE[step]))
            return
        if step:
            text = _("Meanwhile another has taken this step, or one before it. It was saved.")
            self.message_user(request, text, messages.WARNING)
        if comment:
            Review.objects.comment(row, request.user, comment)
