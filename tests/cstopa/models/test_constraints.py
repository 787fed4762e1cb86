"""What the database refuses, whoever asks: every statement here is raw SQL."""

import datetime as dt

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from cstopa.models.codes import CodeField
from delegations.models import Chamber, DatedFact, FurtherSource, Parliament, SeatAllocation
from news.models import Article
from tests import make
from tests.cstopa.models.raw_sql import execute, insert_copy, refused, update

pytestmark = pytest.mark.django_db

MAY, JUNE = dt.date(2024, 5, 1), dt.date(2024, 6, 1)
DAY = dt.timedelta(days=1)


def dated_rows(**period):
    """A row of each kind that never overlaps another of the same thing, all in one period."""
    parliament = make.parliament()
    chamber = make.chamber(parliament)
    rows = [
        make.allocation(chamber, **period),
        make.membership(None, chamber, **period),
        make.participation(parliament, **period),
        make.office(function="representative", parliament=parliament, **period),
        make.office(function="chairman", **period),
        make.office(function="executive_secretary", **period),
        make.office(function="deputy_executive_secretary", **period),
        make.role(parliament=parliament, **period),
        make.role(kind="alternate", parliament=parliament, **period),
        make.roster(chamber, **period),
        make.name(parliament, **period),
        make.name(chamber, **period),
    ]
    about = {"parliament": parliament, "chamber": chamber}
    return [
        *rows,
        *make.facts_of_further_kinds(Chamber, *map(type, rows), **about, **period),
    ]


def test_every_dated_model_is_in_these_tests():
    tried = {type(row) for row in dated_rows()} | {Chamber}
    assert tried == {model for model in apps.get_models() if issubclass(model, DatedFact)}


def test_no_overlap():
    for number, row in enumerate(dated_rows(valid_from=MAY, valid_to=JUNE)):
        for start, end in [
            (MAY, JUNE),
            (JUNE, None),
            (None, MAY),
            (None, None),
            (MAY + DAY, MAY + 2 * DAY),
            (MAY - DAY, JUNE + DAY),
        ]:
            refused(insert_copy, row, valid_from=start, valid_to=end)
        insert_copy(row, code=f"before-{number}", valid_from=None, valid_to=MAY - DAY)
        insert_copy(row, code=f"after-{number}", valid_from=JUNE + DAY, valid_to=None)
        before = type(row).objects.get(code=f"before-{number}")
        refused(update, before, valid_to=MAY)
        refused(update, before, valid_to=None)
        update(before, valid_to=MAY - 2 * DAY)


def test_two_undated_rows_overlap():
    for row in dated_rows():
        refused(insert_copy, row)


def test_no_overlap_leaves_other_things_alone():
    dated_rows(valid_from=MAY)
    # Another parliament, chamber and person; but the Assembly has one Chairman.
    parliament = make.parliament()
    make.allocation(make.chamber(parliament), valid_from=MAY)
    make.participation(parliament, valid_from=MAY)
    make.office(function="representative", parliament=parliament, valid_from=MAY)
    make.office(function="deputy_executive_secretary", valid_from=MAY)
    with pytest.raises(DatabaseError), transaction.atomic():
        make.office(function="chairman", valid_from=MAY)


def test_a_person_has_one_seat_whichever_the_delegation():
    person = make.person()
    make.membership(person, make.chamber(make.parliament()), valid_from=MAY)
    elsewhere = make.membership(None, make.chamber(make.parliament()), valid_from=MAY)
    refused(update, elsewhere, person_id=person.pk)


def test_one_person_may_hold_several_offices():
    person, parliament = make.person(), make.parliament()
    make.office(person, "representative", parliament=parliament)
    make.office(person, "deputy_executive_secretary")
    assert person.offices.count() == 2


@pytest.mark.parametrize(
    "period",
    [
        {"valid_from": JUNE, "valid_to": MAY},
        {"valid_from": "2024-02-30"},
        {"valid_to": "2024-13-01"},
        {"valid_from": "soon"},
        {"valid_to": "9999-12-31"},
        {"valid_from": "0204-03-01"},
        {"valid_to": None, "valid_to_is_latest": True},
    ],
    ids=str,
)
def test_a_bad_period(period):
    for row in [make.chamber(), *dated_rows()]:
        refused(update, row, **period)
        type(row).objects.filter(pk=row.pk).update(valid_to=MAY)
        refused(insert_copy, row, **{"valid_from": JUNE, "valid_to": None} | period)


