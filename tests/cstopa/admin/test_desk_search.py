"""The search of the desk: of every kind that one may see, drafts too, from every page."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from cstopa.admin.base import desk_address
from tests import make
from tests.cstopa.admin.rows import page
from tests.growth import queries
from tests.news.desk import signed_in
from tests.reading import text

pytestmark = pytest.mark.django_db
SEARCH = reverse("admin:search")


def found(client, words):
    """Return ``{title of a section: addresses}``."""
    sections = client.get(SEARCH, {"q": words}).context["sections"]
    return {section.title: [line.address for line in section.lines] for section in sections}


def test_all_kinds_are_looked_through_drafts_too(admin_client):
    person = make.person("aigul-serikova")
    draft = make.article(status="draft", headline_en="Serikova speaks")
    over = make.draft(make.article(headline_en="Serikova in Minsk"))
    account = User.objects.create(username="serikova")
    sections = found(admin_client, "serikova")
    assert sections["People"] == [desk_address(person)]
    assert {*sections["Articles"]} == {desk_address(draft), desk_address(over.live)}
    assert sections["Drafts of public articles"] == [desk_address(over)]
    assert sections["Users"] == [desk_address(account)]
    assert "Topics" not in sections


def test_of_many_the_list_has_the_rest(admin_client):
    for _number in range(7):
        make.article(headline_en="About water")
    answer = admin_client.get(SEARCH, {"q": "water"})
    [section] = answer.context["sections"]
    assert len(section.lines) == 5
    _words, rest = section.rest
    assert len(admin_client.get(rest).context["cl"].result_list) == 7


def test_one_finds_what_one_may_see():
    make.person("aigul-serikova")
    make.article(status="draft", headline_en="Serikova speaks")
    User.objects.create(username="serikova")
    assert {*found(signed_in("wera", "Writer"), "serikova")} == {"Articles", "People"}
    assert {*found(signed_in("keep", "Keeper of facts"), "serikova")} == {"People"}
    assert found(signed_in("nobody"), "serikova") == {}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("zzzz", "Nothing is found."),
        ("", "This field is required."),
        ("!?", "signs alone are not looked for"),
        ("-water", "a minus only takes away"),
        ("a\0b", "Null characters are not allowed."),
        ("x" * 201, "Write at most 200 characters"),
        (" ".join(f"word{number}" for number in range(30)), "Ask for at most 10 words"),
        ("'\"><script>", "Nothing is found."),
    ],
)
def test_what_is_not_found_is_said_at_the_field(admin_client, words, said):
    make.article(headline_en="About water")
    answer = admin_client.get(SEARCH, {"q": words})
    assert said in text(answer)
    assert answer.context["sections"] == []


def test_nothing_is_asked_before_words_are_there(admin_client, client):
    assert "errorlist" not in text(admin_client.get(SEARCH))
    assert admin_client.post(SEARCH, {"q": "water"}).status_code == 403
    assert client.get(SEARCH, {"q": "water"}).status_code == 302


def test_it_costs_the_same_with_more_rows(admin_client):
    def more(number):
        for _each in range(number):
            make.article(headline_en="About water")
            make.person(family_name_en="Water")
            make.membership(make.person(family_name_en="Water"))

    more(7)
    before = queries(admin_client, f"{SEARCH}?q=water")
    more(20)
    assert queries(admin_client, f"{SEARCH}?q=water") == before


@pytest.mark.django_db(transaction=True)
def test_keys_reach_it_and_save_and_can_be_switched_off(desk, base_url):
    article = make.article(status="draft", headline_en="About water")
    desk.goto(base_url + page(article, "change"))
    desk.get_by_role("button", name="Shortcuts").click()
    assert desk.get_by_role("dialog").is_visible()
    desk.keyboard.press("Escape")
    desk.get_by_label("Headline (in English)").fill("About more water/")
    # While one writes a sign is a sign.
    desk.keyboard.press("/")
    assert desk.get_by_label("Headline (in English)").input_value() == "About more water//"
    desk.keyboard.press("Control+s")
    desk.get_by_text("was changed successfully").wait_for()
    desk.goto(base_url + reverse("admin:index"))
    desk.keyboard.press("/")
    desk.keyboard.type("water")
    desk.keyboard.press("Enter")
    desk.get_by_role("link", name="About more water//").click()
    desk.goto(base_url + reverse("admin:index"))
    desk.keyboard.press("?")
    desk.get_by_label("Use shortcuts of one key").uncheck()
    desk.get_by_role("button", name="Close").click()
    desk.keyboard.press("?")
    assert not desk.get_by_role("dialog").is_visible()
    assert desk.mistakes == []
