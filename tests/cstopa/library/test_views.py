"""Where a picture is shown, and to whom."""

import datetime as dt
import re

import pytest
from django.core.signing import TimestampSigner
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cstopa.library.models import Picture, name_of
from cstopa.models.history import last_change
from tests import make
from tests.cstopa.admin.rows import page
from tests.cstopa.library.picturefile import picture
from tests.cstopa.library.test_admin import sent
from tests.cstopa.library.test_drawing import make as make_picture
from tests.forms import filled
from tests.reading import parsed, words

pytestmark = pytest.mark.django_db

WORDS = {"alternative_en": "Red and green", "alternative_ru": "Красное и зелёное"}


@pytest.fixture
def whole(done):
    """A picture of 1000 × 500 that is drawn."""
    with done():
        return make_picture(is_decorative=False, credit_en="Press service", **WORDS)


def addresses(row):
    token, drawn = row.renditions.token, row.renditions.drawn
    return [reverse("library:rendition", args=[token, name_of(each)]) for each in drawn]


def test_a_picture_has_an_address_when_something_public_shows_it(client, whole):
    article = make.article(lead_picture=whole, status="draft")
    make.draft(make.article(), lead_picture=whole)
    assert {client.get(each).status_code for each in addresses(whole)} == {404}
    article.status = "published"
    article.save()
    for each in addresses(whole):
        answer = client.get(each)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert answer.headers["Content-Type"] in {"image/avif", "image/webp", "image/png"}
        assert client.head(each).status_code == 200
        assert client.post(each).status_code in {403, 405}
    article.status = "draft"
    article.save()
    assert client.get(addresses(whole)[0]).status_code == 404


def test_it_has_none_any_more_from_the_moment_at_which_all_of_it_expires(client, clock, whole):
    make.article(lead_picture=whole, expires_at=timezone.now() + dt.timedelta(minutes=5))
    address = addresses(whole)[0]
    assert client.get(address).status_code == 200
    clock.shift(301)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("name", ["whole-481.jpg", "..", "whole-480.svg", "%00", "x" * 300])
def test_no_other_file_has_an_address(client, whole, name):
    make.article(lead_picture=whole)
    address = addresses(whole)[0].rpartition("/")[0]
    assert client.get(f"{address}/{name}").status_code == 404
    assert client.get(f"/media/{'0' * 32}/whole-480.avif").status_code == 404
    assert client.get(f"/media/{whole.file.name}").status_code == 404


def test_a_page_shows_it_in_each_format_and_width(client, whole):
    article = make.article(lead_picture=whole)
    for address, alternative in (
        (article.get_absolute_url(), WORDS["alternative_en"]),
        ("/", WORDS["alternative_en"]),
        (reverse("news:list"), WORDS["alternative_en"]),
        ("/ru/", WORDS["alternative_ru"]),
    ):
        found = client.get(address).content.decode()
        [shown] = re.findall(r"<picture>.*?</picture>", found, re.DOTALL)
        assert re.findall(r'type="(.*?)"', shown) == ["image/avif", "image/webp"]
        for srcset in re.findall(r'srcset="(.*?)"', shown):
            assert len(re.findall(r"/media/\S+ \d+w", srcset)) == 3
            for each in re.findall(r"(/media/\S+) \d+w", srcset):
                assert client.get(each).status_code == 200
        assert f'alt="{alternative}"' in shown
        assert re.search(r'width="\d+" height="\d+"', shown)
    assert "Press service" in client.get(article.get_absolute_url()).content.decode()


def test_its_caption_and_its_credit_do_not_run_together(client, whole):
    article = make.article(lead_picture=whole)
    whole.caption_en = "The hall in Minsk"
    whole.save()
    [figure] = parsed(client.get(article.get_absolute_url())).iter("figure")
    said = [words(each) for each in figure.iterfind("./figcaption/p")]
    assert said == ["The hall in Minsk", "Press service"]


def test_open_graph_feeds_and_machines_show_it(client, whole, settings):
    article = make.article(lead_picture=whole)
    found = client.get(article.get_absolute_url()).content.decode()
    [shared] = re.findall(r'og:image" content="(.*?)"', found)
    assert re.fullmatch(rf"{settings.SITE_URL}/media/\w+/wide-\d+\.png", shared)
    assert 'og:image:width" content="889"' in found
    assert f'og:image:alt" content="{WORDS["alternative_en"]}"' in found
    assert f'"image":"{shared}"' in re.sub(r'":\s+"', '":"', found)
    for feed in ("news:atom", "news:rss"):
        text = client.get(reverse(feed)).content.decode()
        assert re.search(r"/media/\w+/whole-\d+\.png", text)
        assert WORDS["alternative_en"] in text


