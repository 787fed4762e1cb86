"""The index says what the rows say, however they were written."""

from itertools import product
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.management import call_command

from cstopa.library.documents.models import Document
from cstopa.library.models import Picture
from cstopa.pages.models import Page
from cstopa.search.index import after_migrations, label, searched_models, text_of
from cstopa.search.models import Entry, EntryText, KnownWord
from cstopa.search.places import place_of
from cstopa.search.words import compounds, fold
from delegations.models import Chamber, ChamberName, Parliament, ParliamentName, Person, Source
from news.models import Article, Topic
from tests import make

pytestmark = pytest.mark.django_db

COLUMNS = ("words", "stems", "unfinished", "unfinished_stems")


def entries():
    return {
        (row.id, row.model, row.object_id): {name: getattr(row.text, name) for name in COLUMNS}
        for row in Entry.objects.select_related("text")
    }


def expected():
    return {
        (place_of(row), label(model), row.pk): text_of(row)[0]
        for model in searched_models()
        for row in model._base_manager.all()
    }


def assert_index_is_true():
    assert entries() == expected()
    assert EntryText.objects.count() == Entry.objects.count()


def test_every_searched_model_is_here():
    assert set(searched_models()) == {
        *(Article, Document, Page, Picture, Topic),
        *(Chamber, ChamberName, Parliament, ParliamentName, Person, Source),
    }


def test_saving_and_deleting():
    article, person, topic = make.article(), make.person(), make.topic()
    make.chamber()
    assert len(entries()) == 6
    assert_index_is_true()
    article.headline_en = "Quite another"
    article.save()
    person.family_name_ru = "Другой"
    person.save()
    assert_index_is_true()
    article.delete()
    Topic.objects.all().delete()
    assert_index_is_true()
    assert not Entry.objects.filter(model=label(Topic), object_id=topic.pk).exists()


def test_bulk_calls():
    Topic.objects.bulk_create([Topic(slug="a", name_en="One"), Topic(slug="b", name_en="Two")])
    assert_index_is_true()
    one, two = Topic.objects.order_by("slug")
    one.name_en, two.name_en = "Three", "Four"
    Topic.objects.bulk_update([one, two], ["name_en"])
    assert_index_is_true()
    Topic.objects.filter(name_en="Three").update(name_en="Five")
    assert_index_is_true()
    assert list(Topic.objects.matching("five")) == [one]
    assert not Topic.objects.matching("three").exists()


def test_a_chamber_is_found_with_what_its_parliament_is_called_now():
    parliament = make.parliament(search_words_en="Ruritanian")
    house = make.chamber(parliament, name_en="Senate", search_words_ru="Сенатик")
    make.chamber(parliament, name_en="")

    def found(query):
        assert_index_is_true()
        return list(Chamber.objects.matching(query))

    assert found("Ruritanian Senate") == found("ruritanian") == found("сенатик") == [house]
    parliament.search_words_en = "Syldavian"
    parliament.save()
    assert (found("Ruritanian Senate"), found("Syldavian Senate")) == ([], [house])
    Parliament.objects.update(search_words_en="Bordurian")
    assert (found("Syldavian Senate"), found("Bordurian Senate")) == ([], [house])
    name = make.name(parliament, "Diet")
    assert found("diet senate") == [house]
    ParliamentName.objects.update(name_en="Thing")
    assert (found("diet senate"), found("thing senate")) == ([], [house])
    name.delete()
    assert found("thing senate") == []


def test_what_was_not_saved_is_not_found():
    person = make.person()
    person.family_name_en, person.given_name_en = "Unsaved", "Saved"
    person.save(update_fields=["given_name_en"])
    assert_index_is_true()
    assert not Person.objects.matching("unsaved").exists()


def test_rows_that_a_bulk_call_left_out_or_replaced():
    make.topic("a", name_en="Old")
    new = [Topic(slug="a", name_en="New"), Topic(slug="b", name_en="New")]
    Topic.objects.bulk_create(new, ignore_conflicts=True)
    assert_index_is_true()
    fields = {"update_conflicts": True, "unique_fields": ["slug"], "update_fields": ["name_en"]}
    Topic.objects.bulk_create([Topic(slug="a", name_en="Newer")], **fields)
    assert_index_is_true()


def test_a_dump_of_the_index_is_not_loaded(tmp_path):
    make.topic()
    dump = tmp_path / "dump.json"
    call_command("dumpdata", "search", output=str(dump))
    Topic.objects.all().delete()
    call_command("loaddata", str(dump), verbosity=0)
    assert_index_is_true()


def test_loaddata():
    call_command("loaddata", "delegations", "news", verbosity=0)
    assert_index_is_true()
    assert len(entries()) >= 5 + 9 + 6 + 2 + 1


