"""What was asked of the words of a row, and answered."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AnswerQuerySet(models.QuerySet):
    def of(self, row):
        return self.filter(model=row._meta.label_lower, key=row.pk)

    def keep(self, row, by, public_version, questions):
        of_row = {"model": row._meta.label_lower, "key": row.pk}
        # What was answered while readers saw something else holds no more.
        self.filter(**of_row).exclude(public_version=public_version).delete()
        known = of_row | {"by": by, "public_version": public_version}
        self.bulk_create(
            (self.model(**known, question=each) for each in questions), ignore_conflicts=True
        )


class Answer(models.Model):
    """That somebody leaves the words of a field as they are: at the next step he is not asked again.

    It holds for him alone, and until a further version is public.
    """

    # By its name and key, as a Review is of it.
    model = models.CharField(max_length=100)
    key = models.BigIntegerField()
    # The key of the Finding, which is made of the field and of what was said of its words.
    question = models.CharField(max_length=16)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    # The newest version that had been public of the row, or of that over which it is a draft; 0 for none.
    public_version = models.PositiveBigIntegerField()

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["model", "key", "question", "by", "public_version"],
                name="publishing_answer_once",
            )
        ]

    def __str__(self):
        return self.question
