"""The command that reads everything written for numbers that a reference could state."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make

pytestmark = pytest.mark.django_db

TYPED = "<p>7 deputies of the House of Representatives.</p>"


@pytest.fixture
def house():
    call_command("loaddata", "delegations", "news", verbosity=0)


def lines(capsys):
    with pytest.raises(SystemExit) as ended:
        call_command("check_prose")
    assert ended.value.code == 1
    return capsys.readouterr().out.splitlines()


@pytest.mark.usefixtures("house")
def test_without_a_finding_it_says_nothing_and_succeeds(capsys):
    make.article(body_en="<p>[[deputies:belarus-house]] of the House of Representatives</p>")
    call_command("check_prose")
    assert capsys.readouterr().out == ""


@pytest.mark.usefixtures("house")
def test_each_finding_is_a_line_in_both_languages_drafts_included(capsys):
    make.article("a", body_en=TYPED, headline_ru="Семь депутатов Палаты представителей")
    make.article("b", status="draft", summary_en="Eight senators from Kazakhstan came.")
    make.article("c", body_en="<p>12 deputies voted against.</p>")
    assert lines(capsys) == [
        "news.article a, headline_ru: “Семь депутатов Палаты представителей” →"
        " [[deputies:belarus-house]]",
        "news.article a, body_en: “7 deputies of the House of Representatives” →"
        " [[deputies:belarus-house]]",
        "news.article b, summary_en: “Eight senators from Kazakhstan” →"
        " [[deputies:kazakhstan-senate]]",
    ]


@pytest.mark.usefixtures("house")
def test_where_no_reference_is_read_the_number_is_to_be_left_out(capsys):
    make.source(code="s", title_ru="Решение о 11 депутатах от Беларуси")
    make.topic("t", name_en="The 22 parliamentarians from Russia")
    why = "An old list has 7 deputies of the House of Representatives."
    allocation = make.allocation()
    # What another source says is told with its number; why it is not followed is ours.
    make.further_source(allocation=allocation, code="f", differs=True, says_en=why, why_en=why)
    assert lines(capsys) == [
        "delegations.source s, title_ru: “11 депутатах от Беларуси” →"
        " leave the number out: no reference is read here ([[seats:belarus]])",
        "delegations.furthersource f, why_en: “7 deputies of the House of Representatives” →"
        " leave the number out: no reference is read here ([[deputies:belarus-house]])",
        "news.topic t, name_en: “22 parliamentarians from Russia” →"
        " leave the number out: no reference is read here ([[seats:russia]])",
    ]


@pytest.mark.usefixtures("house")
def test_many_rows_cost_no_more_queries(capsys):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            assert lines(capsys)
        return len(captured)

    make.article(body_en=TYPED)
    before = cost()
    for _ in range(30):
        make.article(body_en=TYPED)
        make.source()
    assert cost() == before
