"""The pages of the log: in order, page by page, narrowed, at the same cost, and without leaks."""

import datetime as dt
import re

import pytest

from cstopa.models.history import because
from delegations.models import Delegation, Office
from tests import make
from tests.delegations.test_changes.test_log import entries, save
from tests.growth import costs
from tests.reading import by_id, links, main, parsed, words

pytestmark = pytest.mark.django_db

MARCH, MAY = dt.date(2024, 3, 1), dt.date(2024, 5, 9)
PAGES = ["/changes/", "/ru/changes/", "/delegations/belarus/changes/"]


def entries_on(page):
    return [(each.kind, each.number) for decision in page for each in decision.entries]


def walk(client, address):
    """Return the entries of each page, on to the end and back to the start."""
    onwards, page = [], client.get(address).context["page"]
    while True:
        onwards.append(entries_on(page))
        if page.next is None:
            break
        page = client.get(address, {"page": page.next}).context["page"]
        assert not page.is_misread
    back = [onwards[-1]]
    while page.previous:
        page = client.get(address, {"page": page.previous}).context["page"]
        back.append(entries_on(page))
    return onwards, back[::-1]


@pytest.mark.parametrize("address", PAGES)
def test_each_entry_is_on_one_page_the_last_recorded_first(client, clock, address):
    belarus = make.parliament("belarus")
    for number in range(8):
        # Of several kinds, and some share their moment.
        house = make.chamber(belarus, name_en=f"House {number}")
        save(make.allocation(house), seats=6)
        save(
            make.office(function="representative", parliament=belarus, valid_to=MARCH),
            person=make.person(),
        )
        Office.objects.all().delete()
        clock.shift(number % 3 * 60)
    for _ in range(20):
        clock.shift(60)
        make.chamber(belarus)
    onwards, back = walk(client, address)
    told = [each for page in onwards for each in page]
    assert len(told) == len(set(told)) == 1 + 8 * 6 + 20
    assert len(onwards) == 2
    assert back == onwards
    moments = [each.recorded_at for each in client.get(address).context["page"]]
    assert moments == sorted(moments, reverse=True)


def test_entries_that_come_in_between_move_nothing(client, clock):
    for _ in range(25):
        clock.shift(60)
        make.parliament()
    page = client.get("/changes/").context["page"]
    second = entries(client, "/changes/", page=page.next)
    assert len(second) == 5
    clock.shift(60)
    make.parliament()
    assert entries(client, "/changes/", page=page.next) == second


def test_a_position_that_cannot_be_read_gives_the_first_page(client):
    make.parliament("belarus")
    for address in PAGES:
        response = client.get(address, {"page": "x"})
        assert response.context["page"].is_misread
        assert len(response.context["page"]) == 1
        assert by_id(response, "page:content")


def test_the_log_is_narrowed_by_kind_by_what_was_done_and_by_days_of_recording(client, clock):
    belarus = make.parliament("belarus")
    allocation = make.allocation(make.chamber(belarus))
    clock.shift(dt.timedelta(days=1))
    save(allocation, seats=6)
    # Half past midnight in Moscow is the day before elsewhere.
    clock.move_to("2026-05-07T21:30Z")
    save(allocation, valid_to=MAY)

    def told(**question):
        for address in ("/changes/", "/delegations/belarus/changes/"):
            found = [entry.split(maxsplit=1)[0] for entry in entries(client, address, **question)]
        return found

    assert told() == ["End", "Corrected", "Recorded", "Recorded", "Recorded"]
    assert told(kind="allocation") == ["End", "Corrected", "Recorded"]
    assert told(change="corrected") == ["Corrected"]
    assert told(change="ended", kind="allocation") == ["End"]
    assert told(change="completed") == ["No"]
    assert told(**{"from": "2026-05-06", "to": "2026-05-06"}) == ["Corrected"]
    assert told(**{"from": "2026-05-08"}) == ["End"]
    assert told(to="2026-05-05") == ["Recorded"] * 3


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ({"from": "x"}, "Write a day"),
        ({"to": "1024-01-01"}, "Ask for a day between 1900 and 2199."),
        ({"from": "2026-05-06", "to": "2026-05-05"}, "This day is before the first one."),
        ({"kind": "x"}, "Choose one of the list."),
        ({"change": "evidence"}, "Choose one of the list."),
    ],
)
def test_a_question_that_is_misread_is_told_at_its_field(client, question, message):
    make.parliament("belarus")
    for address in PAGES[::2]:
        response = client.get(address, question)
        assert message in main(response)
        assert "The question was not understood" in main(response)
        assert not [each for each in parsed(response).iter("ol") if each.get("class") == "changes"]


