import pytest
from django.core.exceptions import ValidationError

from delegations.models import Chamber
from delegations.roster_parser import FullName, Reader, full_name, read_role
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("Viktor Kogut", ("Viktor", "", "Kogut", "en")),
        ("Виктор Когут", ("Виктор", "", "Когут", "ru")),
        ("Когут Виктор Иванович", ("Виктор", "Иванович", "Когут", "ru")),
        ("Виктор Иванович Когут", ("Виктор", "Иванович", "Когут", "ru")),
        ("Anna Sergeevna Sidorova", ("Anna", "Sergeevna", "Sidorova", "en")),
        ("Алиев Вагиф Гейдар оглы", ("Вагиф", "Гейдар оглы", "Алиев", "ru")),
        ("van der Berg, Ann Maria", ("Ann", "Maria", "van der Berg", "en")),
        ("Манас", ("", "", "Манас", "ru")),
    ],
)
def test_names(words, parts):
    assert full_name(words) == FullName(*parts)


def test_the_order_of_two_words_is_that_which_is_said():
    assert full_name("Когут Виктор", family_first=True).given == "Виктор"
    assert full_name("Виктор Иванович Когут", family_first=True).given == "Виктор"


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("", ""),
        ("Член делегации", ""),
        ("депутат", ""),
        ("Head of the delegation", "head"),
        ("Руководитель  делегации", "head"),
        ("Deputy head", "deputy_head"),
        ("заместитель главы", "deputy_head"),
        ("Запасной член делегации", "alternate"),
        ("alternate", "alternate"),
        # In English it is a member of some chambers, and short for a deputy head.
        ("deputy", None),
    ],
)
def test_roles(words, kind):
    assert read_role(words) == kind


def chambers():
    return list(
        Chamber.objects.select_related("parliament").prefetch_related("names", "parliament__names")
    )


def read(text, **options):
    return Reader(chambers(), **options).read(text)


def test_a_chamber_is_found_by_any_name_it_ever_had():
    parliament = make.parliament()
    house = make.chamber(parliament, name_en="House", name_ru="Палата ёлок", house="lower")
    make.name(house, "Great House", name_ru="Большая палата")
    make.chamber(parliament, name_en="Council", house="upper")
    names = ["house", "ПАЛАТА ЕЛОК", "Great House", "большая палата", "нижняя палата", house.code]
    lines = read("\n".join(f"Ann Example;{name}" for name in names))
    assert [line.chamber for line in lines] == [house] * len(names)


def test_a_parliament_of_one_chamber_needs_no_chamber():
    chamber = make.chamber(name_en="")
    lines = read(
        f"Ann Example\nBob Novel;head\nCarl Other;{chamber.parliament.name_en}\nDan Spare;;alternate"
    )
    assert [line.chamber for line in lines] == [chamber, chamber, chamber, None]
    assert [line.role for line in lines] == ["", "head", "", "alternate"]


def test_two_chambers_of_one_name_are_not_guessed_between():
    parliament = make.parliament()
    for house in ("lower", "upper"):
        make.chamber(parliament, name_en="House", house=house)
    with pytest.raises(ValidationError, match="two chambers"):
        read("Ann Example;House")


def test_columns_may_stand_in_another_order_under_a_heading():
    chamber = make.chamber(name_en="House")
    make.chamber(chamber.parliament, name_en="Council")
    [line] = read("Роль\tПалата\tФИО\nглава\tHouse\tИванов Иван Иванович")
    assert (line.role, line.chamber, line.name.family, line.number) == (
        "head",
        chamber,
        "Иванов",
        2,
    )


def test_a_quoted_cell_holds_the_delimiter():
    chamber = make.chamber(name_en="House, the Great")
    make.chamber(chamber.parliament, name_en="Council")
    [line] = read('"Berg, Ann","House, the Great"')
    assert (line.name.family, line.chamber) == ("Berg", chamber)