def test_the_rebuild_makes_all_of_it_again(capsys):
    article = make.article()
    make.chamber()
    before = entries()
    Entry.objects.first().delete()
    EntryText.objects.update(**dict.fromkeys(COLUMNS, " wrong "))
    Entry.objects.create(id=-1, model="news.article", object_id=999_999)
    Entry.objects.create(id=-2, model="news.gone", object_id=1)
    known = set(KnownWord.objects.values_list("word", "stem"))
    KnownWord.objects.all().delete()
    KnownWord.objects.create(word="wronger", stem="wronger")
    call_command("rebuild_search")
    assert entries() == before
    assert set(KnownWord.objects.values_list("word", "stem")) == known
    assert list(Article.objects.matching("head")) == [article]
    for word in ("wrong", "wro"):
        assert not Article.objects.matching(word).exists()
    *progress, total = capsys.readouterr().out.splitlines()
    assert "articles: 1" in progress
    assert total == f"{len(before)} entries."


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Жогорку Кенеш", "кенеш ЖОГОРКУ"),
        ("Рогалёв", "рогалев"),
        ("Рогалев", "РОГАЛЁВ"),
        ("Café Zürich", "CAFE zurich"),
        ("cafe zurich", "Café Zürich"),
        ("Straße", "STRASSE"),
        ("model-lawmaking", "lawmaking model"),
        ("Совет Республики", "респ"),
        ("O’Brien", "brien"),
        ("Йошкар-Ола", "йошкар ола"),
    ],
)
def test_case_accents_and_yo_do_not_matter(text, query):
    topic = make.topic(name_en=text)
    make.topic(name_en="Something else")
    assert list(Topic.objects.matching(query)) == [topic]


@pytest.mark.parametrize("query", ["", " ", "!?", "—", "%", "_", "\\"])
def test_a_query_without_words_finds_nothing(query):
    make.topic(name_en="100% sure_thing")
    assert fold(query) == []
    assert not Topic.objects.matching(query).exists()


def test_a_word_said_often_is_one_word():
    topic = make.topic(name_en="ﷺ word")
    assert list(Topic.objects.matching("ﷺ " * 60)) == [topic]
    assert list(Topic.objects.matching("word " * 40)) == [topic]


def test_an_unfinished_translation_is_not_found():
    article = make.article(headline_ru="Тайна", body_ru="<p>Тайна</p>")
    assert not Article.objects.matching("тайна").exists()
    article.summary_ru = "Кратко"
    article.save()
    assert list(Article.objects.matching("тайна")) == [article]


def test_what_is_unfinished_is_found_at_the_desk_alone():
    draft = make.article(status="draft", summary_en="", headline_ru="Черновик")
    public = make.article(headline_ru="Черновик")
    assert not Article.objects.matching("черновик").exists()
    assert set(Article.objects.matching("черновик", unfinished=True)) == {draft, public}
    assert list(Article.objects.matching(f"черновик {public.slug}", unfinished=True)) == [public]


def test_all_words_are_needed_and_each_from_its_start():
    topic = make.topic(name_en="Collective security")
    assert list(Topic.objects.matching("secur coll")) == [topic]
    assert not Topic.objects.matching("collective peace").exists()
    assert not Topic.objects.matching("ecurity").exists()


@pytest.mark.parametrize(
    "forms",
    [
        "делегация делегации делегаций делегацию делегациям делегациями",
        "ассамблея ассамблеи ассамблей ассамблею ассамблеей",
        "беларусь беларуси беларусью",
        "подпись подписи подписей подписью",
        "поспелов поспелова поспелову поспеловым поспелове",
        "рогалёв рогалева рогалеву",
        "когут когута когуту",
        "сергей сергея сергею сергеем",
        "казахстан казахстана казахстане",
        "собрание собрания собраний собранию",
        "секретарь секретаря секретари",
        "модельный модельные модельных модельного модельная",
        "безопасность безопасности безопасностью",
        "договор договоры договора договоров",
        "ола оле олу",
        "conference conferences conference’s",
        "treaty treaties",
        "assembly assemblies",
        "sergei sergey",
        "viktor victor",
        "dmitry dmitrii dmitriy",
        "alexei alexey aleksei",
        "natalia natalya",
        "yury yuri iurii",
        "nikolay nikolai",
    ],
)
def test_forms_of_a_word_share_a_stem(forms):
    assert len({word.stem for words in compounds(forms) for word in words}) == 1


@pytest.mark.parametrize(
    "other",
    [
        "делегат делегация",
        "мир мэр",
        "совет свет",
        "state statute",
        "56 560",
        "й и",
        "kiev key",
        "day die",
        "act ask",
    ],
)
def test_other_words_do_not(other):
    assert len({word.stem for words in compounds(other) for word in words}) == 2


def test_once_all_is_migrated_an_index_of_an_older_kind_is_made_again():
    make.article()
    before = entries()
    EntryText.objects.update(stems="", words=" old")
    migrated = {"using": "default", "sender": apps.get_app_config("search")}
    plan = [(SimpleNamespace(app_label="news"), False)]
    after_migrations(**migrated, plan=plan)
    assert entries() != before
    after_migrations(**migrated, plan=[*plan, (SimpleNamespace(app_label="search"), False)])
    assert entries() == before


def test_what_is_no_word_is_found_by_its_beginning():
    endless = "x" * 3_000
    row = make.article(body_en=f"<p>{endless} {'-'.join(['long'] * 1_000)}</p>")
    assert [*Article.objects.matching(endless[:200])] == [row]


def test_of_more_than_postgresql_takes_the_first_words_are_found():
    # Of three bytes a letter, and no word is said twice.
    words = ["".join(each) for each in product("აბგდევზთიკლმნოპჟრსტუ", repeat=4)]
    body = " ".join(words[:39_000])
    row = make.article(
        body_en=f"<p>{body}</p>",
        headline_ru="Заголовок",
        summary_ru="Кратко",
        body_ru=f"<p>{body[::-1]}</p>",
    )
    for query in ("head", "заголовок", words[0], words[38_999][::-1]):
        assert [*Article.objects.matching(query)] == [row], query
    assert_index_is_true()
