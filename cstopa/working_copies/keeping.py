"""The form of a row at the desk, of which no word is lost before it is saved."""

import datetime as dt
import hashlib
from contextlib import contextmanager
from uuid import uuid4

from django.contrib import messages
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from cstopa.accounts.zones import when
from cstopa.admin.collisions import why_put_off
from cstopa.working_copies.models import PRESENT, PRESENT_UNSEEN, WorkingCopy
from cstopa.working_copies.showing import ShowsWorkingCopies, name_of
from cstopa.working_copies.unsent import ACCOUNT, TOKEN, digest, fields_of, showing, token_of

# What a form says beside its fields: that it is left, that nobody sees it, that nothing is unsaved.
LEFT, UNSEEN, UNDONE = "working_copy_left", "working_copy_unseen", "working_copy_undone"
# A form that is known to be open for longer than this needs no write.
NOTHING_NEW = dt.timedelta(seconds=10)
# Who sends the same again within this time may have had no answer.
JUST_NOW = dt.timedelta(hours=1)


def unsaved_texts():
    """Return a link to the page of all texts of one's own."""
    return format_html(
        '<a href="{}">{}</a>', reverse("admin:unsaved-texts"), _("Your unsaved texts")
    )


def came_back(response):
    """Return whether it is the form that was sent, with an error."""
    return "adminform" in (getattr(response, "context_data", None) or {})