@pytest.mark.parametrize("seats", [0, -1, None, 1000, 99_999, "many"])
def test_fewer_than_one_seat_or_absurdly_many(seats):
    row = make.allocation(valid_to=MAY)
    refused(update, row, seats=seats)
    refused(insert_copy, row, seats=seats, valid_from=JUNE, valid_to=None)


@pytest.mark.parametrize(
    "rows",
    [
        lambda: (make.parliament(), make.parliament()),
        lambda: (make.person(), make.person()),
        lambda: (make.source(), make.source()),
        lambda: (make.topic(), make.topic()),
        lambda: (make.article(), make.article()),
        lambda: (make.chamber(), make.chamber()),
        lambda: (make.allocation(), make.allocation()),
        lambda: (make.membership(), make.membership()),
        lambda: (make.participation(), make.participation()),
        lambda: (make.office(), make.office()),
    ],
)
def test_a_duplicate_or_empty_slug_or_code(rows):
    one, other = rows()
    key = one.natural_key_field
    refused(update, other, **{key: getattr(one, key)})
    for wrong in ("", " ", "a b", "a/b", "../a", "а", "a\n"):
        refused(update, other, **{key: wrong})


def test_a_fact_without_a_source():
    for row in [make.chamber(), *dated_rows()]:
        refused(update, row, source_id=None)


def test_an_office_of_the_assembly_has_no_parliament_and_a_representative_has_one():
    parliament = make.parliament()
    refused(update, make.office(), parliament_id=parliament.pk)
    refused(
        update, make.office(function="representative", parliament=parliament), parliament_id=None
    )


def test_an_unknown_choice():
    refused(update, make.office(), function="king")
    refused(update, make.participation(), status="sleeping")
    refused(update, make.chamber(), house="middle")
    refused(update, make.chamber(), member_title="knight")
    refused(update, make.article(), status="leaked")


def test_words_in_no_language():
    refused(update, make.parliament(), name_en="")
    refused(update, make.person(), family_name_en="")
    refused(update, make.source(), title_en="")
    refused(update, make.topic(), name_en="")
    refused(update, make.article(status="draft"), headline_en="")


def test_a_published_article_is_complete_and_has_its_moment():
    article = make.article(headline_ru="Заголовок", body_ru="<p>Текст</p>")
    refused(update, article, summary_en="")
    refused(update, article, published_at=None)
    update(article, summary_en="", summary_ru="Кратко")


@pytest.mark.django_db(transaction=True)
def test_the_rules_survive_a_change_of_their_table():
    rows = dated_rows(valid_from=MAY)
    for model in dict.fromkeys(map(type, rows)):
        of_model = [row for row in rows if type(row) is model]
        field = model._meta.get_field("checked_on")
        filled = models.DateField(default=MAY)
        filled.set_attributes_from_name("checked_on")
        # SQLite makes the whole table again for this, and drops its triggers with the old one.
        with connection.schema_editor() as editor:
            editor.alter_field(model, field, filled)
        try:
            for row in of_model:
                refused(insert_copy, row)
                refused(insert_copy, row, valid_from=JUNE, valid_to=MAY)
            assert triggers_or_exclusions(model) == len(
                [rule for rule in model._meta.constraints if type(rule).__name__ == "NoOverlap"]
            )
        finally:
            with connection.schema_editor() as editor:
                editor.alter_field(model, filled, field)
        for row in of_model:
            refused(insert_copy, row)


@pytest.mark.django_db(transaction=True)
def test_the_rules_survive_a_change_of_another_table():
    row = make.allocation(valid_from=MAY)
    old = Chamber._meta.get_field("website")
    new = models.URLField(max_length=300, default="")
    new.set_attributes_from_name("website")
    with connection.schema_editor() as editor:
        editor.alter_field(Chamber, old, new)
    try:
        refused(insert_copy, row)
    finally:
        with connection.schema_editor() as editor:
            editor.alter_field(Chamber, new, old)


