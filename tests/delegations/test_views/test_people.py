"""The list of people, and one of them."""

import datetime as dt

import pytest
import time_machine

from tests import make
from tests.reading import links, main, parsed, words

pytestmark = pytest.mark.django_db

MARCH = dt.date(2024, 3, 1)
DAY = dt.timedelta(days=1)


def listed(response):
    """Return the names in the list, in its order."""
    return [words(a) for a in parsed(response).iterfind(".//main//a[@class='facts__name']")]


def test_people_are_sorted_as_the_reader_sees_them_family_name_first(client):
    make.person("a-zet", family_name_ru="Аист", given_name_ru="Анна", patronymic_ru="Львовна")
    make.person("b-abel", family_name_ru="Яковлев")
    assert listed(client.get("/people/")) == ["Abel, B", "Zet, A"]
    assert listed(client.get("/ru/people/")) == ["Аист, Анна Львовна", "Яковлев"]
    assert words(parsed(client.get("/ru/people/a-zet/")).find(".//h1")) == "Анна Львовна Аист"


def test_people_come_in_pages(client):
    for number in range(25):
        make.person(f"ann-p{number:02}")
    first = client.get("/people/")
    [more] = [address for address in links(first) if address.startswith("?page=")]
    assert len(listed(first)) == 20
    assert "P20, Ann" in main(client.get(f"/people/{more}"))
    assert "This is the first page" in main(client.get("/people/?page=nonsense"))


def test_a_letter_shows_its_names_page_by_page_in_the_alphabet_of_the_page(client):
    for number in range(25):
        make.person(f"ann-p{number:02}")
    make.person("bob-quail", family_name_ru="Щукин")
    make.person("carl-x", family_name_en="", family_name_ru="Ёлкин", given_name_ru="Карл")
    page = client.get("/people/?date=2024-03-01")
    letters = {said: address for address, said in links(page).items() if "letter=" in address}
    assert list(letters) == ["E", "P", "Q"]
    first = client.get(f"/people/{letters['P']}")
    assert listed(first)[0] == "P00, Ann"
    [more] = [address for address in links(first) if "page=" in address]
    assert "letter=p" in more
    assert "date=2024-03-01" in more
    assert listed(client.get(f"/people/{more}")) == [f"P{number}, Ann" for number in range(20, 25)]
    assert listed(client.get("/people/?letter=Q")) == ["Quail, Bob"]
    assert listed(client.get("/ru/people/?letter=Щ")) == ["Щукин"]
    assert listed(client.get("/ru/people/?letter=е")) == ["Ёлкин, Карл"]
    assert "No name on record starts with this letter" in main(client.get("/people/?letter=z"))
    for misread in ("Щ", "pp", "9", "\0"):
        page = client.get("/people/", {"letter": misread})
        assert "Everybody is shown" in main(page)
        assert len(listed(page)) == 20
    # The letter is none of the other language.
    header = parsed(client.get("/people/?letter=q&role=member")).find(".//header")
    [other] = [a.get("href") for a in header.iter("a") if a.get("hreflang") == "ru"]
    assert other == "/ru/people/?role=member"


def test_a_line_says_who_somebody_is_on_the_day_or_was_or_will_be(client, belarus):
    house = make.chamber(belarus)
    ann, bob, carl = (make.person(f"{name}-a") for name in ("ann", "bob", "carl"))
    make.person("dan-a")
    make.membership(ann, house, valid_from=MARCH, valid_to=MARCH + DAY)
    make.office(bob, "representative", parliament=belarus)
    make.office(bob)
    make.role(carl, "head", parliament=belarus, valid_to=MARCH, valid_to_is_latest=True)
    make.role(carl, "alternate", valid_to=MARCH - 9 * DAY)

    def line(slug, day):
        page = parsed(client.get(f"/people/?date={day}"))
        [item] = [
            each for each in page.iter("li") if each.find(f".//a[@href='{slug}']") is not None
        ]
        return words(item)

    address = "/people/{}-a/?date={}"
    ann_after = line(address.format("ann", MARCH + 9 * DAY), MARCH + 9 * DAY)
    assert ann_after.startswith(
        "A, Ann On this day none; earlier: Member of the delegation: National Assembly, House, "
        "until 2 March 2024"
    )
    before = MARCH - 99 * DAY
    assert "On this day none; later: Member of the delegation" in line(
        address.format("ann", before), before
    )
    now = line(address.format("bob", MARCH), MARCH)
    assert "Deputy Executive Secretary" in now
    assert "; Plenipotentiary representative, National Assembly" in now
    after = line(address.format("carl", MARCH + DAY), MARCH + DAY)
    assert "earlier: Head of the delegation, National Assembly, no later than 1 March 2024" in after
    assert "Alternate" not in after
    assert line(address.format("dan", MARCH), MARCH) == "A, Dan nothing recorded"