def test_without_one_pages_are_as_before(client, whole):
    article = make.article()
    undrawn = make.article(lead_picture=make.picture())
    for row in (article, undrawn):
        found = client.get(row.get_absolute_url()).content.decode()
        assert "<picture>" not in found
        assert "sharing" in re.findall(r'og:image" content="(.*?)"', found)[0]


def test_a_decorative_one_says_nothing(client, done):
    with done():
        row = make_picture(is_decorative=True)
    article = make.article(lead_picture=row)
    assert ' alt="" ' in client.get(article.get_absolute_url()).content.decode()


def test_a_preview_shows_it_for_a_day(clock, client, admin_client, whole):
    draft = make.article(status="draft", lead_picture=whole)
    frame = f"{page(draft, 'change').removesuffix('change/')}preview/page/"
    found = admin_client.get(frame).content.decode()
    [source] = re.findall(r'<img src="(.*?)"', found)
    answer = client.get(source)
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    assert client.get(source.partition("?")[0]).status_code == 404
    other = TimestampSigner(salt="other").sign(whole.renditions.token)
    assert client.get(f"{source.partition('?')[0]}?seen={other}").status_code == 404
    clock.shift(25 * 3600)
    assert client.get(source).status_code == 404


def test_it_is_chosen_in_the_form_and_goes_through_a_draft(sign_in, client, whole):
    publisher = sign_in("Publisher")
    article = make.article()
    draft = make.draft(article)
    form = publisher.get(page(draft, "change"))
    sent_form = filled(form, lead_picture=whole.pk, _publish="")
    assert publisher.post(page(draft, "change"), sent_form).status_code in {200, 302}
    article.refresh_from_db()
    if article.lead_picture is None:
        form = publisher.get(page(article, "change"))
        publisher.post(page(article, "change"), filled(form, lead_picture=whole.pk))
        article.refresh_from_db()
    assert article.lead_picture == whole
    assert article.history.first().lead_picture_id == whole.pk
    assert str(article) in publisher.get(page(whole, "change")).content.decode()


def test_who_may_not_publish_changes_no_public_picture(client, sign_in, whole):
    writer = sign_in("Writer")
    form = page(whole, "change")
    assert writer.post(form, filled(writer.get(form), caption_en="Mine")).status_code == 302
    data = filled(writer.get(form), caption_en="Forged", uploaded_file=sent())
    make.article(lead_picture=whole)
    assert writer.get(form).status_code == 200
    assert writer.post(form, data).status_code == 403
    whole.refresh_from_db()
    assert whole.caption_en == "Mine"


def test_who_may_not_change_a_picture_sees_it_and_what_it_is_used_in(sign_in, whole):
    article = make.article(lead_picture=whole)
    writer = sign_in("Writer")
    form = parsed(writer.get(page(whole, "change"))).find(".//main")
    image = form.find(".//img[@alt='The picture of this form']")
    assert writer.get(image.get("src")).status_code == 200
    assert page(article, "change") in {each.get("href") for each in form.iter("a")}
    assert "Used in" in words(form)
    assert "Uploaded" not in words(form)


def test_what_is_shown_is_not_deleted(admin_client, whole):
    make.article(lead_picture=whole)
    answer = admin_client.post(page(whole, "delete"), {"post": "yes"})
    assert answer.status_code in {200, 302, 403}
    assert Picture.objects.filter(pk=whole.pk).exists()


def test_a_picture_that_nothing_public_shows_changes_nothing_for_readers(whole):
    before = last_change()
    whole.caption_en = "Said"
    whole.save()
    assert last_change() == before
    make.article(lead_picture=whole)
    whole.caption_en = "Said anew"
    whole.save()
    assert last_change() == whole.history.first().history_date


def test_many_pictures_cost_what_one_does(client, done):
    with done():
        make.article(lead_picture=make_picture())
    client.get(reverse("news:list"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("news:list"))
    with done():
        for _each in range(4):
            make.article(lead_picture=make_picture(picture(20, 10)))
    with CaptureQueriesContext(connection) as many:
        found = client.get(reverse("news:list")).content.decode()
    assert found.count("<picture>") == 5
    assert len(many) <= len(one)
