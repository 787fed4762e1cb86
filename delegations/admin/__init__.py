"""The desk of the delegations, in the order in which an editor meets their parts."""

from django.contrib import admin

# The order of these imports is that of the index of the desk.
from delegations.admin import delegations, parliaments, chambers, people, sources, facts  # isort: skip
from delegations.admin.to_check import ToCheck, to_check
from delegations.models.facts import fact_models

# Kinds of facts about other models than those above.
facts.register(fact_models().values())
admin.site.register_page("to-check/", ToCheck(admin.site).view, name="to-check")
admin.site.register_section(to_check)
