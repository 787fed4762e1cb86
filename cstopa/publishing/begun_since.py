"""The form of a new draft, of which another was begun since it was opened: the two are merged."""

from uuid import uuid4

from django.utils import timezone

from cstopa.admin.base import desk_address
from cstopa.admin.hardening import is_key
from cstopa.admin.merges import put_into, sent_by
from cstopa.publishing.forms import OF_LIVE
from cstopa.working_copies.models import WorkingCopy
from cstopa.working_copies.showing import MOST_OFFERED
from cstopa.working_copies.unsent import TOKEN, digest, fields_of, packed, token_of


def _opened_on_live(sent):
    """Say in the form of a new draft, for one that is there, what it was opened on."""
    sent["seen_version"] = f"{OF_LIVE}{sent.get('begun_from', '')}"
    return sent


class BegunSince:
    """Pages of a Draft: its row has one draft, whoever began it first."""

    def has_arrived(self, request, draft):
        """Return whether it is what the draft was begun with, sent once more."""
        copy = self._of(request, token_of(request.POST)).of_row(self.model, "")
        return copy.filter(saved_as=draft.pk, digest=digest(fields_of(request.POST))).exists()

    def taken_up(self, request, draft):
        """Return where the draft is written, with what was left of the form of a new one."""
        copies = self._of(request, token_of(request.GET)).with_words()
        copy = copies.filter(model=self.opts.label_lower).first()
        if copy is None or self.unsent_of(copy).get("live") != str(draft.live_id):
            return desk_address(draft)
        return f"{desk_address(draft)}?{TOKEN}={self._move(request, copy, draft)}"

    def unsent_of(self, copy):
        """Return what was left, of a draft that has ended as of a new one: of which row, begun from what."""
        unsent = super().unsent_of(copy)
        if "live" in unsent or not is_key(self.model, copy.key):
            return unsent
        versions = self.model.history.filter(id=copy.key).order_by("-history_id")
        if seen := versions.filter(pk=copy.seen_version or 0).first() or versions.first():
            public = self.live_pages.model.history.filter(id=seen.live_id)
            public = public.filter(history_date__lte=seen.history_date).order_by("-history_id")
            begun_from = public.values_list("history_id", flat=True).first()
            unsent["live"], unsent["begun_from"] = str(seen.live_id), str(begun_from or "")
        return unsent

    def _left_over(self, request, draft):
        """Return what the account has left of forms of a new draft over the row of a draft."""
        copies = WorkingCopy.objects.filter(account=request.user).of_row(self.model, "")
        return copies.filter(fields__contains=packed([["live", str(draft.live_id)]])[1:-1])

    def _move(self, request, copy, draft):
        """Keep it for the form of the draft, and return its token there; one that is open goes on with its own."""
        token = uuid4().hex
        sent = _opened_on_live(self.unsent_of(copy))
        WorkingCopy.objects.keep(request.user, token, self.model, str(draft.pk), sent)
        self._of(request, copy.token).update(fields="")
        return token

    def merged(self, request, draft):
        """Save the form of a new draft as one of the draft that was begun since it was opened."""

        def view():
            form = self.get_form(request, draft, change=True)(instance=draft)
            if "goes_public_at" in form.fields and "goes_public_at" not in request.POST:
                # The form of what is public has no such field.
                put_into(request.POST, sent_by(form, "goes_public_at"))
            _opened_on_live(request.POST)
            return self.change_view(request, str(draft.pk), desk_address(draft))

        return self.as_another_form(request, None, draft.pk, view)

    def _offers(self, request, *asked):
        offers, live = super()._offers(request, *asked), request.GET.get("live")
        return [each for each in offers if not live or each.unsent().get("live") == live]

    def move_what_is_left(self, request, draft):
        """Have what was left of new drafts offered in the form of the draft, where no window has it open."""
        for copy in self._left_over(request, draft).exclude(open_until__gt=timezone.now())[
            :MOST_OFFERED
        ]:
            self._move(request, copy, draft)
