"""Actions as a new editor takes them: from the sign-in, with nothing but the desk."""

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

pytestmark = pytest.mark.django_db(transaction=True)

SCREENS = [(360, "light"), (1280, "light"), (1280, "dark")]


class Editor:
    """Signs in and works; ``clicks`` counts what was clicked, the sign-in left out."""

    def __init__(self, tab, site):
        self.tab, self.site, self.clicks, self.faults = tab, site, 0, {}
        tab.on("pageerror", lambda error: self.faults.setdefault("console", []).append(str(error)))
        tab.on("console", self._said)

    def _said(self, message):
        if message.type in {"error", "warning"}:
            self.faults.setdefault("console", []).append(message.text)

    def sign_in(self):
        self.tab.goto(self.site + reverse("admin:index"))
        self.tab.fill("[name=username]", "editor")
        self.tab.fill("[name=password]", "secret")
        self.tab.click("[type=submit]")

    def click(self, role, name):
        self.clicks += 1
        self.tab.get_by_role(role, name=name, exact=True).first.click()
        self.tab.wait_for_load_state("networkidle")

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
def editor(new_context, base_url, django_user_model, request):
    user = django_user_model.objects.create_user("editor", password="secret", is_staff=True)
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
    editor = Editor(context.new_page(), base_url)
    editor.sign_in()
    return editor


def choose(tab, text):
    """Choose a file of this text, as its dialogue would."""
    tab.locator("#id_file").set_input_files(
        {"name": "list.csv", "mimeType": "text/csv", "buffer": text.encode()}
    )


@pytest.mark.parametrize("editor", SCREENS, indirect=True)
def test_the_chambers_of_kazakhstan_are_replaced(editor):
    tab = editor.tab
    editor.click("link", "New chambers of a parliament")
    editor.click("link", "Parliament of the Republic of Kazakhstan")
    editor.click("link", "Replace chambers")
    editor.look("empty form")
    tab.get_by_label("Last day in force").fill("2026-06-30")
    editor.clicks += 1
    tab.get_by_label("One chamber").check()
    tab.get_by_label("First day of the new ones").fill("2026-09-01")
    tab.get_by_label("New name of the parliament (in English)").fill("Kurultai")
    editor.click("button", "Preview")
    assert tab.get_by_text("Which document says so?", exact=True).is_visible()
    editor.look("form with a mistake")
    tab.get_by_label("Title of a new source (in English)").fill("Invented decision")
    editor.click("button", "Preview")
    editor.look("preview")
    editor.click("button", "Confirm: do all of this")
    assert tab.locator(".success").is_visible()
    assert editor.faults == {}
    assert editor.clicks == 7
    parliament = Parliament.objects.get(slug="kazakhstan")
    assert parliament.chambers.filter(valid_to=dt.date(2026, 6, 30)).count() == 2
    assert parliament.chambers.get(valid_from=dt.date(2026, 9, 1))


@pytest.mark.parametrize("editor", SCREENS, indirect=True)
def test_a_new_composition_of_twelve_names(editor):
    tab = editor.tab
    editor.click("link", "A new composition")
    editor.click("link", "National Assembly of the Republic of Belarus")
    editor.click("link", "New composition")
    editor.look("empty form")
    tab.get_by_label("First day of the new composition").fill("2026-03-01")
    choose(tab, TWELVE.replace("belarus-house;member", "belarus-hose;member"))
    editor.clicks += 1
    tab.get_by_label("This table is the complete roster").check()
    tab.get_by_label("Title of a new source (in English)").fill("Invented decision")
    editor.click("button", "Preview")
    assert (
        tab.locator(".errorlist")
        .get_by_text("Row 5, chamber: “belarus-hose” is no chamber")
        .is_visible()
    )
    editor.look("form with a mistake")
    choose(tab, TWELVE)
    editor.click("button", "Preview")
    editor.look("preview")
    editor.click("button", "Confirm: do all of this")
    assert tab.locator(".success").is_visible()
    assert editor.faults == {}
    assert editor.clicks == 7
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
    tab.get_by_label("First day of the new composition").fill("2026-03-01")
    choose(tab, TWELVE)
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
    editor.click("link", "All records")
    editor.click("link", "Memberships")
    editor.click("link", "Import a table")
    editor.look("empty form")
    head = "code,person,chamber,valid_from,source"
    new = f",mikhail-krotov,russia-duma,2026-03-01,{kogut.source.code}"
    choose(tab, f"{head}\n{new}\n,nobody,belarus-house,,{kogut.source.code}\n")
    editor.click("button", "Preview")
    assert tab.get_by_text("Row 3, person: There is no person “nobody”.").is_visible()
    editor.look("preview with a mistake")
    editor.click("button", "Back to the form")
    moved = f"{kogut.code},viktor-kogut,belarus-council,,{kogut.source.code}"
    choose(tab, f"{head}\n{new}\n{moved}\n")
    editor.click("button", "Preview")
    editor.look("preview")
    tab.get_by_label("What happened").select_option("correction")
    tab.get_by_label("Reason").fill("The chamber was another.")
    editor.click("button", "Confirm: do all of this")
    assert tab.locator(".success").is_visible()
    assert editor.faults == {}
    assert editor.clicks == 7
    assert Membership.objects.count() == 2
    kogut.refresh_from_db()
    assert kogut.chamber.code == "belarus-council"