class KeepsWorkingCopies(ShowsWorkingCopies):
    """The form of a model at the desk, which is kept while it is written.

    Its page sends it every few seconds, and so do a save that is refused, or that comes back with an
    error. A save that succeeds clears it in its own transaction.
    """

    def get_urls(self):
        view = self.admin_site.admin_view(self.working_copy_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_working_copy"
        return [
            path("add/working-copy/", view, name=name),
            path("<path:object_id>/working-copy/", view, name=name),
            *super().get_urls(),
        ]

    # What the page of a form sends and asks while it is open

    def working_copy_view(self, request, object_id=None):
        """Keep the form as it is sent, and answer who else has it open; or show what is offered."""
        if request.method == "GET":
            return self._offered(request, object_id)
        if request.method != "POST":
            return HttpResponseNotAllowed(["GET", "POST"])
        token, key = token_of(request.POST), self._row_key(object_id)
        if not token or key is None:
            return JsonResponse({"message": _("This is no form of the desk.")}, status=400)
        if request.POST.get(ACCOUNT) != str(request.user.pk):
            words = _("You are signed in as %(name)s here now. Sign in as before to go on.")
            message = words % {"name": name_of(request.user)}
            return JsonResponse({"message": message}, status=409)
        may, may_others = self._may_write(request, object_id)
        copy = self._of(request, token).of_row(self.model, key).defer("fields").first()
        # A form that was open before goes on until its words are somewhere else.
        if not may and not (may_others and copy):
            message = _("You may not save this. Your text is kept in this browser.")
            return JsonResponse({"message": message}, status=403)
        try:
            with transaction.atomic():
                self._hear(request, token, key, copy)
        except IntegrityError:
            # The account was deleted at this moment.
            message = _("You may not save this. Your text is kept in this browser.")
            return JsonResponse({"message": message}, status=403)
        kept = when(timezone.now(), "TIME_FORMAT", seconds=True)
        return JsonResponse(
            {
                "kept": _("Working copy saved %(time)s") % {"time": kept},
                "others": self._others(request, key) if may else [],
                "note": ""
                if may
                else _(
                    "You may not save this any more: somebody has published or deleted it. Your text is"
                    " kept, see “Your unsaved texts”."
                ),
            }
        )

    def _hear(self, request, token, key, copy):
        sent, now, copies = request.POST, timezone.now(), WorkingCopy.objects
        until = now if LEFT in sent else now + (PRESENT_UNSEEN if UNSEEN in sent else PRESENT)
        if fields_of(sent) or UNDONE in sent:
            copies.keep(request.user, token, self.model, key, sent, until)
        elif copy is None and key:
            copies.begin(request.user, token, self.model, key, until)
        # Mostly it is heard that the form is still open, and not each time that is worth a write.
        elif copy and not -NOTHING_NEW < until - copy.open_until < NOTHING_NEW:
            self._of(request, token).update(open_until=until)
        if LEFT in sent:
            self._of(request, token).filter(fields="", saved_as="").delete()

    def _offered(self, request, object_id):
        may, may_others = self._may_write(request, object_id)
        if not may and not may_others:
            raise PermissionDenied
        key = self._row_key(object_id)
        if key is None:
            raise Http404
        row = self.get_object(request, unquote(object_id)) if key else None
        newest = getattr(row, "newest_version", None)
        offers = self._offers(request, key, newest, token_of(request.GET, "apart_from"))
        address = ("change", [quote(key)]) if key else ("add", [])
        context = {
            "working_copy_offers": offers,
            "working_copy_address": reverse(self._named(address[0]), args=address[1]),
            "working_copy_may": may,
        }
        return render(request, "admin/_working_copy_offers.html", context)

    # Sending

    def add_view(self, request, form_url="", extra_context=None):
        with self._keeping_if_refused(request, None):
            return super().add_view(request, form_url, extra_context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        with self._keeping_if_refused(request, object_id):
            return super().change_view(request, object_id, form_url, extra_context)

    @contextmanager
    def _keeping_if_refused(self, request, object_id):
        try:
            yield
        except PermissionDenied:
            self._keep(request, object_id)
            raise

    def _changeform_view(self, request, object_id, form_url, extra_context):
        if request.method != "POST":
            with showing(self._left(request, object_id)):
                return super()._changeform_view(request, object_id, form_url, extra_context)
        token = token_of(request.POST)
        if why_put_off() or not token:
            return super()._changeform_view(request, object_id, form_url, extra_context)
        if object_id is None and (again := self._sent_again(request, token)):
            return again
        response = super()._changeform_view(request, object_id, form_url, extra_context)
        if came_back(response):
            self._keep(request, object_id)
        return response

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        if self._keep(request, object_id):
            messages.warning(
                request, format_html(_("What you wrote is kept: {}."), unsaved_texts())
            )
        return super()._get_obj_does_not_exist_redirect(request, opts, object_id)

    def _keep(self, request, object_id):
        """Keep what was sent and is not saved, of who may save one of the kind; return whether it is."""
        token, key = token_of(request.POST), self._row_key(object_id)
        if object_id is None:
            may = self.has_add_permission(request)
        else:
            may = self.has_change_permission(request)
        if not (token and may) or key is None or request.method != "POST":
            return False
        WorkingCopy.objects.keep(request.user, token, self.model, key, request.POST)
        return True

    def as_another_form(self, request, object_id, other, view):
        """Have ``view`` answer what was sent as of another form, which saves it, or keeps it if it comes back.

        Sent once more it is of the same form; ``other`` tells which. The form that was sent goes on with its own.
        """
        sent, token = request.POST, token_of(request.POST)
        another = hashlib.sha256(f"{token} {other}".encode()).hexdigest()[:32]
        request.POST = sent.copy()
        if token:
            request.POST[TOKEN] = another
        response = view()
        is_kept = not came_back(response) or self._of(request, another).with_words().exists()
        if token and is_kept:
            copies, key = WorkingCopy.objects, self._row_key(object_id)
            copies.begin(request.user, token, self.model, key)
            copies.saved(request.user, token, "", sent)
        return response

    def _sent_again(self, request, token):
        """Answer a new row's form that has made a row already; None where it has not.

        Who sends it at the same moment waits for this transaction. What was added to the text since is
        kept for the form of that row. Without scripts, who goes back has a new form: it is known by
        what it says.
        """
        WorkingCopy.objects.begin(request.user, token, self.model, "")
        copy = self._of(request, token).select_for_update().defer("fields").get()
        said = digest(fields_of(request.POST))
        if not copy.saved_as:
            saved = WorkingCopy.objects.of_row(self.model, "").exclude(saved_as="").defer("fields")
            since = timezone.now() - JUST_NOW
            same = saved.filter(account=request.user, digest=said, open_until__gt=since)
            copy = same.order_by("-open_until").first()
        row = copy and self.get_object(request, copy.saved_as)
        if not row:
            return None
        if copy.digest == said:
            messages.info(request, _("It had arrived before, and was not saved a second time."))
            return self.response_add(request, row)
        sent, token = request.POST.copy(), uuid4().hex
        first = self.model.history.filter(id=row.pk).order_by("pk").first()
        sent["seen_version"] = str(first.pk) if first else ""
        WorkingCopy.objects.keep(request.user, token, self.model, str(row.pk), sent)
        if not self.has_change_permission(request, row):
            text = _("This was saved before you sent it again. What you have changed since: {}.")
            messages.warning(request, format_html(text, unsaved_texts()))
            return self.response_add(request, row)
        messages.warning(
            request,
            _(
                "This was saved before you sent it again. What you have changed since is shown here."
            ),
        )
        address = reverse(self._named("change"), args=[quote(row.pk)])
        return HttpResponseRedirect(f"{address}?{TOKEN}={token}")

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if token := token_of(request.POST):
            WorkingCopy.objects.saved(request.user, token, str(form.instance.pk), request.POST)
