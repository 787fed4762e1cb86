"""The places where a fact has to be, each of which ``docs/architecture.md`` names.

No test of the suite: ``tests/delegations/test_invented_fact.py`` runs it, in a process of its own.
"""

import datetime as dt
import json
import re

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.urls import reverse

from cstopa.models.history import because
from delegations.changes.log import in_words
from delegations.changes.models import LogEntry
from delegations.changes.replay import state_at
from delegations.models import Delegation, FurtherSource
from delegations.models.facts import fact_models
from delegations.new_composition import Line, NewComposition
from delegations.person_matching import NAME
from delegations.timeline import days_of_change
from tests import make
from tests.invented.models import Committee, CommitteeMembership, Due, Remit, Spokesperson
from tests.reading import table

pytestmark = pytest.mark.django_db
SINCE, UNTIL = dt.date(2020, 3, 1), dt.date(2022, 5, 31)
DAY_AFTER = UNTIL + dt.timedelta(1)
IN_FORCE, BEFORE = {"date": "2021-01-01"}, {"date": "2019-01-01"}
PERIOD = {"valid_from": SINCE, "valid_to": UNTIL}


@pytest.fixture(scope="session")
def django_db_modify_db_settings():
    """Make the tables from the models, but that of the search, which is of a kind that no model makes."""
    labels = {config.label for config in apps.get_app_configs()} - {"search"}
    settings.MIGRATION_MODULES = dict.fromkeys(labels)


@pytest.fixture
def belarus():
    return make.parliament("belarus")


@pytest.fixture
def ann(belarus):
    """A member of the delegation of Belarus, at any time."""
    person = make.person("ann-example")
    make.membership(person, make.chamber(belarus))
    return person


@pytest.fixture
def defence():
    return Committee.objects.create(slug="defence", name_en="Committee on Defence")


@pytest.fixture
def sits(ann, defence):
    return CommitteeMembership.objects.create(
        person=ann, committee=defence, source=make.source(), **PERIOD
    )


@pytest.fixture
def due(belarus):
    return Due.objects.create(
        parliament=belarus,
        amount=1200,
        purpose_en="Upkeep of the library",
        source=make.source(),
        **PERIOD,
    )


@pytest.fixture
def remit(defence):
    return Remit.objects.create(
        committee=defence, matters_en="Rearmament", source=make.source(), **PERIOD
    )


@pytest.fixture
def speaks(belarus):
    return make.fact(Spokesperson, person=make.person("bob-example"), parliament=belarus, **PERIOD)


@pytest.fixture
def both(sits, due):
    return [sits, due]


@pytest.fixture
def three(both, remit):
    return [*both, remit]


def at_desk(row, view, *args):
    opts = row._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{view}", args=args)


def text(client, address, asked=None):
    response = client.get(address, asked)
    assert response.status_code == 200
    return response.content.decode()


def test_registry(three):
    assert {type(row) for row in three} <= set(fact_models().values())


def test_desk_form(admin_client, both, three, ann):
    for row in three:
        page = text(admin_client, at_desk(row, "change", row.pk))
        for name in (*row.value_fields, "valid_from", "source", "checked_on", "what_happened"):
            assert f'name="{name}"' in page
        assert 'name="further_sources-TOTAL_FORMS"' in page
    # The row of the form of the person.
    assert 'name="committeememberships-0-committee"' in text(
        admin_client, at_desk(ann, "change", ann.pk)
    )
    other = Committee.objects.create(slug="budget", name_en="Committee on the Budget")
    [sits, _due] = both
    data = {
        "person": sits.person_id,
        "committee": other.pk,
        "valid_from": SINCE,
        "valid_to": UNTIL,
        "source": sits.source_id,
        "what_happened": "correction",
        "reason": "Of the other one.",
        "further_sources-TOTAL_FORMS": 0,
        "further_sources-INITIAL_FORMS": 0,
    }
    assert admin_client.post(at_desk(sits, "change", sits.pk), data).status_code == 302
    version = sits.history.first()
    assert (version.committee, version.is_correction) == (other, True)


def test_desk_page_of_the_delegation(admin_client, belarus, due, speaks):
    address = reverse("admin:delegations_delegation_change", args=[belarus.pk])
    shown = text(admin_client, address, {"date": "2021-01-01"})
    for row in (due, speaks):
        assert str(row.statement()) in shown
        assert at_desk(row, "follow", row.pk) in shown
        assert text(admin_client, at_desk(row, "follow", row.pk))
        begun = reverse(f"admin:delegations_delegation_begin_{row.fact_kind}", args=[belarus.pk])
        assert text(admin_client, begun)


