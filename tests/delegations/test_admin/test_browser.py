"""Actions as a new editor takes them, with nothing but the desk."""

import datetime as dt

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.urls import reverse

from delegations.composition import compositions
from delegations.models import (
    Chamber,
    Delegation,
    Membership,
    Parliament,
    ParliamentName,
    Person,
    Role,
    SeatAllocation,
    Source,
)
from tests.delegations.sitting import members
from tests.delegations.test_admin.test_new_composition import TWELVE
from tests.jobs import Job

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.jobs]

SOURCE = "[name=source_title_en]"
SCREENS = [(360, "light"), (1280, "light"), (1280, "dark")]


class Editor(Job):
    """One whose pages are looked at, too."""

    def __init__(self, tab, *args):
        super().__init__(tab, *args)
        self.faults = {}
        tab.on("pageerror", lambda error: self.faults.setdefault("console", []).append(str(error)))
        tab.on("console", self._said)

    def _said(self, message):
        if message.type in {"error", "warning"}:
            self.faults.setdefault("console", []).append(message.text)

    def look(self, name):
        """Note what axe finds on the page, and how much wider than the screen it is."""
        found = [
            f"{rule['id']}: {[node['html'] for node in rule['nodes']]}"
            for rule in Axe().run(self.tab, options={"preload": False}).response["violations"]
        ]
        wide = self.tab.evaluate("document.documentElement.scrollWidth - innerWidth")
        if found or wide > 0:
            self.faults[name] = {"axe": found, "wider by": wide}


@pytest.fixture
def editor(new_context, base_url, django_user_model, request, record_property):
    user = django_user_model.objects.create_user("editor", is_staff=True)
    user.user_permissions.add(
        *Permission.objects.filter(content_type__app_label="delegations").exclude(
            codename__startswith="delete"
        )
    )
    call_command("loaddata", "delegations", "news", verbosity=0)
    width, scheme, *scripts = request.param
    context = new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
        java_script_enabled="no scripts" not in scripts,
    )
    editor = Editor(context.new_page(), base_url, record_property)
    editor.sign_in(user)
    return editor


def choose(editor, text):
    """Choose a file of this text."""
    editor.choose("#id_file", name="list.csv", mimeType="text/csv", buffer=text.encode())


@pytest.mark.parametrize("editor", SCREENS, indirect=True)
def test_the_chambers_of_kazakhstan_are_replaced(editor):
    tab = editor.tab
    editor.open()
    editor.link("New chambers of a parliament")
    editor.link("Parliament of the Republic of Kazakhstan")
    editor.link("Replace chambers")
    editor.look("empty form")
    editor.type(tab.get_by_role("textbox", name="Last day in force"), "2026-06-30")
    editor.click(tab.get_by_label("One chamber"))
    editor.type(tab.get_by_role("textbox", name="First day of the new ones"), "2026-09-01", "Tab")
    editor.type(tab.get_by_label("New name of the parliament (in English)"), "Kurultai")
    editor.button("Preview")
    assert tab.get_by_text("Which document says so?", exact=True).is_visible()
    editor.look("form with a mistake")
    editor.type(SOURCE, "Invented decision")
    editor.button("Preview")
    editor.look("preview")
    editor.button("Confirm: do all of this")
    assert tab.locator(".success").is_visible()
    assert editor.faults == {}
    editor.done("one chamber for two, the source forgotten at first")
    parliament = Parliament.objects.get(slug="kazakhstan")
    assert parliament.chambers.filter(valid_to=dt.date(2026, 6, 30)).count() == 2
    assert parliament.chambers.get(valid_from=dt.date(2026, 9, 1))