def test_changes_and_corrections_are_told_apart_in_words(client):
    make.parliament("belarus")
    page = main(client.get("/changes/"))
    assert "A correction says that what was recorded had been wrong all along" in page


def test_a_log_without_entries_says_so(client):
    assert "Nothing has been recorded." in main(client.get("/changes/"))


def test_the_log_is_found_and_leads_on(client):
    make.parliament("belarus", name_ru="Собрание")
    for prefix in ("", "/ru"):
        log = f"{prefix}/delegations/belarus/changes/"
        assert log in links(client.get(f"{prefix}/delegations/belarus/"))
        footer = parsed(client.get(f"{prefix}/")).find(".//footer")
        assert f"{prefix}/changes/" in [a.get("href") for a in footer.iter("a")]
        for start, more in (
            (f"{prefix}/changes/", [f"{prefix}/delegations/belarus/"]),
            (log, [f"{log}on-record/"]),
        ):
            found = links(client.get(start))
            for form in ("feed.atom", "changes.csv", "changes.json"):
                assert start + form in found
                assert client.get(start + form).status_code == 200
            assert not set(more) - found.keys()


def test_data_beside_a_narrowed_page_answers_the_same_question(client):
    make.parliament("belarus")
    for address in PAGES:
        found = links(
            client.get(address, {"kind": "role", "to": "2030-01-01", "page": "x", "y": "1"})
        )
        for form in ("changes.csv", "changes.json"):
            [data] = [each for each in found if each.startswith(address + form)]
            assert data.endswith("?kind=role&to=2030-01-01")
            assert client.get(data).status_code == 200
        assert f"{address}feed.atom" in found
    response = client.get("/delegations/belarus/changes/on-record/?date=2024-03-01")
    [data] = [each for each in links(response) if "on-record.json" in each]
    assert client.get(data).json()["date"] == "2024-03-01"


def test_a_narrowed_log_is_for_nobody_to_index(client):
    make.parliament("belarus")
    noindex = '<meta name="robots" content="noindex">'
    for address in PAGES:
        assert noindex not in client.get(address).text
        response = client.get(address, {"kind": "role"})
        assert noindex in response.text
        assert f'<link rel="canonical" href="http://testserver{address}">' in response.text


def test_drafts_and_those_who_record_are_told_to_nobody(client, admin_user):
    belarus = make.parliament("belarus")
    row = make.allocation(make.chamber(belarus))
    row._history_user = admin_user
    save(row, seats=6)
    make.article("secret", status="draft", delegations=[Delegation.objects.get()])
    make.person("ann-idle")
    for address in PAGES:
        for form in ("", "feed.atom", "changes.csv", "changes.json"):
            text = client.get(address + form).text
            assert "secret" not in text
            assert admin_user.username not in text.replace("/admin/", "")
            # Of whom no fact was ever on record, the log has nothing to tell.
            assert "Idle" not in text


def fill(belarus, number):
    for _ in range(number):
        house = make.chamber(belarus, valid_to=MARCH)
        allocation = make.allocation(house)
        save(allocation, seats=6)
        save(allocation, source=make.source())
        person = make.person()
        for fact in (
            make.roster(house),
            make.membership(person, house),
            make.role(person, "alternate", parliament=belarus),
            make.office(person),
            make.participation(make.parliament()),
            make.name(make.parliament()),
            make.name(house),
        ):
            save(fact, checked_on=MARCH)
        gone = make.membership(make.person(), make.chamber(belarus))
        gone.delete()
        gone.person.delete()
        gone.chamber.delete()


