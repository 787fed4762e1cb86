"""The first page, where the delegations, the officers and the news meet."""

from django.shortcuts import render


def home(request):
    return render(request, "home.html")
