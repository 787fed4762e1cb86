"""Who has a form open is told to others."""

import pytest

from cstopa.working_copies.models import WorkingCopy
from tests.cstopa.working_copies.test_keeping import DRAFT, opened, pulse, pulse_of, take_up, text
from tests.forms import filled

pytestmark = pytest.mark.django_db


def test_who_has_it_open_is_told_to_others(admin_client, admin_user, other, article):
    pulse_of_other = filled(opened(other, article))
    mine = {
        name: value for name, value in pulse_of_other.items() if name.startswith("working_copy")
    }
    other.post(pulse_of(article), mine)
    assert "Anna Orlova has this open since" in text(opened(admin_client, article))
    form = opened(admin_client, article)
    answer = pulse(admin_client, article, form, headline_en="x").json()
    assert [each.partition(" has ")[0] for each in answer["others"]] == ["Anna Orlova"]
    assert admin_user.username in other.post(pulse_of(article), mine).json()["others"][0]
    other.post(pulse_of(article), mine | {"working_copy_left": "1"})
    assert pulse(admin_client, article, form, step=2, headline_en="xy").json()["others"] == []


def test_who_goes_without_a_word_is_gone_soon(admin_client, other, article, time_machine):
    time_machine.move_to("2026-11-26 12:00:00+03:00", tick=False)
    form = filled(opened(other, article))
    mine = {name: value for name, value in form.items() if name.startswith("working_copy")}
    other.post(pulse_of(article), mine)
    time_machine.shift(20)
    assert "Orlova" in text(opened(admin_client, article))
    time_machine.shift(6)
    assert "Orlova" not in text(opened(admin_client, article))


def test_another_account_in_the_same_browser_is_told(admin_client, other, article):
    form = opened(admin_client, article)
    sent = filled(form, working_copy_step=1, **DRAFT)
    answer = other.post(pulse_of(article), sent)
    assert answer.status_code == 409
    assert "Anna Orlova" in answer.json()["message"]
    assert not WorkingCopy.objects.exists()


def test_others_have_saved_since(admin_client, article):
    pulse(admin_client, article, opened(admin_client, article), **DRAFT)
    assert "Somebody has saved since" not in text(opened(admin_client, article))
    article.summary_en = "Saved by another"
    article.save()
    assert "Somebody has saved since" in text(opened(admin_client, article))
    shown = take_up(admin_client, article)
    assert filled(shown)["seen_version"] == str(article.history.earliest("pk").pk)
