"""What a row that is public is to say next."""

from copy import copy

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cstopa.library.documents.references import link
from cstopa.publishing.models.moments import in_order
from cstopa.publishing.models.reviews import Review
from cstopa.publishing.models.versions import newest, not_before, value, version_of

# Why a draft ended whose row, which was withdrawn, took its words.
HANDED_OVER = "hand over"


class Draft(models.Model):
    """What a row that is public, ``live``, is to say next.

    Its fields that ``live`` has too are its content. What goes public at a moment is one version of
    it: what is written after that waits for its own moment.
    """

    goes_public_at = models.DateTimeField(
        _("goes public at"),
        null=True,
        blank=True,
        help_text=_("The moment from which readers see this instead. Mostly there is none."),
    )
    scheduled_version = models.PositiveBigIntegerField(null=True, editable=False)
    scheduled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # The version of ``live`` from which it was begun.
    based_on = models.PositiveBigIntegerField(null=True, editable=False)

    # What becomes of a version is nothing that it says; but two who schedule see one another.
    OF_NO_VERSION = ("scheduled_version", "scheduled_by", "based_on")

    class Meta:
        abstract = True
        indexes = [in_order("goes_public_at")]

    def __str__(self):
        return str(self.live)

    def get_absolute_url(self):
        return self.live.get_absolute_url()

    @classmethod
    def content(cls):
        """Return the fields, many-to-many ones included, that the draft and its row both have."""
        rows = cls._meta.get_field("live").related_model._meta
        theirs = {field.name for field in (*rows.concrete_fields, *rows.many_to_many)}
        own = (*cls._meta.concrete_fields, *cls._meta.many_to_many)
        return [field for field in own if field.name in theirs and not field.primary_key]

    @classmethod
    def begun(cls, live):
        """Return a new draft, not saved, with what ``live`` says beside many-to-many values."""
        values = {
            field.attname: getattr(live, field.attname)
            for field in cls.content()
            if not field.many_to_many
        }
        return cls(live=live, based_on=newest(live), **values)

    def as_live(self):
        """Return ``live``, not saved, as the public would have it beside many-to-many values."""
        row = copy(self.live)
        for field in self._taken(
            row, self, (each for each in self.content() if not each.many_to_many)
        ):
            setattr(row, field.attname, getattr(self, field.attname))
        return row

    def _taken(self, live, said, fields):
        """Return those of the fields that what is ``said`` changes: the rest stays as ``live`` has it by now."""
        base = version_of(live, self.based_on)
        return [each for each in fields if base is None or value(said, each) != value(base, each)]

    def take(self, version, fields=None):
        """Say what a version of ``live`` said, in all or some fields, and save it, unless that is what it says."""
        fields = fields or self.content()
        if self.pk and all(value(version, field) == value(self, field) for field in fields):
            return
        for field in fields:
            if not field.many_to_many and is_there(field, said := value(version, field)):
                setattr(self, field.attname, said)
        with transaction.atomic():
            self.save()
            for field in fields:
                if field.many_to_many:
                    said = value(version, field)
                    getattr(self, field.name).set(key for key in said if is_there(field, key))

    def comes_back(self, deletion):
        """Fill in, of a draft that was deleted, what its versions do not say: it is not scheduled."""
        self.goes_public_at = None
        begun = type(self).history.filter(id=self.pk, history_type="+")
        moment = begun.order_by("history_id").values("history_date")[:1]
        before = type(self.live).history.filter(
            id=self.live_id, history_type__in="+~", history_date__lte=Subquery(moment)
        )
        self.based_on = before.order_by("-history_id").values_list("history_id", flat=True).first()

    def schedule(self, moment, by, version=None):
        """Let a version, the newest if none is named, go public at a moment; None: no version does."""
        self.goes_public_at = moment
        self.scheduled_version = (version or newest(self)) if moment else None
        self.scheduled_by = by if moment else None
        # A version says what was written; this says what becomes of it.
        type(self)._base_manager.filter(pk=self.pk).update(
            goes_public_at=moment,
            scheduled_version=self.scheduled_version,
            scheduled_by=self.scheduled_by,
        )

    def move(self, moment):
        """Let what is scheduled go public at another moment, None for none: the same words, as approved.

        ValidationError where what it is a draft of was withdrawn.
        """
        if moment and not self.is_over(self.live):
            text = gettext("What it is a draft of is withdrawn: publish that first.")
            raise ValidationError(text)
        before = newest(self)
        self.goes_public_at = moment
        with transaction.atomic():
            self.save()
            if self.scheduled_version == before or moment is None:
                self.schedule(moment, self.scheduled_by)
            self._keep_approval(before)

    def in_words(self):
        """Return what becomes of the draft, for who wrote it."""
        if not self.is_over(self.live):
            return gettext("The draft is saved. What it is a draft of is withdrawn.")
        said = [gettext("The draft is saved. Readers see what is public, without it.")]
        if self.goes_public_at:
            moment = date_format(timezone.localtime(self.goes_public_at), "DATETIME_FORMAT")
            is_newest = self.scheduled_version == newest(self)
            text = (
                gettext("It goes public on %(moment)s.")
                if is_newest
                else gettext("What was scheduled before goes public on %(moment)s, without this.")
            )
            said.append(text % {"moment": moment})
        return " ".join(said)

    def overwritten(self, seen=None, said=None):
        """Return the fields that ``live`` says otherwise since the draft was begun, and the draft too.

        Those that ``live`` said already in its version of the number ``seen`` are left out. ``said`` is
        ``{name: value}`` of all content, where the draft is not saved yet.
        """
        base = version_of(self.live, self.based_on)
        if base is None:
            return []
        known = version_of(self.live, seen) or base
        found = []
        for field in self.content():
            was, shown, live = (value(row, field) for row in (base, known, self.live))
            mine = said[field.name] if said else value(self, field)
            if live not in (was, shown) and mine not in (was, live):
                found.append(field)
        return found

    def replaces(self):
        """Return the fields of ``live`` that the version which is scheduled will replace."""
        scheduled = version_of(self, self.scheduled_version)
        return self._taken(self.live, scheduled, self.content()) if scheduled else []

    def left_alone(self):
        """Return the fields that ``live`` says otherwise since the draft was begun, which says nothing of them."""
        base = version_of(self.live, self.based_on)
        return [
            field
            for field in self.content()
            if base and value(self, field) == value(base, field) != value(self.live, field)
        ]

    @staticmethod
    def is_over(live):
        """Return whether a row is one over which a draft is: it may have been withdrawn since."""
        return True

    def publish(self, by=None, version=None, at=None):
        """Let ``live`` say what the draft says, or said in a ``version``, and end the draft.

        What the draft left alone stays as ``live`` has it by now. ValidationError where the row
        could not be public so; nothing is changed then.
        """
        with transaction.atomic():
            live = self._locked()
            if not self.is_over(live):
                raise ValidationError(
                    gettext("What it is a draft of is not public any more: publish that.")
                )
            if at:
                live._history_date = not_before(live, at)
            self._write(live, version or self, by)
            if version is None or version.pk == newest(self):
                self._end("publish")
            else:
                self._go_on(live, version)
                self.schedule(None, by)
        self.live = live
        return live

    def _go_on(self, live, version):
        """Be based on what ``live`` says since it took a version of this draft.

        What others wrote there, and this left alone, it says too. Where both have changed the same, it
        stays based on what was before: then it is told before one replaces the other.
        """
        base = version_of(live, self.based_on)
        theirs = [
            field
            for field in self.content()
            if base and value(version, field) == value(base, field) != value(live, field)
        ]
        left = [field for field in theirs if value(self, field) == value(base, field)]
        if any(value(self, each) != value(live, each) for each in theirs if each not in left):
            return
        if left:
            before, self._history_user = newest(self), None
            self.take(live, left)
            self._keep_approval(before)
        self.based_on = newest(live)
        type(self)._base_manager.filter(pk=self.pk).update(based_on=self.based_on)

    def _keep_approval(self, before):
        """Let what was said of a version be said of the newest, which says the same."""
        steps = Review.objects.of(self).filter(is_newest=True, version=before)
        steps.update(version=newest(self))

    def hand_over(self, by):
        """Let ``live``, which was withdrawn, say what the draft says, and end the draft."""
        with transaction.atomic():
            live = self._locked()
            if self.is_over(live):
                raise ValidationError(
                    gettext("What it is a draft of is public: publish the draft.")
                )
            self._write(live, self, by)
            self._end(HANDED_OVER)
        self.live = live
        return live

    def _locked(self):
        return type(self.live)._base_manager.select_for_update().get(pk=self.live_id)

    def _write(self, live, said, by):
        taken = self._taken(live, said, self.content())
        for field in taken:
            if not field.many_to_many:
                setattr(live, field.attname, getattr(said, field.attname))
        live.full_clean()
        live._history_user = by
        live.save()
        for field in taken:
            if field.many_to_many:
                # Who or what was deleted since is in the versions still.
                rows = field.related_model._base_manager.filter(pk__in=value(said, field))
                getattr(live, field.name).set(rows)
        # It may keep a link whose document ``live`` has lost meanwhile.
        link(live)

    def _end(self, reason):
        Review.objects.end(self)
        # It is no deletion that could be undone.
        self._change_reason = reason
        self.delete()

    def publish_scheduled(self):
        """Do what was scheduled, as of its moment and in the name of who scheduled it."""
        version = version_of(self, self.scheduled_version)
        if version is None:
            # Otherwise it would be what was written last, which nobody has approved.
            raise ValidationError("None of its versions is scheduled.")
        return self.publish(self.scheduled_by, version, at=self.goes_public_at)


def is_there(field, key):
    """Return whether what a version names has not been deleted since; every text is there."""
    return (
        not field.is_relation
        or key is None
        or field.related_model._base_manager.filter(pk=key).exists()
    )