def test_desk_list(admin_client, three):
    lists = [at_desk(row, "changelist") for row in three]
    of_each = zip(three, lists, ("Committee on Defence", "1200", "Rearmament"), strict=True)
    for row, rows, words in of_each:
        assert words in text(admin_client, rows)
        assert words in text(admin_client, rows, {"q": row.code})
        assert words not in text(admin_client, rows, {"q": "nobody"})
        assert words not in text(admin_client, rows, {"sources": "differ"})
    of_members, of_dues, _of_remits = lists
    assert "Committee on Defence" in text(admin_client, of_members, {"q": "ann"})
    of_belarus = {"parliament__id__exact": three[1].parliament_id}
    assert "1200" in text(admin_client, of_dues, of_belarus)
    index = text(admin_client, reverse("admin:index"))
    assert all(rows in index for rows in lists)


def test_desk_history(admin_client, three):
    for row in three:
        assert row.source.title_en in text(
            admin_client,
            at_desk(row, "simple_history", row.pk, row.history.first().history_id),
        )
        assert text(admin_client, at_desk(row, "history", row.pk))


def test_desk_permissions():
    for name, actions in (
        ("Editor", {"view"}),
        ("Keeper of facts", {"view", "add", "change"}),
        ("Publisher", {"view", "delete"}),
    ):
        granted = Group.objects.get(name=name).permissions.filter(
            content_type__app_label="invented"
        )
        codenames = {each.codename for each in granted}
        for model in (CommitteeMembership, Due, Remit):
            own = {each for each in codenames if each.endswith(f"_{model._meta.model_name}")}
            assert own == {f"{action}_{model._meta.model_name}" for action in actions}
    assert Permission.objects.filter(codename="delete_due").exists()


def test_desk_facts_to_check(admin_client, both, three):
    address = reverse("admin:to-check")
    page = text(admin_client, address)
    assert all(str(row) in page for row in three)
    assert str(both[0]) in text(admin_client, address, {"months": 12, "delegation": "assembly"})
    assert str(both[1]) not in text(admin_client, address, {"months": 12, "delegation": "assembly"})
    for row in three:
        button = f"{row._meta.model_name}-{row.pk}-{row.history.first().pk}"
        admin_client.post(address, {"fact": button})
        row.refresh_from_db()
        assert row.checked_on is not None


def test_desk_import(admin_client, three):
    for row in three:
        address = f"{at_desk(row, 'changelist')}import/"
        assert f'href="{address}"' in text(admin_client, at_desk(row, "changelist"))
        assert {*row.value_fields} <= {*text(admin_client, f"{address}sample.csv").split(",")}


def test_fixtures(three, tmp_path):
    _sits, due, remit = three
    make.further_source(remit=remit)
    file = tmp_path / "invented.json"
    natural = {"use_natural_foreign_keys": True, "use_natural_primary_keys": True}
    call_command("dumpdata", "delegations", "invented", output=str(file), verbosity=0, **natural)
    rows = {row["model"]: row["fields"] for row in json.loads(file.read_text())}
    assert rows["invented.committeemembership"]["committee"] == ["defence"]
    assert rows["delegations.furthersource"]["remit"] == [remit.code]
    Due.objects.update(amount=1)
    call_command("loaddata", str(file), verbosity=0)
    due.refresh_from_db()
    assert due.amount == 1200


def test_open_data_json(client, three):
    sits, due, _remit = three
    for row in three:
        make.further_source(**{row.fact_kind: row})
    [found] = client.get("/api/committee-memberships/").json()["items"]
    assert found["code"] == sits.code
    assert found["person"]["code"] == "ann-example"
    assert found["committee"]["code"] == "defence"
    assert (found["valid_from"], found["valid_to"]) == ("2020-03-01", "2022-05-31")
    assert len(found["further_sources"]) == 1
    [found] = client.get("/api/dues/", IN_FORCE).json()["items"]
    assert (found["amount"], found["parliament"]["code"]) == (1200, "belarus")
    assert client.get("/api/dues/", BEFORE).json()["items"] == []
    assert client.get(f"/api/dues/{due.code}/").json()["amount"] == 1200
    kinds = {row["resource"] for row in client.get("/api/further-sources/").json()["items"]}
    assert kinds == {"committee-memberships", "dues", "remits"}
    [found] = client.get("/api/remits/").json()["items"]
    assert found["matters"]["en"] == "Rearmament"
    assert found["committee"]["code"] == "defence"


def test_open_data_csv(client, three):
    for row in three:
        [line] = table(client.get(f"/api/{row.api.name}.csv"))
        assert {row.code, "2020-03-01"} <= {*line.values()}


def test_open_data_openapi(client):
    document = client.get("/api/openapi.json").json()
    assert {"/committee-memberships/", "/dues/", "/dues.csv"} <= document["paths"].keys()
    schemas = document["components"]["schemas"]
    assert "committee" in schemas["CommitteeMembership"]["properties"]
    assert "amount" in schemas["Due"]["properties"]


def test_open_data_popolo(client, sits, speaks):
    found = client.get("/api/popolo.json").json()["memberships"]
    [row] = [each for each in found if each["id"] == f"committee_membership/{sits.code}"]
    assert row["person_id"] == "ann-example"
    assert row["organization_id"] == "assembly"
    assert row["start_date"] == "2020-03-01"
    [row] = [each for each in found if each["id"] == f"spokesperson/{speaks.code}"]
    assert row["organization_id"] == "delegation/belarus"


