from functools import cached_property

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from cstopa.models.periods import today
from delegations.models import Delegation, SeatAllocation
from tests import make
from tests.forms import filled
from tests.reading import parsed, spaced, words


@pytest.fixture
def editor(sign_in):
    return sign_in("Keeper of facts")


@pytest.fixture(scope="module")
def fixtures(module_db):
    call_command("loaddata", "delegations", "news", verbosity=0)


@pytest.fixture
def belarus(fixtures):
    return Delegation.objects.get(slug="belarus")


@pytest.fixture
def delegation():
    """A delegation of one chamber."""
    return Delegation.objects.get(pk=make.chamber(name_en="", name_ru="").parliament_id)


@pytest.fixture
def chamber():
    """A chamber of two seats, the only one of its parliament."""
    chamber = make.chamber(make.parliament("utopia"), valid_from="2020-01-01")
    make.allocation(chamber, seats=2, valid_from="2020-01-01")
    return chamber


@pytest.fixture
def seats(chamber):
    return SeatAllocation.objects.get()


@pytest.fixture
def utopia(chamber):
    return Delegation.objects.get(pk=chamber.parliament_id)


class Desk:
    """One action on one row: its form, its preview, its confirmation."""

    def __init__(self, client, name, row):
        self.client = client
        opts = row._meta
        self.address = reverse(f"admin:{opts.app_label}_{opts.model_name}_{name}", args=[row.pk])

    @cached_property
    def form(self):
        """The form as the editor opened it, once."""
        form = self.client.get(self.address)
        assert form.status_code == 200
        return form

    def preview(self, **values):
        return self.client.post(self.address, filled(self.form, _preview="1", **values))

    def confirm(self, preview, **values):
        return self.client.post(self.address, filled(preview, _confirm="1", **values))

    def decide(self, preview, **answers):
        """Confirm it with answers, and then what follows from them, which is shown before it is done."""
        shown = self.confirm(preview, **{f"decide-{key}": each for key, each in answers.items()})
        assert "This is what follows from your choice" in shown.content.decode()
        return self.confirm(shown)


@pytest.fixture
def desk(editor):
    return lambda name, row: Desk(editor, name, row)


def table(*lines, header="given_name_en,family_name_en,chamber,role"):
    """Return a file of a table; each line is a name, a chamber and a role: "Ann Example,house,head"."""
    rows = [line.replace(" ", ",", 1) for line in lines]
    return SimpleUploadedFile("list.csv", "\n".join([header, *rows]).encode())


def groups(response):
    """Return ``{heading: [rows]}`` of a preview."""
    page = parsed(response)
    return {
        words(each.find(".//h2")).rpartition(" (")[0] or words(each.find(".//h2")): [
            words(row) for row in each.iter("li")
        ]
        for each in page.findall(".//*[@id='content-main']//details")
        + page.findall(".//*[@id='content-main']//section")
    }


def problems(response):
    """Return ``{field: messages}`` of the form, those of the new chambers with their prefix."""
    form = response.context["form"]
    forms = [form, *getattr(form, "new", ())]
    return {
        each.add_prefix(name): list(errors)
        for each in forms
        for name, errors in each.errors.items()
    }


def readings(preview, day=None):
    """Return ``{label: (before, after)}`` of what will be read of a day."""
    return {
        each.label: (spaced(each.before), spaced(each.after))
        for each in preview.context["effects"].readings
        if each.day == (day or today())
    }


def said(client, answer):
    assert answer.status_code == 302, problems(answer)
    return [spaced(each) for each in client.get(answer.headers["Location"]).context["messages"]]
