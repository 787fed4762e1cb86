"""The desk of the delegations, in the order in which an editor meets their parts."""

from django.contrib import admin

# Not in the order of the alphabet: it is that of the desk's index.
from delegations.admin import delegations, parliaments, chambers, people, sources, facts  # isort: skip
from delegations.admin.to_check import ToCheck
from delegations.models.facts import fact_models

# Those about something that is none of these.
facts.register(fact_models().values())
admin.site.register_page("to-check/", ToCheck(admin.site).view, name="to-check")
