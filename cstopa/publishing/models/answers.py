"""What was asked of the words of a row, and answered."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AnswerQuerySet(models.QuerySet):
    def of(self, row):
        return self.filter(model=row._meta.label_lower, key=row.pk)

    def keep(self, row, questions):
        of_row = {"model": row._meta.label_lower, "key": row.pk}
        self.bulk_create(
            (self.model(**of_row, question=each) for each in questions), ignore_conflicts=True
        )


class Answer(models.Model):
    """That somebody leaves the words of a field as they are: at the next step it is not asked again."""

    # By its name and key, as a Review is of it.
    model = models.CharField(max_length=100)
    key = models.BigIntegerField()
    # The key of the Finding, which is made of the field and of what was said of its words.
    question = models.CharField(max_length=16)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["model", "key", "question"], name="publishing_answer_once"
            )
        ]

    def __str__(self):
        return self.question
