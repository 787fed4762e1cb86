"""What the desk does to many articles at once."""

from copy import copy
from functools import cache

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cstopa.admin.fields import TidyLineField
from cstopa.admin.labels import label
from cstopa.hyperlinks.inside import follow
from cstopa.models.periods import moment_in_words
from cstopa.publishing.checks import Links, addresses, missing
from cstopa.publishing.chosen import ChosenAction
from cstopa.publishing.models import Review, this_minute
from cstopa.publishing.withdrawing import WHAT_LINKS
from news.models import Article, Topic

PUBLISHED = Article.Status.PUBLISHED


def _published(row):
    row.status = PUBLISHED
    row.published_at = row.published_at or this_minute()
    return row


def _ahead(row):
    return bool(row.published_at and row.published_at > timezone.now())


class _Publicity(ChosenAction):
    def is_allowed(self, request):
        return super().is_allowed(request) and self.pages.may_publish(request)

    def before(self, row):
        return self.pages.publication(row)

    def _label(self, name):
        return label(self.opts.get_field(name))


class PublishChosen(_Publicity):
    """Each at its moment, or at once; what its form would ask about is said in the preview."""

    name = "publish_chosen"
    title = gettext_lazy("Publish")
    done = gettext_lazy("Published, or waiting for their moment. Articles: %(number)d.")

    @property
    def undone(self):
        return self.pages.publicity_fields

    def known_of(self, request, rows):
        # Each may lead to others of them that go public at once; where one stays, so does what leads there.
        known = {"together": (), "follow": cache(follow)}
        together, rest = [], [row for row in rows if not self._why_not_alone(row)]
        while together != rest:
            together = rest
            known["together"] = {
                path for row in together if not _ahead(row) for path in addresses(row)
            }
            rest = [row for row in together if not Links(row, **known).errors]
        return {"links": known}

    def why_not(self, request, row, asked):
        return self._why_not_alone(row) or self._in_words(Links(row, **asked["links"]).errors)

    def _why_not_alone(self, row):
        if row.status == PUBLISHED and row.draft_key:
            return _("It is published already; its draft is published in the form of that.")
        if row.status == PUBLISHED:
            return _("It is published already.")
        if found := missing(row):
            return self._in_words(found)
        try:
            _published(copy(row)).full_clean()
        except ValidationError as error:
            return " ".join(error.messages)
        return ""

    def _in_words(self, found):
        return " ".join(f"{self._label(each.field)}: {each.words}" for each in found)

    def effect(self, request, row, asked):
        moment, is_ahead = row.published_at, _ahead(row)
        words = {"moment": moment_in_words(moment)} if is_ahead else {}
        said = _("public from %(moment)s") % words if is_ahead else _("public at once")
        found = self.pages.warnings_of(request, row)
        # What is said of several fields is said once.
        return " ".join(dict.fromkeys([f"{said}.", *(each.words for each in found)]))

    def do(self, request, row, answers):
        _published(row).save()
        Review.objects.end(row)


class WithdrawChosen(_Publicity):
    name = "withdraw_chosen"
    title = gettext_lazy("Withdraw")
    done = gettext_lazy("Withdrawn. Articles: %(number)d.")
    questions = {
        "reason": TidyLineField(
            label=gettext_lazy("Reason for withdrawing it"),
            help_text=gettext_lazy("Why readers shall see it no more. The history keeps it."),
            max_length=500,
        )
    }

    def known_of(self, request, rows):
        of_drafts = self.pages.drafts
        drafts = of_drafts.model.objects.filter(live__in=rows)
        return {
            "links": self.pages.links_to_each(request, rows),
            "in_vain": {each.live_id: of_drafts.in_vain(each) for each in drafts},
        }

    def why_not(self, request, row, asked):
        return "" if row.status == PUBLISHED else _("It is a draft already.")

    def effect(self, request, row, asked):
        said = [_("a draft: readers do not see it."), asked["in_vain"].get(row.pk)]
        if links := asked["links"].get(row.pk):
            said.append(format_html(WHAT_LINKS, links=links))
        return format_html_join(" ", "{}", ([each] for each in said if each))

    def do(self, request, row, answers):
        row.withdraw(request.user, answers["reason"])


class _Topics(ChosenAction):
    asks = {"topic": forms.ModelChoiceField(Topic.objects.all(), label=gettext_lazy("Topic"))}
    undone = ("topics",)

    def rows(self, request):
        return super().rows(request).prefetch_related("topics")

    def before(self, row):
        return ", ".join(map(str, row.topics.all())) or "–"

    def do(self, request, row, answers):
        row.save()
        row.topics.set(self.after(row, answers["topic"]))

    def effect(self, request, row, asked):
        return ", ".join(map(str, self.after(row, asked["topic"]))) or "–"

    def after(self, row, topic):
        """Return the topics that a row would have."""
        raise NotImplementedError


class AddTopic(_Topics):
    name = "add_topic"
    title = gettext_lazy("Add a topic")
    done = gettext_lazy("The topic was added. Articles: %(number)d.")

    def why_not(self, request, row, asked):
        return _("It has the topic already.") if asked["topic"] in row.topics.all() else ""

    def after(self, row, topic):
        return [*row.topics.all(), topic]


class RemoveTopic(_Topics):
    name = "remove_topic"
    title = gettext_lazy("Remove a topic")
    done = gettext_lazy("The topic was removed. Articles: %(number)d.")

    def why_not(self, request, row, asked):
        return "" if asked["topic"] in row.topics.all() else _("It does not have the topic.")

    def after(self, row, topic):
        return [each for each in row.topics.all() if each != topic]