def test_a_log_costs_the_same_however_long(client):
    belarus = make.parliament("belarus")
    fill(belarus, 2)
    addresses = [
        *(address + form for address in PAGES for form in ("", "changes.json", "changes.csv")),
        *("/changes/?kind=allocation", "/changes/?change=corrected", "/changes/?to=2100-01-01"),
        *("/changes/feed.atom", "/delegations/belarus/changes/feed.atom"),
        "/delegations/belarus/changes/on-record/",
        "/delegations/belarus/changes/on-record.json?date=2020-01-01",
    ]
    few = costs(client, addresses)
    fill(belarus, 4)
    many = costs(client, addresses)
    # A page of many holds fewer kinds of rows, and asks for no more.
    assert {address for address in addresses if many[address] > few[address]} == set()


@pytest.mark.parametrize("address", PAGES[::2])
def test_a_page_reads_one_page_of_the_log_and_no_version(
    client, django_assert_max_num_queries, address
):
    # Each kind of row that a page may name, none of which is gone.
    house = make.chamber(make.parliament("belarus"), valid_to=MARCH)
    make.name(house)
    make.name(house.parliament)
    for _ in range(25):
        row = make.membership(make.person(), house, valid_from=MAY, valid_to=MAY)
        row.delete()
    row = make.office(function="representative", parliament=house.parliament)
    save(row, valid_to=MARCH)
    make.further_source(office=row)
    # One of them asks whether anything is due, one which written pages are gone.
    with django_assert_max_num_queries(13) as captured:
        client.get(address)
    queries = [query["sql"] for query in captured.captured_queries]
    of_the_log = [query for query in queries if 'FROM "changes_logentry"' in query]
    # The decisions, how many entries each has, those that are shown, and where each decision ends.
    assert len(of_the_log) == 4
    assert "LIMIT 21" in of_the_log[0]
    assert all('"decision" IN' in query for query in of_the_log[1:])
    # When a further source was recorded its own version says.
    assert sum("delegations_historical" in query for query in queries) == 1


@pytest.mark.parametrize(
    ("reason", "said"),
    [("The decision was misread.", "misread. (по-английски)"), ("Опечатка.", "Причина: Опечатка.")],
)
def test_a_reason_is_marked_with_the_language_of_its_letters(client, reason, said):
    row = make.allocation(seats=7)
    row.seats = 8
    with because(reason):
        row.save()
    assert said in main(client.get("/ru/changes/"))


def test_what_was_recorded_at_once_is_one_line_that_opens(client, clock, django_user_model):
    belarus = make.parliament("belarus")
    house = make.chamber(belarus)
    clock.shift(60)
    note = make.source(title_en="Note of the Secretariat")
    for _ in range(7):
        row = make.membership(make.person(), house, source=note)
    editor = django_user_model.objects.create_user("somebody-else")
    row = make.membership(make.person(), house, source=note)
    row._history_user = editor
    save(row, valid_to=MAY)
    [another, decision, first] = client.get("/changes/").context["page"]
    assert [(each.change, each.kind) for each in another.entries] == [("ended", "membership")]
    assert (decision.total, decision.source) == (8, note)
    assert [each.kind for each in first.entries] == ["chamber", "parliament"]
    response = client.get("/delegations/belarus/changes/")
    details, _first = [
        each for each in parsed(response).iter("details") if each.get("class") == "changes__details"
    ]
    line = words(details.find("summary"))
    assert line == "5 May 2026, 12:01, Note of the Secretariat. Memberships: recorded 8"
    assert len(details.findall(".//li")) == 8
    assert "May 2026" in [words(each) for each in parsed(response).iter("h2")]
    assert "somebody-else" not in response.text


