"""What an account left of a form, where it is opened again."""

from uuid import uuid4

from django.contrib import messages
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from cstopa.accounts.zones import when
from cstopa.working_copies.models import WorkingCopy, step_of
from cstopa.working_copies.unsent import Unsent, shown, token_of

# The offers that a form names; the page of all has the others.
MOST_OFFERED = 5


def name_of(account):
    return account.get_full_name() or account.get_username()


class ShowsWorkingCopies:
    """The form of a model, which offers what was left of it, and shows that for ``?working_copy=``.

    It says who else has its row open, too.
    """

    def _row_key(self, object_id):
        """Return the key of the row whose form it is, "" of a new one, None where it can be none."""
        if object_id is None:
            return ""
        try:
            return str(self.opts.pk.clean(unquote(object_id), None))
        except ValidationError:
            return None

    def _may_write(self, request, object_id):
        """Return whether the account may save the form, and whether it may save one of the kind."""
        if object_id is None:
            may = self.has_add_permission(request)
            return may, may
        row = self.get_object(request, unquote(object_id))
        may = self.has_change_permission(request)
        return row is not None and self.has_change_permission(request, row), may

    def _of(self, request, token):
        return WorkingCopy.objects.filter(account=request.user, token=token)

    def _others(self, request, key):
        """Return who else has the row open, in words."""
        if not key:
            return []
        copies = WorkingCopy.objects.of_row(self.model, key).open_now()
        since = {}
        copies = copies.exclude(account=request.user).select_related("account").defer("fields")
        for copy in copies.order_by("opened_at"):
            since.setdefault(name_of(copy.account), copy.opened_at)
        return [
            _("%(name)s has this open since %(time)s.")
            % {"name": name, "time": when(moment, "TIME_FORMAT")}
            for name, moment in since.items()
        ]

    def _offers(self, request, key, newest_version=None, apart_from=""):
        """Return what the account left of the form, newest first."""
        copies = WorkingCopy.objects.filter(account=request.user).with_words()
        copies = copies.of_row(self.model, key).exclude(token=apart_from).defer("fields")
        offers = list(copies.order_by("-kept_at")[:MOST_OFFERED])
        for copy in offers:
            copy.was_overtaken = bool(
                newest_version and copy.seen_version and copy.seen_version != str(newest_version)
            )
        return offers

    def _named(self, page):
        return f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}"

    def changelist_view(self, request, extra_context=None):
        offers = []
        if self.has_add_permission(request):
            offers = self._offers(request, "")
        context = {
            "working_copy_offers": offers,
            "working_copy_address": offers and reverse(self._named("add")),
            "working_copy_may": True,
        }
        return super().changelist_view(request, context | (extra_context or {}))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        may = add or self.has_change_permission(request, obj)
        key = "" if add else str(obj.pk)
        context |= {"working_copy_may": may, "working_copy_address": request.path}
        if may:
            copy = self._begun(request, key)
            address = [quote(obj.pk)] if change else []
            context["working_copy"] = {
                "token": copy.token,
                "step": copy.step,
                "address": reverse(self._named("working_copy"), args=address),
                # It holds what is not saved: a text that was taken up, or a form that came back.
                "is_unsaved": shown() is not None or request.method == "POST",
                "others": self._others(request, key),
            }
        if request.method == "GET" and shown() is None and not context.get("is_popup"):
            newest = getattr(obj, "newest_version", None)
            context["working_copy_offers"] = self._offers(request, key, newest)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _begun(self, request, key):
        """Return the copy of the form that is shown again, or one that is not kept yet."""
        sent = request.POST if request.method == "POST" else request.GET
        token = token_of(sent)
        if token and (request.method == "POST" or shown() is not None):
            copy = self._of(request, token).defer("fields").first() or WorkingCopy(token=token)
            copy.step = max(copy.step, step_of(sent))
            # As a new row it would be known for the one as which it was saved before.
            if not copy.saved_as or copy.key == key:
                return copy
        return WorkingCopy(token=uuid4().hex)

    # Showing what was left

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        unsent = shown()
        if unsent is None:
            return form

        class Left(form):
            def __init__(self, data=None, *args, **kwargs):
                super().__init__(unsent, *args, **kwargs)

        return Left

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        return kwargs if shown() is None else kwargs | {"data": shown()}

    def left(self, request):
        """Return the fields of the copy that is asked for, of whichever row: none of no copy."""
        copy = self._of(request, token_of(request.GET)).with_words().first()
        return self.unsent_of(copy) if copy else Unsent()

    def unsent_of(self, copy):
        """Return the fields of a copy as a form takes them."""
        return copy.unsent()

    def _left(self, request, object_id):
        """Return the fields of the copy that is asked for, or None."""
        token = token_of(request.GET)
        if not token or not self._may_write(request, object_id)[0]:
            return None
        copy = self._of(request, token).with_words().first()
        if copy is None or copy.model != self.opts.label_lower:
            words = _("This text is not kept any more: it was saved, or thrown away.")
            messages.warning(request, words)
            return None
        if copy.key != self._row_key(object_id):
            return self.unsent_of(copy).as_new() if object_id is None else None
        return self.unsent_of(copy)