@time_machine.travel(dt.datetime(2024, 3, 1, 12, tzinfo=dt.UTC))
def test_what_only_may_have_been_so_is_said_to_be_possible(client):
    make.office(make.person("ann-a"), "chairman")
    assert "A, Ann Chairman of the Assembly" in main(client.get("/people/"))
    assert "A, Ann possibly: Chairman of the Assembly" in main(
        client.get("/people/?date=1989-12-31")
    )


@pytest.fixture
def holders(belarus):
    """One of each post in a delegation, an officer, and a head of another delegation."""
    other = make.parliament("armenia", state_en="Armenia")
    make.role(make.person("x-head"), "head", parliament=belarus, valid_from=MARCH)
    make.role(make.person("x-alternate"), "alternate", parliament=belarus)
    make.role(make.person("x-foreign"), "head", parliament=other, valid_to=MARCH)
    make.membership(make.person("x-member"), make.chamber(belarus))
    make.office(make.person("x-representative"), "representative", parliament=belarus)
    make.office(make.person("x-chairman"), "chairman")


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("role=head", "Foreign Head"),
        ("role=head&delegation=belarus", "Head"),
        ("role=member", "Member"),
        ("role=alternate&delegation=armenia", ""),
        ("role=representative", "Representative"),
        ("role=officer", "Chairman"),
        ("role=officer&delegation=belarus", ""),
        ("delegation=belarus", "Alternate Head Member Representative"),
        ("role=head&letter=h", "Head"),
        ("role=head&letter=a", ""),
        ("role=x", "Alternate Chairman Foreign Head Member Representative"),
    ],
)
def test_people_are_narrowed_by_delegation_and_by_what_they_are(client, holders, query, names):
    page = client.get(f"/people/?{query}&date=2024-03-01")
    assert [name.partition(",")[0] for name in listed(page)] == names.split()
    assert ("Choose one of the list." in main(page)) == ("role=x" in query)


def test_a_narrowed_list_is_one_of_its_day_and_keeps_its_question(client, holders):
    assert listed(client.get("/people/?role=head&date=2024-02-29")) == ["Foreign, X"]
    page = client.get("/people/?role=head&date=2024-03-02")
    assert listed(page) == ["Head, X"]
    assert any("role=head" in each and "letter=h" in each for each in links(page))


def test_an_empty_list_of_people_says_what_is_not_recorded(client, holders):
    page = main(client.get("/people/?role=deputy_head&date=2024-03-01"))
    assert "Nobody is on record as such" in page
    said = "Deputy head of the delegation: not recorded of 2 delegations: Armenia, Belarus."
    assert said in page
    page = main(client.get("/people/?role=deputy_head&delegation=armenia"))
    assert "not recorded of 1 delegation: Armenia." in page
    page = main(client.get("/people/?delegation=armenia&date=2024-03-02"))
    for what in ("Head of the delegation", "Member of the delegation", "Plenipotentiary repre"):
        assert what in page.partition("Nobody")[2]
    assert "Officer" not in page.partition("Nobody")[2]


def test_another_language_starts_its_own_alphabet(client):
    for number in range(25):
        make.person(f"ann-p{number:02}")
    [more] = [each for each in links(client.get("/people/?date=2024-03-01")) if "page=" in each]
    header = parsed(client.get(f"/people/{more}")).find(".//header")
    [other] = [a.get("href") for a in header.iter("a") if a.get("hreflang") == "ru"]
    assert other == "/ru/people/?date=2024-03-01"


