"""What is written in a form of the desk is kept, for its account alone, until it is saved."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from cstopa.working_copies.models import WorkingCopy
from news.models import Article, ArticleDraft
from tests import make
from tests.cstopa.admin.rows import everything, page
from tests.forms import errors, filled
from tests.growth import costs

pytestmark = pytest.mark.django_db

DRAFT = {"headline_en": "Ice on the river", "body_en": "It melts."}


def pulse_of(row_or_model):
    opts = row_or_model._meta
    key = [row_or_model.pk] if not isinstance(row_or_model, type) else []
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_working_copy", args=key)


def opened(client, row_or_model):
    name = "add" if isinstance(row_or_model, type) else "change"
    return client.get(page(row_or_model, name))


def pulse(client, row_or_model, form, step=1, **values):
    """Send an open form as its page does."""
    sent = filled(form, working_copy_step=step, **values)
    return client.post(pulse_of(row_or_model), sent)


def send(client, row_or_model, form, step=9, **values):
    name = "add" if isinstance(row_or_model, type) else "change"
    return client.post(page(row_or_model, name), filled(form, working_copy_step=step, **values))


def text(response):
    return response.content.decode()


OFFER = "you left text here"


def take_up(client, row_or_model):
    name = "add" if isinstance(row_or_model, type) else "change"
    token = WorkingCopy.objects.with_words().latest("kept_at").token
    return client.get(f"{page(row_or_model, name)}?working_copy={token}")


def test_what_was_left_is_offered_and_shown_and_nothing_is_saved(admin_client, article):
    form = opened(admin_client, article)
    assert OFFER not in text(form)
    answer = pulse(admin_client, article, form, **DRAFT, summary_ru="Лёд")
    assert answer.status_code == 200
    assert "saved" in answer.json()["kept"]
    article.refresh_from_db()
    assert article.headline_en == "Ice"
    assert OFFER in text(opened(admin_client, article))
    shown = take_up(admin_client, article)
    assert errors(shown) == {}
    assert OFFER not in text(shown)
    left = filled(shown)
    assert (left["headline_en"], left["summary_ru"]) == ("Ice on the river", "Лёд")
    assert send(admin_client, article, shown).status_code == 302
    article.refresh_from_db()
    assert article.headline_en == "Ice on the river"
    assert OFFER not in text(opened(admin_client, article))


def test_a_new_article_is_offered_in_its_form_and_above_the_list(admin_client):
    form = opened(admin_client, Article)
    pulse(admin_client, Article, form, **DRAFT)
    assert OFFER in text(opened(admin_client, Article))
    assert OFFER in text(admin_client.get(page(Article, "changelist")))
    shown = take_up(admin_client, Article)
    assert filled(shown)["body_en"] == "It melts."
    assert send(admin_client, Article, shown).status_code == 302
    assert Article.objects.get().headline_en == "Ice on the river"
    assert OFFER not in text(admin_client.get(page(Article, "changelist")))


def test_nobody_else_reads_it(admin_client, other, article):
    pulse(admin_client, article, opened(admin_client, article), headline_en="Secret words")
    token = WorkingCopy.objects.with_words().get().token
    for address in (
        page(article, "change"),
        f"{page(article, 'change')}?working_copy={token}",
        reverse("admin:unsaved-texts"),
        pulse_of(article),
        reverse("admin:index"),
    ):
        answer = text(other.get(address))
        assert "Secret words" not in answer
        assert OFFER not in answer
    assert other.get(f"{reverse('admin:unsaved-texts')}?working_copy={token}").status_code == 404
    other.post(reverse("admin:unsaved-texts"), {"working_copy": token})
    # Nor does another with the same token write into it.
    form = filled(opened(other, article), working_copy=token, working_copy_step=5, headline_en="x")
    assert other.post(pulse_of(article), form).status_code == 200
    assert "Secret words" in WorkingCopy.objects.get(account__username="admin").fields


def test_who_may_not_save_keeps_nothing(sign_in, client, article):
    Article.objects.update(status="published", published_at=timezone.now())
    sign_in("Editor")
    sent = {"working_copy": uuid4().hex, "working_copy_step": 1, **DRAFT}
    sent["working_copy_account"] = User.objects.get(username="editor").pk
    assert client.post(pulse_of(article), sent).status_code == 403
    client.logout()
    assert client.post(pulse_of(article), sent).status_code == 302
    User.objects.get(username="editor").groups.clear()
    client.force_login(User.objects.get(username="editor"))
    assert client.post(pulse_of(article), sent).status_code == 403
    assert client.get(pulse_of(article)).status_code == 403
    assert client.post(pulse_of(Article), sent).status_code == 403
    assert client.post(page(article, "change"), sent).status_code == 403
    assert not WorkingCopy.objects.exists()


def test_what_was_begun_while_one_might_goes_on(sign_in, client, article):
    sign_in("Editor")
    form = opened(client, article)
    pulse(client, article, form, **DRAFT)
    Article.objects.update(
        status="published", summary_en="x", body_en="x", published_at=timezone.now()
    )
    answer = pulse(client, article, form, step=2, headline_en="Ice on the whole river")
    assert answer.status_code == 200
    assert "any more" in answer.json()["note"]
    refused = send(client, article, form, step=3, headline_en="Ice on all rivers")
    assert refused.status_code == 403
    assert "your unsaved texts" in text(refused)
    listed = text(client.get(reverse("admin:unsaved-texts")))
    token = WorkingCopy.objects.with_words().get().token
    assert token in listed
    assert "Ice on all rivers" in text(
        client.get(f"{reverse('admin:unsaved-texts')}?working_copy={token}")
    )
    new = client.get(f"{page(Article, 'add')}?working_copy={token}")
    assert filled(new)["headline_en"] == "Ice on all rivers"
    assert Article.objects.get().headline_en == "Ice"
    shown = client.get(f"{page(article, 'change')}?working_copy={token}")
    assert shown.status_code == 200
    assert "Ice on all rivers" not in text(shown)


def test_the_words_of_a_row_that_was_deleted_are_kept(admin_client, article):
    form = opened(admin_client, article)
    article.delete()
    answer = admin_client.post(
        form.request["PATH_INFO"], filled(form, working_copy_step=2, **DRAFT), follow=True
    )
    assert "What you wrote is kept" in text(answer)
    assert "Ice on the river" in WorkingCopy.objects.get().fields
    assert "not there any more" in text(admin_client.get(reverse("admin:unsaved-texts")))


def test_a_form_that_comes_back_with_an_error_is_kept(admin_client, article):
    form = opened(admin_client, article)
    shown = send(admin_client, article, form, headline_en="Long " * 200)
    assert shown.status_code == 200
    assert errors(shown)
    assert "Long Long" in WorkingCopy.objects.get().fields
    assert send(admin_client, article, shown, step=10, headline_en="Short").status_code == 302
    assert not WorkingCopy.objects.with_words().exists()


def test_what_arrives_late_is_not_kept_over_what_is_newer(admin_client, article):
    form = opened(admin_client, article)
    pulse(admin_client, article, form, step=5, headline_en="Newer")
    pulse(admin_client, article, form, step=4, headline_en="Older")
    assert "Newer" in WorkingCopy.objects.get().fields
    assert send(admin_client, article, form, step=7, headline_en="Newest").status_code == 302
    pulse(admin_client, article, form, step=6, headline_en="Newer")
    assert not WorkingCopy.objects.with_words().exists()


def test_what_is_as_it_was_is_not_kept(admin_client, article):
    form = opened(admin_client, article)
    pulse(admin_client, article, form, step=1, headline_en="Typed")
    mine = {name: value for name, value in filled(form).items() if name.startswith("working_copy")}
    undone = mine | {"working_copy_step": 2, "working_copy_undone": "1"}
    assert admin_client.post(pulse_of(article), undone).status_code == 200
    assert not WorkingCopy.objects.with_words().exists()
    admin_client.post(pulse_of(article), mine | {"working_copy_left": "1"})
    assert not WorkingCopy.objects.exists()


def test_it_can_be_thrown_away(admin_client, article):
    pulse(admin_client, article, opened(admin_client, article), **DRAFT)
    token = WorkingCopy.objects.get().token
    sent = {"working_copy": token, "next": page(article, "change")}
    answer = admin_client.post(reverse("admin:unsaved-texts"), sent)
    assert answer.url == page(article, "change")
    assert OFFER not in text(opened(admin_client, article))
    for elsewhere in ("https://evil.example/", "//evil.example", "/\\evil.example"):
        answer = admin_client.post(reverse("admin:unsaved-texts"), sent | {"next": elsewhere})
        assert answer.url == reverse("admin:unsaved-texts")
    gone = admin_client.get(f"{page(article, 'change')}?working_copy={token}", follow=True)
    assert "not kept any more" in text(gone)


def test_every_form_is_kept_and_shown(admin_client):
    found = {}
    for model, row in everything().items():
        form = opened(admin_client, row)
        if "working_copy" not in filled_or_empty(form):
            continue
        ticked = {name: "on" for name in filled(form) if name.endswith("differs")}
        assert pulse(admin_client, row, form, **ticked).status_code == 200, model
        shown = take_up(admin_client, row)
        before, after = filled(form), filled(shown)
        assert ticked.keys() <= after.keys()
        differ = {name for name in before if before[name] != after.get(name)}
        found |= {model: differ} if differ - {"csrfmiddlewaretoken", "working_copy_step"} else {}
    assert found == {}


def filled_or_empty(form):
    return filled(form) if "content-main" in text(form) and "<form" in text(form) else {}


def test_the_cost_does_not_grow_with_what_is_kept(admin_client, admin_user, article):
    def leave(number):
        for _each in range(number):
            WorkingCopy.objects.keep(
                admin_user, uuid4().hex, Article, str(article.pk), _sent({"headline_en": "x"})
            )
            make_new = _sent({"headline_en": "new"})
            WorkingCopy.objects.keep(admin_user, uuid4().hex, Article, "", make_new)

    addresses = [
        page(article, "change"),
        page(Article, "changelist"),
        reverse("admin:unsaved-texts"),
        reverse("admin:index"),
    ]
    leave(2)
    before = costs(admin_client, addresses)
    leave(10)
    assert costs(admin_client, addresses) == before


def _sent(fields):
    sent = QueryDict(mutable=True)
    sent.update(fields)
    return sent


def test_old_ones_are_forgotten_when_a_form_is_opened(admin_client, article, time_machine):
    time_machine.move_to("2026-11-26 12:00:00+03:00", tick=False)
    pulse(admin_client, article, opened(admin_client, article), **DRAFT)
    time_machine.shift(29 * 86400)
    admin_client.force_login(User.objects.get())
    pulse(admin_client, Article, opened(admin_client, Article), **DRAFT)
    assert WorkingCopy.objects.count() == 2
    time_machine.shift(2 * 86400)
    pulse(admin_client, Article, opened(admin_client, Article), **DRAFT)
    assert set(WorkingCopy.objects.values_list("key", flat=True)) == {""}


def test_it_goes_with_its_account(admin_client, other, article):
    pulse(other, article, opened(other, article), **DRAFT)
    User.objects.get(username="other").delete()
    assert not WorkingCopy.objects.exists()


def test_what_was_saved_is_not_offered_when_a_browser_goes_back(admin_client):
    form = opened(admin_client, Article)
    send(admin_client, Article, form, **DRAFT)
    pulse(admin_client, Article, form, step=20, **DRAFT)
    assert not WorkingCopy.objects.with_words().exists()
    pulse(admin_client, Article, form, step=21, headline_en="And more of it")
    assert WorkingCopy.objects.with_words().exists()


def test_a_session_lasts_while_one_works(admin_client, article, time_machine):
    time_machine.move_to("2026-11-26 12:00:00+03:00", tick=False)
    admin_client.force_login(User.objects.get())
    form = opened(admin_client, article)
    for day in range(20):
        time_machine.shift(86400)
        assert pulse(admin_client, article, form, step=day + 1).status_code == 200
    time_machine.shift(15 * 86400)
    assert pulse(admin_client, article, form, step=99).status_code == 302


def test_a_new_draft_of_a_public_article_is_taken_up(admin_client):
    article = make.article()
    form = admin_client.get(f"{page(ArticleDraft, 'add')}?live={article.pk}")
    pulse(admin_client, ArticleDraft, form, **DRAFT)
    shown = take_up(admin_client, ArticleDraft)
    left = filled(shown)
    assert (left["headline_en"], left["live"]) == ("Ice on the river", str(article.pk))
    assert send(admin_client, ArticleDraft, shown).status_code == 302
    assert ArticleDraft.objects.get(live=article).headline_en == "Ice on the river"
