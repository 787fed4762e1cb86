"""Each kind of dated fact at the desk: its pages, and its rows in the form of what it is about."""

from django.apps import apps
from django.contrib import admin
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from cstopa.admin.base import desk_link
from cstopa.admin.facts import FactAdmin, FactInline, list_of_facts
from cstopa.admin.imports import ImportRows
from cstopa.admin.previews import WithActions
from delegations.admin.correcting import Correct
from delegations.admin.evidence import FurtherSourceInline
from delegations.admin.saving import WithUndoOfSaves
from delegations.admin.seats import SeatsCompared, warn_of_surplus
from delegations.admin.steps import End, Follow
from delegations.models.facts import fact_models

NOT_RECORDED = _("not recorded")


def fact_link(fact, words=None):
    """Return a link to a fact at the desk: what it says, or ``words``, and when it was so."""
    if not fact:
        return NOT_RECORDED
    return desk_link(fact, f"{words or fact.statement()}, {fact.period_in_words}")


def paragraphs(pattern, rows):
    return format_html_join("", f"<p>{pattern}</p>", rows) or NOT_RECORDED


class ImportFacts(ImportRows):
    def log(self, request, row, plan):
        super().log(request, row, plan)
        warn_of_surplus(request, [each.instance for each in (*plan.new, *plan.changed)])


class DatedFactAdmin(WithUndoOfSaves, WithActions, SeatsCompared, FactAdmin):
    previewed_actions = (ImportFacts, Correct, End, Follow)
    inlines = [FurtherSourceInline]


def facts_about(model):
    """Return the kinds of facts about the rows of a model, in the order of their declarations."""
    kinds = fact_models().values()
    return [each for each in apps.get_models() if each in kinds and each.about() is model]


def inlines_about(model, *own):
    """Return the inlines of the facts about a row; ``own`` are those that are no plain one."""
    own = {each.model: each for each in own}
    return [
        own.get(each) or type(f"{each.__name__}Inline", (FactInline,), {"model": each})
        for each in facts_about(model)
    ]


def register(models):
    """Give pages to those kinds of facts that have none of their own."""
    for model in models:
        if not admin.site.is_registered(model):
            admin.site.register(model, DatedFactAdmin, **list_of_facts(model))
