"""The pages of delegations, parliaments and people."""

from django.views.generic import DetailView, ListView

from delegations.models import Delegation, Parliament, Person


class DelegationList(ListView):
    model = Delegation


class DelegationDetail(DetailView):
    model = Delegation


class ParliamentList(ListView):
    model = Parliament


class ParliamentDetail(DetailView):
    model = Parliament


class PersonList(ListView):
    model = Person


class PersonDetail(DetailView):
    model = Person