def test_log(client, three):
    page = text(client, "/changes/")
    assert "Committee on Defence" in page
    assert "1200 roubles" in page
    assert "1200 roubles" in text(client, "/delegations/belarus/changes/")
    assert "Rearmament" in page
    assert "Rearmament" not in text(client, "/delegations/belarus/changes/")
    for row, name in zip(three, ("committee", "amount", "matters_en"), strict=True):
        [entry] = [each for each in in_words(LogEntry.objects.all()) if each.kind == row.fact_kind]
        assert name in entry.values
    data = client.get("/changes/changes.json").json()
    assert {row.fact_kind for row in three} <= {each["kind"] for each in data["entries"]}
    kinds = text(client, "/changes/", {"kind": "due"})
    assert "1200 roubles" in kinds
    assert "Committee on Defence" not in kinds


def test_log_of_a_correction(client, due):
    due.amount = 1300
    with because("A slip of the pen."):
        due.save()
    page = text(client, "/delegations/belarus/changes/")
    assert "1300" in page
    assert "A slip of the pen." in page


def test_replay(three):
    sits, due, remit = three
    state = state_at(LogEntry.objects.all(), dt.date(2021, 1, 1))
    assert state.facts["committee_membership"][sits.code].committee.code == "defence"
    assert state.facts["due"][due.code].amount == 1200
    assert state.facts["remit"][remit.code].committee.code == "defence"
    assert [row.code for row in state.of("due", "belarus")] == [due.code]
    assert not state_at(LogEntry.objects.all(), dt.date(2019, 1, 1)).facts["due"]


def test_timeline(client, both, belarus):
    delegation = Delegation.objects.get(pk=belarus.pk)
    assert days_of_change() == [SINCE, DAY_AFTER]
    assert days_of_change(delegation) == [SINCE, DAY_AFTER]
    assert "?date=2022-06-01" in text(client, "/delegations/belarus/", IN_FORCE)


def test_delegation_page(client, both, speaks):
    page = text(client, "/delegations/belarus/", IN_FORCE)
    # Its kind says it all: there is nothing to say after the name.
    assert re.search(
        r"<h3>Spokespersons</h3>\s*<ul[^>]*>\s*<li[^>]*>\s*<a [^>]*>Bob Example</a>\s*<", page
    )
    assert "1200 roubles" in page
    assert "Committee on Defence" in page
    assert "On other days" not in page


def test_other_days(client, both):
    page = text(client, "/delegations/belarus/", BEFORE)
    assert "1200 roubles" in page.partition("On other days")[2]
    assert "Committee on Defence" not in page


def test_further_sources(admin_client, client, three):
    for row in three:
        further = make.further_source(
            **{row.fact_kind: row}, source=make.source(title_en="Minutes")
        )
        assert further.fact == row
        assert further.history.first().instance.fact == row
        page = text(admin_client, at_desk(further, "changelist"))
        assert str(row) in page
    for row in three[:2]:
        assert "Minutes" in text(client, row.get_absolute_url().partition("#")[0], IN_FORCE)
    with pytest.raises(Exception, match="about_one_fact"):
        FurtherSource.objects.create(
            source=make.source(), committee_membership=three[0], due=three[1], code="of-both"
        )


def test_person_page(client, sits):
    page = text(client, "/people/ann-example/", IN_FORCE)
    assert "Committee memberships" in page
    assert f'id="{sits.code}"' in page
    assert "Committee on Defence" in page
    assert "Committee on Defence" in text(client, "/people/", IN_FORCE)
    assert "Committee on Defence" not in text(client, "/people/", BEFORE)


def described(client, address):
    page = text(client, address, IN_FORCE)
    [block] = [each for each in page.split("<script") if "ld+json" in each]
    return block


def test_structured_data(client, sits, speaks):
    block = described(client, "/delegations/belarus/")
    assert '"roleName": "Spokesperson"' in block
    assert '"Bob Example"' in block
    assert '"Delegation: Parliament of Belarus"' in described(client, "/people/bob-example/")
    block = described(client, "/people/ann-example/")
    assert '"roleName": "Committee on Defence"' in block
    assert '"startDate": "2020-03-01"' in block


def test_plans(sits, belarus):
    delegation = Delegation.objects.get(pk=belarus.pk)
    name = dict.fromkeys(NAME, "") | {"given_name_en": "Ann", "family_name_en": "Example"}
    plan = NewComposition(
        source=make.source(),
        delegation=delegation,
        first_day=UNTIL,
        lines=[Line(1, name, person=None, chamber=belarus.chambers.get(), role="")],
    )
    # What is on record of whom a row may mean.
    assert "Committee on Defence" in str(plan.questions["row-1"].choices)


def test_search(admin_client, due):
    entries = apps.get_model("search", "Entry").objects
    assert entries.filter(model="invented.due", object_id=due.pk).exists()
    assert "1200" in text(admin_client, at_desk(due, "changelist"), {"q": "library"})