@pytest.mark.parametrize("editor", SCREENS, indirect=True)
def test_a_new_composition_of_twelve_names(editor):
    tab = editor.tab
    editor.open()
    editor.link("A new composition")
    editor.link("National Assembly of the Republic of Belarus")
    editor.link("New composition")
    editor.look("empty form")
    editor.type(tab.get_by_role("textbox", name="First day of the new composition"), "2026-03-01")
    choose(editor, TWELVE.replace("belarus-house;member", "belarus-hose;member"))
    editor.click(tab.get_by_label("This table is the complete roster"))
    editor.type(SOURCE, "Invented decision")
    editor.button("Preview")
    assert (
        tab.locator(".errorlist")
        .get_by_text("Row 5, chamber: “belarus-hose” is no chamber")
        .is_visible()
    )
    editor.look("form with a mistake")
    choose(editor, TWELVE)
    editor.button("Preview")
    editor.look("preview")
    editor.button("Confirm: do all of this")
    assert tab.locator(".success").is_visible()
    assert editor.faults == {}
    editor.done("a new composition of 12 names, one chamber misspelt")
    delegation = Delegation.objects.get(slug="belarus")
    assert members(delegation, dt.date(2026, 3, 1)).count() == 11
    [today] = compositions(Delegation.objects.filter(slug="belarus"), dt.date(2026, 3, 1))
    assert all(part.roster for part in today.chambers)
    # The seats of the fixtures have no dates, so nothing says how many are left.
    assert (sum(part.members for part in today.chambers), today.vacant) == (11, None)


@pytest.mark.writes
@pytest.mark.parametrize("editor", [(1280, "light", "no scripts")], indirect=True)
def test_an_action_is_whole_without_scripts(editor):
    tab = editor.tab
    delegation = Delegation.objects.get(slug="belarus")
    address = reverse("admin:delegations_delegation_new_composition", args=[delegation.pk])
    tab.goto(editor.site + address)
    tab.get_by_role("textbox", name="First day of the new composition").fill("2026-03-01")
    choose(editor, TWELVE)
    # The title of a source on record finds it.
    tab.get_by_label("Title of a new source (in English)").fill("News item of 21 May 2021")
    tab.get_by_role("button", name="Preview").click()
    tab.get_by_role("button", name="Confirm: do all of this").click()
    assert tab.locator(".success").is_visible()
    assert {row.source.code for row in members(delegation, dt.date(2026, 3, 1))} == {
        "news-2021-05-21"
    }


@pytest.mark.parametrize("editor", SCREENS, indirect=True)
def test_memberships_are_imported_from_a_table(editor):
    tab = editor.tab
    kogut = Membership.objects.create(
        person=Person.objects.get(slug="viktor-kogut"),
        chamber=Chamber.objects.get(code="belarus-house"),
        source=Source.objects.first(),
    )
    editor.open()
    editor.link("All records")
    editor.link("Memberships")
    editor.link("Import a table")
    editor.look("empty form")
    head = "code,person,chamber,valid_from,source"
    new = f",mikhail-krotov,russia-duma,2026-03-01,{kogut.source.code}"
    choose(editor, f"{head}\n{new}\n,nobody,belarus-house,,{kogut.source.code}\n")
    editor.button("Preview")
    assert tab.get_by_text("Row 3, person: There is no person “nobody”.").is_visible()
    editor.look("preview with a mistake")
    editor.button("Back to the form")
    moved = f"{kogut.code},viktor-kogut,belarus-council,,{kogut.source.code}"
    choose(editor, f"{head}\n{new}\n{moved}\n")
    editor.button("Preview")
    editor.look("preview")
    editor.select(tab.get_by_label("What happened"), "correction")
    editor.type(tab.get_by_label("Reason"), "The chamber was another.")
    editor.button("Confirm: do all of this")
    assert tab.locator(".success").is_visible()
    assert editor.faults == {}
    editor.done("a table of memberships is imported, one row wrong at first")
    assert Membership.objects.count() == 2
    kogut.refresh_from_db()
    assert kogut.chamber.code == "belarus-council"


BELARUS = "National Assembly of the Republic of Belarus"
FOLLOWED = "It is followed by"


class Steps:
    """Takes one step of a fact after the other, from the first page."""

    def __init__(self, editor):
        self.editor, self.tab = editor, editor.tab

    def take(self, job, task, code, button, **values):
        """Write the values: one is a text, or the keys that lead to its field and a text."""
        editor, tab = self.editor, self.tab
        editor.open()
        editor.link(task)
        editor.link(BELARUS)
        self.look(f"facts before {code}")
        editor.click(tab.locator(f"#{code}").get_by_role("link", name=button, exact=True))
        for name, value in values.items():
            editor.type(f"[name={name}]", *value)
        self.look(f"form of {code}")
        editor.button("Preview")
        self.look(f"preview of {code}")
        editor.button("Confirm: do all of this")
        assert "Saved. Readers" in tab.locator(".success").inner_text()
        editor.done(job)

    def look(self, name):
        for width in (360, 1280):
            self.tab.set_viewport_size({"width": width, "height": 800})
            self.editor.look(f"{name} at {width}")


