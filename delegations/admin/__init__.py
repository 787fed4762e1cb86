"""The desk of the delegations, in the order in which an editor meets their parts."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

# The order of these imports is that of the index of the desk.
from delegations.admin import delegations, parliaments, chambers, people, sources, facts  # isort: skip
from delegations.admin.merging import Unmerge
from delegations.admin.to_check import ToCheck, to_check
from delegations.admin.undoing import TakeBack
from delegations.models.facts import fact_models

# Kinds of facts about other models than those above.
facts.register(fact_models().values())
pages = ToCheck(admin.site)
admin.site.register_page("to-check/", pages.view, "to-check", _("Facts to check"), pages.models)
admin.site.register_section(to_check)
for each in (TakeBack, Unmerge):
    each().register()
