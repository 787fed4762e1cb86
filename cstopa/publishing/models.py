"""What is to be public next: drafts of rows that are public, rows that cease to be, and the review."""

from django.conf import settings
from django.db import models, transaction
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


def in_order(column):
    """Return the index by which the next of a model's moments is found."""
    return models.Index(
        fields=[column],
        name=f"%(app_label)s_%(class)s_{column.partition('_')[0]}",
        condition=models.Q((f"{column}__isnull", False)),
    )


class Expiring(models.Model):
    """A row that the public sees up to a moment, if one is set."""

    expires_at = models.DateTimeField(
        _("expires at"),
        null=True,
        blank=True,
        help_text=_("The moment at which the public ceases to see it. Mostly there is none."),
    )

    class Meta:
        abstract = True

    def withdraw(self, by=None, reason="", at=None):
        """Take the row from the public, and keep its words. ``at``: the moment at which it was due."""
        raise NotImplementedError


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

    def take(self, version):
        """Say what a version of ``live`` said, and save it."""
        fields = self.content()
        for field in fields:
            if not field.many_to_many and is_there(field, said := value(version, field)):
                setattr(self, field.attname, said)
        with transaction.atomic():
            self.save()
            for field in fields:
                if field.many_to_many:
                    said = value(version, field)
                    getattr(self, field.name).set(key for key in said if is_there(field, key))

    def comes_back(self):
        """Fill in, of a draft that was deleted, what its versions do not say: it is not scheduled."""
        self.goes_public_at = None
        begun = type(self).history.filter(id=self.pk, history_type="+")
        moment = begun.order_by("history_id").values("history_date")[:1]
        before = type(self.live).history.filter(
            id=self.live_id, history_type__in="+~", history_date__lte=Subquery(moment)
        )
        self.based_on = before.order_by("-history_id").values_list("history_id", flat=True).first()

    def schedule(self, moment, by):
        """Let the newest version go public at a moment; None: no version does."""
        self.goes_public_at = moment
        self.scheduled_version = newest(self) if moment else None
        self.scheduled_by = by if moment else None
        # A version says what was written; this says what becomes of it.
        type(self)._base_manager.filter(pk=self.pk).update(
            goes_public_at=moment,
            scheduled_version=self.scheduled_version,
            scheduled_by=self.scheduled_by,
        )

    def in_words(self):
        """Return what becomes of the draft, for who wrote it."""
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

    def overwritten(self):
        """Return the fields that ``live`` says otherwise since the draft was begun, and the draft too."""
        base = version_of(self.live, self.based_on)
        if base is None:
            return []
        said = (
            (field, *(value(row, field) for row in (base, self.live, self)))
            for field in self.content()
        )
        return [field for field, was, live, mine in said if live != was and mine not in (was, live)]

    def publish(self, by=None, version=None, at=None):
        """Let ``live`` say what the draft says, or said in a ``version``, and end the draft.

        What the draft left alone stays as ``live`` has it by now. ValidationError where the row
        could not be public so; nothing is changed then.
        """
        said = version or self
        with transaction.atomic():
            live = type(self.live)._base_manager.select_for_update().get(pk=self.live_id)
            base = version_of(live, self.based_on)
            taken = [
                field
                for field in self.content()
                if base is None or value(said, field) != value(base, field)
            ]
            for field in taken:
                if not field.many_to_many:
                    setattr(live, field.attname, getattr(said, field.attname))
            live.full_clean()
            live._history_user = by
            if at:
                live._history_date = at
            live.save()
            for field in taken:
                if field.many_to_many:
                    getattr(live, field.name).set(value(said, field))
            if version is None or version.pk == newest(self):
                Review.objects.end(self)
                # It is no deletion that could be undone.
                self._change_reason = "publish"
                self.delete()
            else:
                self.based_on = newest(live)
                type(self)._base_manager.filter(pk=self.pk).update(based_on=self.based_on)
                self.schedule(None, by)
        self.live = live
        return live

    def publish_scheduled(self):
        """Do what was scheduled, as of its moment and in the name of who scheduled it."""
        version = version_of(self, self.scheduled_version)
        return self.publish(self.scheduled_by, version, at=self.goes_public_at)