def test_a_long_decision_has_a_page_of_its_own_and_a_feed_leads_to_an_entry(client, clock):
    belarus = make.parliament("belarus")
    for _ in range(30):
        make.chamber(belarus)
    response = client.get("/delegations/belarus/changes/")
    [decision] = response.context["page"]
    assert (len(decision.entries), decision.total) == (20, 31)
    assert f"?decision={decision.key}" in links(response)
    whole = client.get("/delegations/belarus/changes/", {"decision": decision.key})
    assert len(entries_on(whole.context["page"])) == 31
    for feed in ("/changes/feed.atom", "/delegations/belarus/changes/feed.atom"):
        found = re.findall(
            'href="http://testserver([^"]*decision=[^"]*)#([^"]*)"', client.get(feed).text
        )
        assert len(found) == 30
        for address, anchor in (found[0], found[-1]):
            assert by_id(client.get(address), anchor)


def test_a_removal_is_told_on_the_page_of_the_delegation(client, clock):
    belarus = make.parliament("belarus")
    house = make.chamber(belarus)
    for number in range(5):
        clock.shift(60)
        row = make.membership(make.person(f"ann-{'abcde'[number]}"), house)
        with because("It was another’s."):
            row.delete()
    page = main(client.get("/delegations/belarus/"))
    assert page.count("removed on 5 May 2026, 12:0") == 3
    assert "Ann E" in page
    assert "Reason: It was another’s." in page
    assert "removed on" not in main(client.get(make.parliament("armenia").get_absolute_url()))


def test_a_removal_is_told_on_the_page_of_the_person_too(client, clock):
    ann, bob = make.person("ann-a"), make.person("bob-b")
    house = make.chamber(make.parliament("belarus"))
    make.membership(bob, house)
    for row in (
        make.membership(ann, house),
        make.office(ann, "chairman"),
        make.role(ann, "head", parliament=house.parliament),
    ):
        clock.shift(60)
        with because("It was another’s."):
            row.delete()
    page = main(client.get("/people/ann-a/"))
    assert page.count("removed on 5 May 2026, 12:0") == 3
    assert "Ann A, Head of the delegation" in page
    assert "Reason: It was another’s." in page
    assert "removed on" not in main(client.get("/people/bob-b/"))


def test_what_was_removed_of_a_person_costs_no_more_queries_where_it_is_more(client, clock):
    ann = make.person("ann-a")

    def remove(times):
        for _ in range(times):
            make.membership(ann, make.chamber(make.parliament())).delete()

    remove(1)
    before = costs(client, ["/people/ann-a/"])
    remove(8)
    assert costs(client, ["/people/ann-a/"]) == before


def around(response):
    """Return ``{words of a link: its address}`` of each line that leads to the record around an entry."""
    return [
        {words(link): link.get("href") for link in each.iter("a")}
        for each in parsed(response).iter("p")
        if each.get("class", "").endswith("changes__around")
    ]


def test_an_entry_leads_to_the_record_before_and_after_it_of_a_day_on_which_they_differ(
    client, clock
):
    belarus = make.parliament("belarus")
    allocation = make.allocation(make.chamber(belarus), seats=5, valid_from=MARCH)
    clock.shift(60)
    save(allocation, seats=6)
    clock.shift(60)
    save(allocation, valid_to=MAY)
    clock.shift(60)
    save(allocation, valid_from=MARCH.replace(day=8))
    clock.shift(60)
    make.office(make.person(), function="chairman")
    chairman, moved, ended, corrected, first = around(client.get("/changes/"))
    assert list(first) == ["after this"]
    for each, seats in ((corrected, [5, 6]), (ended, [6, None]), (moved, [6, None])):
        pages = [client.get(each[name]) for name in ("before this", "after this")]
        compositions = [page.context["record"].composition for page in pages]
        assert [part.seats for each in compositions for part in each.chambers] == seats
    assert "date=2024-03-07&" in moved["before this"]
    assert all(each.startswith("/delegations/belarus/") for each in moved.values())
    assert chairman["after this"].startswith("/changes/on-record/")
