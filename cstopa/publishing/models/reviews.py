"""The review of what is to be public."""

from functools import partial

from django.conf import settings
from django.db import models, transaction
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cstopa.publishing.models.links import PreviewLink
from cstopa.publishing.models.versions import newest, value, version_of
from cstopa.publishing.telling import tell


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
        return self._add(
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
        current = self.of(row).filter(is_newest=True).first()
        self._add(
            model=row._meta.label_lower,
            key=row.pk,
            version=newest(row),
            state=Review.State.COMMENTED,
            is_newest=False,
            comment=comment,
            by=by,
            submitted_by=current and current.submitted_by,
        )

    def note(self, link, state, by):
        """Add what somebody did with a link to a row: nothing follows from it, and nobody is told."""
        self.create(
            model=link.model,
            key=link.key,
            version=link.version,
            state=state,
            is_newest=False,
            by=by,
        )

    def answer(self, link, row, name, comment, approves):
        """Add what somebody said who has a link to a version of a row, and return it.

        An approval brings what is new, or waits for it, to that state: of the newest version alone, and
        not against who has returned it. It belongs into a transaction.
        """
        before = self.of(row).filter(is_newest=True).select_for_update().first()
        current = self.current_of(row)
        is_open = current is None or current.state == Review.State.SUBMITTED
        counts = approves and is_open and link.version == newest(row)
        if counts:
            self.end(row)
            state = Review.State.APPROVED
        else:
            state = Review.State.AGREED if approves else Review.State.COMMENTED
        return self._add(
            model=link.model,
            key=link.key,
            version=link.version,
            state=state,
            is_newest=counts,
            comment=comment,
            by=link.by,
            submitted_by=before.submitted_by if before else link.by,
            link=link,
            outsider=name,
        )

    def _add(self, **said):
        step = self.create(**said)
        if settings.SENDS_EMAIL:
            # Of what is not sent nobody's save fails: it waits at the desk all the same.
            transaction.on_commit(partial(tell.enqueue, step.pk), robust=True)
        return step

    def end(self, row):
        """Let nobody be waited for any more: what was to be read is public, or gone."""
        self.of(row).filter(is_newest=True).update(is_newest=False)

    def last_of(self, row, beside=None):
        """Return the last step of a row, whether its review goes on or not, or None.

        ``beside`` is the number of a version that is undone: an approval of it is none any more.
        """
        steps = self.of(row).exclude(state__in=OF_NO_ANSWER)
        steps = steps.exclude(state=Review.State.APPROVED, version=beside)
        return steps.order_by("-id").first()

    def resume(self, row, step, beside=()):
        """Let a step count again. An approval does of the same words, ``beside`` some fields."""
        approved, fields = version_of(row, step.version), type(row).history.model.tracked_fields
        if all(
            value(approved, each) == value(row, each)
            for each in (*fields, *row._meta.many_to_many)
            if each.name not in beside
        ):
            step.version = newest(row)
        self.end(row)
        step.is_newest = True
        step.save(update_fields=["version", "is_newest"])


class Review(models.Model):
    """A step of the review of a row that is not public: who did what with which version. The newest counts."""

    class State(models.TextChoices):
        # By these nothing comes to another state, so they are never the newest.
        COMMENTED = "commented", _("comment")
        AGREED = "agreed", _("agreed")
        LINKED = "linked", _("link made")
        REVOKED = "revoked", _("link revoked")
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
    # Who answered by a link, of somebody who is ``by``; the link itself is forgotten some day.
    outsider = models.CharField(max_length=100, blank=True)
    link = models.ForeignKey(
        PreviewLink, null=True, on_delete=models.SET_NULL, related_name="answers"
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

    @property
    def who(self):
        """Who took the step, in words."""
        account = self.by or gettext("not recorded")
        if not self.outsider:
            return str(account)
        # Translators: who approved: "Anna Petrova (by a link of kim)".
        words = gettext("%(name)s (by a link of %(account)s)")
        return words % {"name": self.outsider, "account": account}


# By these nothing comes to another state.
OF_NO_ANSWER = (
    Review.State.COMMENTED,
    Review.State.AGREED,
    Review.State.LINKED,
    Review.State.REVOKED,
)