@pytest.mark.writes
@pytest.mark.parametrize("editor", [(1280, "light")], indirect=True)
def test_a_correction_and_a_member_who_is_new(editor):
    editor.open()
    editor.link("Correct or change a number")
    editor.link(BELARUS)
    editor.click(editor.tab.locator("#belarus-house-1").get_by_role("link", name="Correct"))
    editor.type("[name=seats]", "8")
    editor.type("[name=reason]", "It was misread.", "Tab")
    editor.button("Preview")
    editor.look("preview of a correction")
    editor.button("Confirm: do all of this")
    assert "Saved. Readers read now:" in editor.said()
    editor.done("seats 7 → 8: a correction")
    assert SeatAllocation.objects.get(code="belarus-house-1").seats == 8
    editor.open()
    editor.link("A member comes or goes")
    editor.link(BELARUS)
    editor.link("Add membership")
    editor.select("[name=chamber]", "House", "Tab")
    editor.type("[name=valid_from]", "2024-03-01", "Tab")
    editor.type("[name=family_name_en]", "Example", "Tab")
    editor.type("[name=given_name_en]", "Ann", "Tab", "Tab")
    editor.type(SOURCE, "Invented decision", *["Tab"] * 5)
    editor.button("Preview")
    editor.button("Confirm: do all of this")
    assert "Saved. Readers" in editor.said()
    editor.done("a new person with a membership")
    assert Membership.objects.get().chamber.code == "belarus-house"
    assert editor.faults == {}


@pytest.mark.writes
@pytest.mark.parametrize("editor", [(1280, "light")], indirect=True)
def test_each_of_the_five_takes_five_clicks(editor):
    kogut = Person.objects.get(slug="viktor-kogut")
    known = {"person": kogut, "source": Source.objects.first(), "valid_from": "2021-01-01"}
    house = Chamber.objects.get(code="belarus-house")
    member = Membership.objects.create(chamber=house, **known)
    head = Role.objects.create(parliament=house.parliament, kind="head", **known)
    steps = Steps(editor)
    number = "Correct or change a number"
    decision = "Invented decision"
    day, source = (
        {"valid_from": ("2024-03-01", "Tab")},
        {"source_title_en": (decision, "Tab", "Tab")},
    )
    values = {"seats": ("8",), **day, **source}
    steps.take("seats 7 → 8: a change from a day", number, "belarus-house-1", FOLLOWED, **values)
    named = {"family_name_en": ("Example", "Tab"), "given_name_en": ("Ann", "Tab", "Tab")}
    # The names of both languages stand between.
    values = {**day, **named, "source_title_en": (decision, *["Tab"] * 5)}
    task = "A member comes or goes"
    steps.take("a member follows a member", task, member.code, FOLLOWED, **values)
    task = "A new head of a delegation"
    values["given_name_en"] = ("Bob", "Tab", "Tab")
    steps.take("a new head", task, head.code, FOLLOWED, **values)
    end = {"valid_to": ("2024-02-29",), "source_title_en": (decision, *["Tab"] * 3)}
    steps.take("an office ends", number, "belarus-representative-1", "It ends", **end)
    day = {"valid_from": ("2024-03-01", "Tab", "Tab")}
    values = {"name_en": ("Invented Assembly",), **day, **source}
    steps.take("a new name of a parliament", number, "parliament_name", FOLLOWED, **values)
    assert editor.faults == {}
    seats = SeatAllocation.objects.filter(chamber=house).order_by("pk")
    assert [row.seats for row in seats] == [7, 8]
    for model in (Membership, Role):
        assert model.objects.order_by("pk").first().person == kogut
        assert model.objects.count() == 2
    assert ParliamentName.objects.get().name_en == "Invented Assembly"