BELARUS = "National Assembly of the Republic of Belarus"
FOLLOWED = "It is followed by"


class Steps:
    """Takes one step of a fact after the other, from the first page, and counts the clicks of each."""

    def __init__(self, editor):
        self.editor, self.tab, self.clicks = editor, editor.tab, {}

    def take(self, task, code, button, **values):
        editor, tab = self.editor, self.tab
        tab.goto(editor.site + reverse("admin:index"))
        # That on the button of the fact.
        editor.clicks = 1
        editor.click("link", task)
        editor.click("link", BELARUS)
        self.look(f"facts before {code}")
        tab.locator(f"#{code}").get_by_role("link", name=button, exact=True).click()
        for name, value in values.items():
            tab.locator(f"[name={name}]").fill(value)
        tab.get_by_label("Title of a new source (in English)").fill("Invented decision")
        self.look(f"form of {code}")
        editor.click("button", "Preview")
        self.look(f"preview of {code}")
        editor.click("button", "Confirm: do all of this")
        assert "Saved. Readers" in tab.locator(".success").inner_text()
        self.clicks[code] = editor.clicks

    def look(self, name):
        for width in (360, 1280):
            self.tab.set_viewport_size({"width": width, "height": 800})
            self.editor.look(f"{name} at {width}")


@pytest.mark.writes
@pytest.mark.parametrize("editor", [(1280, "light")], indirect=True)
def test_each_of_the_five_takes_five_clicks(editor):
    kogut, source = Person.objects.get(slug="viktor-kogut"), Source.objects.first()
    known = {"person": kogut, "source": source, "valid_from": "2021-01-01"}
    house = Chamber.objects.get(code="belarus-house")
    member = Membership.objects.create(chamber=house, **known)
    head = Role.objects.create(parliament=house.parliament, kind="head", **known)
    steps = Steps(editor)
    number, change = "Correct or change a number", {"valid_from": "2024-03-01"}
    steps.take(number, "belarus-house-1", FOLLOWED, seats="8", **change)
    new = {"given_name_en": "Ann", "family_name_en": "Example"}
    steps.take("A member comes or goes", member.code, FOLLOWED, **new, **change)
    new = {"given_name_en": "Bob", "family_name_en": "Example"}
    steps.take("A new head of a delegation", head.code, FOLLOWED, **new, **change)
    steps.take(number, "belarus-representative-1", "It ends", valid_to="2024-02-29")
    steps.take(number, "parliament_name", FOLLOWED, name_en="Invented Assembly", **change)
    assert editor.faults == {}
    assert set(steps.clicks.values()) == {5}
    seats = SeatAllocation.objects.filter(chamber=house).order_by("pk")
    assert [row.seats for row in seats] == [7, 8]
    for model in (Membership, Role):
        assert model.objects.order_by("pk").first().person == kogut
        assert model.objects.count() == 2
    assert ParliamentName.objects.get().name_en == "Invented Assembly"