def test_a_representative_leads_to_the_delegation(client, belarus):
    make.office(make.person("ann-a"), "representative", parliament=belarus)
    for address in ("/people/", "/people/ann-a/"):
        assert links(client.get(address))["/delegations/belarus/"] == "National Assembly"


@time_machine.travel(dt.datetime(2024, 3, 1, 12, tzinfo=dt.UTC))
def test_a_person_never_holds_what_has_ended(client, belarus):
    ann = make.person("ann-a")
    make.office(ann, "chairman", valid_from=MARCH - DAY, valid_to=MARCH)
    make.office(ann, "executive_secretary", valid_to=MARCH - DAY)
    make.office(ann)
    make.membership(ann, make.chamber(belarus), valid_from=MARCH + DAY)
    page = main(client.get("/people/ann-a/"))
    held, _, rest = page.partition("Dates not given")
    undated, _, rest = rest.partition("Earlier")
    ended, _, later = rest.partition("Later")
    assert "Chairman of the Assembly" in held.partition("On 1 March 2024")[2]
    assert "Deputy Executive Secretary" in undated
    assert "Executive Secretary until 29 February 2024, start not known" in ended
    assert "Member of the delegation: National Assembly, House since 2 March 2024" in later
    [line] = parsed(client.get("/people/")).iterfind(".//main//li[@class='facts__item']")
    assert "Executive Secretary until" not in words(line)


def test_a_renamed_person_is_found_again(client):
    person = make.person("ann-a")
    person.slug = "ann-b"
    person.save()
    assert client.get("/people/ann-a/")["Location"] == "/people/ann-b/"


def test_a_person_as_of_a_day(client, belarus):
    ann = make.person("ann-a", family_name_ru="Аннова")
    make.role(ann, "head", parliament=belarus, valid_from=MARCH, valid_to=MARCH + DAY)
    make.membership(ann, make.chamber(belarus), valid_to=MARCH)
    before, on, after = (
        main(client.get(f"/people/ann-a/?date={day}")).partition("Roles in a delegation")[2]
        for day in (MARCH - DAY, MARCH, MARCH + 2 * DAY)
    )
    head = "Head of the delegation, National Assembly 1 March 2024 to 2 March 2024"
    assert before.startswith(f" Later {head}")
    assert on.startswith(f" On 1 March 2024 {head}")
    assert after.startswith(f" Earlier {head}")
    assert "Seats in a delegation On 1 March 2024 Member of the delegation" in on
    assert "Seats in a delegation Earlier Member of the delegation" in after
    assert "Аннова" in main(client.get("/ru/people/ann-a/?date=2024-03-01"))


def test_what_is_not_recorded_of_a_person_is_said_and_heads_nothing(client):
    ann = make.person("ann-a")
    page = client.get("/people/ann-a/")
    said = "Not recorded: Offices; Roles in a delegation; Seats in a delegation."
    assert main(page).count(said) == 1
    assert parsed(page).find(".//main//h3") is None
    make.office(ann, "chairman")
    page = main(client.get("/people/ann-a/"))
    assert "Offices Dates not given Chairman of the Assembly" in page
    assert "Not recorded: Roles in a delegation; Seats in a delegation." in page


def test_two_persons_of_one_name_stay_two(client, belarus):
    names = {"given_name_en": "Ann", "family_name_en": "Example"}
    one, two = make.person("ann-example", **names), make.person("ann-example-2", **names)
    make.membership(one, make.chamber(belarus))
    make.office(two, "chairman")
    listed = [address for address, said in links(client.get("/people/")).items() if "Ann" in said]
    assert listed == ["/people/ann-example/", "/people/ann-example-2/"]
    first, second = (main(client.get(address)) for address in listed)
    assert "Member of the delegation" in first
    assert "Chairman" not in first
    assert "Chairman" in second
    assert "Member of the delegation" not in second