def is_there(field, key):
    """Return whether what a version names has not been deleted since; every text is there."""
    return (
        not field.is_relation
        or key is None
        or field.related_model._base_manager.filter(pk=key).exists()
    )


class ReviewQuerySet(models.QuerySet):
    def of(self, row):
        return self.filter(model=row._meta.label_lower, key=row.pk)

    def current(self, model):
        """Return the newest steps of the rows of a model; of what was written after an approval there is none."""
        versions = model.history.filter(id=OuterRef("key")).order_by("-history_id")
        of_newest = Q(version=Subquery(versions.values("history_id")[:1]))
        steps = self.filter(model=model._meta.label_lower, is_newest=True)
        return steps.filter(~Q(state=Review.State.APPROVED) | of_newest)

    def current_of(self, row):
        """Return the current step of a row, or None."""
        return self.current(type(row)).filter(key=row.pk).first()

    def state_of(self, model, key):
        """Return the expression of the state of the row of a model that another expression names."""
        return Subquery(self.current(model).filter(key=key).values("state")[:1])

    def take(self, row, state, by, comment=""):
        """Add a step, of the newest version of a row, and return it. It belongs into a transaction."""
        before = self.of(row).filter(is_newest=True).select_for_update().first()
        author = by if state == Review.State.SUBMITTED else before and before.submitted_by
        self.end(row)
        return self.create(
            model=row._meta.label_lower,
            key=row.pk,
            version=newest(row),
            state=state,
            comment=comment,
            by=by,
            submitted_by=author,
        )

    def comment(self, row, by, comment):
        """Add what somebody says and does nothing else."""
        said = {"state": Review.State.COMMENTED, "is_newest": False, "comment": comment, "by": by}
        self.create(model=row._meta.label_lower, key=row.pk, version=newest(row), **said)

    def end(self, row):
        """Let nobody be waited for any more: what was to be read is public, or gone."""
        self.of(row).filter(is_newest=True).update(is_newest=False)


class Review(models.Model):
    """A step of the review of a row that is not public: who did what with which version. The newest counts."""

    class State(models.TextChoices):
        # By it nothing comes to another state, so it is never the newest.
        COMMENTED = "commented", _("comment")
        SUBMITTED = "submitted", _("for review")
        RETURNED = "returned", _("returned")
        APPROVED = "approved", _("approved")

    # By its name and key: the steps outlive the row.
    model = models.CharField(max_length=100)
    key = models.BigIntegerField()
    version = models.PositiveBigIntegerField()
    state = models.CharField(max_length=9, choices=State)
    comment = models.TextField(blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Who waits for an answer.
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    is_newest = models.BooleanField(default=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a review")
        verbose_name_plural = _("steps of reviews")
        default_permissions = ()
        indexes = [
            models.Index(fields=["model", "key", "-id"], name="publishing_review_of_row"),
            models.Index(
                fields=["state", "-at"],
                name="publishing_review_waiting",
                condition=models.Q(is_newest=True),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["model", "key"],
                name="publishing_review_one_newest",
                condition=models.Q(is_newest=True),
            )
        ]

    def __str__(self):
        return self.get_state_display()


def newest(row):
    """Return the number of the newest version of a row, or None."""
    versions = type(row).history.filter(id=row.pk).order_by("-history_id")
    return versions.values_list("history_id", flat=True).first()


def version_of(row, number):
    """Return a version of a row by its number; None where there is none."""
    return type(row).history.filter(id=row.pk, history_id=number).first() if number else None


def value(row, field):
    """Return what a row, or a version of one, has in a field; of a many-to-many one a set of keys."""
    if not field.many_to_many:
        return getattr(row, field.attname)
    rows = getattr(row, field.name)
    key = field.m2m_reverse_field_name() if hasattr(row, "history_id") else "pk"
    return set(rows.values_list(key, flat=True))