@pytest.mark.django_db(transaction=True)
def test_a_rule_can_be_taken_away_and_brought_back():
    row = make.allocation(valid_from=MAY)
    rule = next(
        each for each in SeatAllocation._meta.constraints if each.name.endswith("one_a_day")
    )
    rules = SeatAllocation._meta.constraints
    SeatAllocation._meta.constraints = [each for each in rules if each is not rule]
    with connection.schema_editor() as editor:
        editor.remove_constraint(SeatAllocation, rule)
    insert_copy(row)
    SeatAllocation.objects.exclude(pk=row.pk).delete()
    SeatAllocation._meta.constraints = rules
    with connection.schema_editor() as editor:
        editor.add_constraint(SeatAllocation, rule)
    refused(insert_copy, row)


def triggers_or_exclusions(model):
    """Return how many no-overlap rules the database holds on the model's table."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT count(*) / 2 FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
                [model._meta.db_table],
            )
        else:
            cursor.execute(
                "SELECT count(*) FROM pg_constraint WHERE contype = 'x' AND conrelid = %s::regclass",
                [model._meta.db_table],
            )
        return cursor.fetchone()[0]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2024-99-99", "2024-02-30", "soon"])
def test_a_date_that_no_reader_can_be_shown(day):
    source = make.source()
    for row, field in [
        (source, "published_on"),
        (source, "read_on"),
        (make.chamber(), "checked_on"),
        *((row, "checked_on") for row in dated_rows()),
    ]:
        refused(update, row, **{field: day})


@pytest.mark.parametrize(
    "moment",
    [
        "0001-01-01 00:00:00+00:00",
        "9999-12-31 00:00:00+00:00",
        "2024-99-99 10:00:00",
        "2024-02-30 10:00:00",
        "2024-01-01 25:00:00",
        "2024-x",
    ],
)
def test_an_article_of_no_day(moment):
    refused(update, make.article(), published_at=moment)
    refused(update, make.article(status="draft"), published_at=moment)


def test_a_draft_may_be_incomplete():
    article = make.article(status="draft", summary_en="", body_en="", published_at=None)
    assert Article.objects.get(pk=article.pk).complete_languages == []


def coded_rows():
    """A row of each model that has a code."""
    rows = [*dated_rows(), make.topic(), make.article(), make.picture(), make.document()]
    source = make.source()
    further = FurtherSource.objects.create(source=source, allocation=rows[0])
    return [
        *rows,
        source,
        further,
        *Parliament.objects.all(),
        *Chamber.objects.all(),
        make.person(),
    ]


def test_a_code_never_changes():
    rows = coded_rows()
    coded = {
        model
        for model in apps.get_models()
        if not model._meta.proxy and any(isinstance(each, CodeField) for each in model._meta.fields)
    }
    assert {type(row) for row in rows} == {
        model for model in coded if not model.__name__.startswith("Historical")
    }
    for row in rows:
        refused(update, row, code=f"{row.code}-other")
        update(row, code=row.code)
        assert not type(row).objects.filter(code=f"{row.code}-other").exists()


def test_the_language_of_a_website_is_one_that_is_offered():
    refused(update, make.chamber(), website_language="xx")


def rebuild(model):
    """Make a table of SQLite anew, twice, as a migration does that changes two fields."""
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA defer_foreign_keys = ON")
    editor = connection.schema_editor(atomic=False)
    editor.deferred_sql = []
    for _each in range(2):
        editor._remake_table(model)
    for sql in editor.deferred_sql:
        editor.execute(sql)


def test_a_rebuild_of_a_table_keeps_what_is_refused():
    row = make.allocation(valid_from=MAY)
    if connection.vendor == "sqlite":
        rebuild(SeatAllocation)
    refused(update, row, code="other")
    refused(update, row, seats=0)
    refused(insert_copy, row)
    execute("UPDATE delegations_seatallocation SET seats = 7")
    assert SeatAllocation.objects.get().seats == 7
