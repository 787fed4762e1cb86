"""Seven states that novels made up, with their parliaments, and how those are said in both languages."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class House:
    """A chamber: its name, its days, the seats that it sends, and the first days of its terms.

    ``seats``: (number, first day, last day). ``known``: the share of a term's members that is on
    record; ``filled``: their number, by the first day of a term, where it is not that of the seats.
    ``complete``: of how many terms, from the last, the roster is complete.
    """

    name_en: str
    name_ru: str
    house: str = ""
    title: str = "deputy"
    since: str | None = None
    until: str | None = None
    seats: tuple = ()
    terms: tuple = ()
    known: float = 1
    complete: int = 1
    filled: dict = field(default_factory=dict)
    website: str = ""


@dataclass(frozen=True)
class State:
    """A state and its parliament; ``ru``, ``ru_of`` and ``ru_in`` are its short name in three cases."""

    slug: str
    state_en: str
    state_ru: str
    en: str
    ru: str
    ru_of: str
    ru_in: str
    city: str
    city_ru_in: str
    name_en: str
    name_ru: str
    # The name of the parliament in the genitive.
    name_ru_of: str
    houses: tuple
    words_en: str = ""
    words_ru: str = ""


STATES = [
    State(
        "ruritania", "Kingdom of Ruritania", "Королевство Руритания",
        "Ruritania", "Руритания", "Руритании", "Руритании", "Strelsau", "Штрельзау",
        "Estates of the Kingdom of Ruritania", "Сословное собрание Королевства Руритания",
        "Сословного собрания Королевства Руритания",
        (
            House(
                "Chamber of Deputies", "Палата депутатов", "lower",
                since="1996-02-15", until="2023-06-30",
                seats=((6, "1996-02-15", "2003-12-31"), (7, "2004-01-01", "2015-12-31"), (9, "2016-01-01", None)),
                terms=("1996-02-15", "2000-03-01", "2004-03-01", "2008-03-01", "2012-03-01", "2016-03-01", "2020-03-01"),
                complete=3, website="https://deputies.ruritania.example/",
            ),
            House(
                "Chamber of Peers", "Палата пэров", "upper", "member",
                since="1996-02-15", until="2023-06-30",
                seats=((4, "1996-02-15", "2011-06-30"), (5, "2011-07-01", None)),
                terms=("1996-02-15", "2003-10-01", "2011-07-01", "2019-01-15"), known=0.8, complete=0,
                website="https://peers.ruritania.example/ru/",
            ),
            House(
                "", "", since="2023-10-01",
                seats=((12, "2023-10-01", "2026-12-31"), (14, "2027-01-01", None)),
                terms=("2023-10-01",), filled={"2023-10-01": 11},
            ),
        ),
        "Ruritanian", "руританский руританская",
    ),
    State(
        "graustark", "Principality of Graustark", "Княжество Граустарк",
        "Graustark", "Граустарк", "Граустарка", "Граустарке", "Edelweiss", "Эдельвейсе",
        "Diet of the Principality of Graustark", "Сейм Княжества Граустарк",
        "Сейма Княжества Граустарк",
        (
            House(
                "House of Representatives", "Палата представителей", "lower", since="1996-02-15",
                seats=((5, "1996-02-15", "2006-12-31"), (8, "2007-01-01", "2018-03-31"), (9, "2018-04-01", None)),
                terms=("1998-05-10", "2002-05-10", "2006-05-10", "2010-05-10", "2014-05-10", "2018-05-10", "2022-05-10", "2026-05-10"),
                complete=4, filled={"2026-05-10": 7}, website="https://house.graustark.example/en/",
            ),
            House(
                "Senate", "Сенат", "upper", "member", since="1996-02-15",
                seats=((3, "1996-02-15", "2013-12-31"), (5, "2014-01-01", "2027-12-31"), (6, "2028-01-01", None)),
                terms=("2002-01-20", "2008-01-20", "2014-01-20", "2020-01-20", "2026-01-20"), known=0.9, complete=2,
                website="https://senate.graustark.example/",
            ),
        ),
        "Graustarkian", "граустаркский граустаркская",
    ),
    State(
        "laurania", "Republic of Laurania", "Республика Лаурания",
        "Laurania", "Лаурания", "Лаурании", "Лаурании", "Marenza", "Маренце",
        "National Assembly of the Republic of Laurania", "Национальное собрание Республики Лаурания",
        "Национального собрания Республики Лаурания",
        (
            House(
                "", "", since="1997-09-01",
                seats=((6, "1997-09-01", "2005-12-31"), (8, "2006-01-01", "2021-08-31"), (10, "2021-09-01", "2026-12-31"), (12, "2027-01-01", "2030-12-31")),
                terms=("1997-09-01", "2001-09-01", "2006-01-01", "2011-09-01", "2016-09-01", "2021-09-01"),
                # One more than there are seats.
                filled={"2016-09-01": 9}, complete=2, website="https://assembly.laurania.example/",
            ),
        ),
        "Lauranian", "лауранский лауранская",
    ),
    State(
        "kravonia", "Kingdom of Kravonia", "Королевство Кравония",
        "Kravonia", "Кравония", "Кравонии", "Кравонии", "Slavna", "Славне",
        "Parliament of the Kingdom of Kravonia", "Парламент Королевства Кравония",
        "Парламента Королевства Кравония",
        (
            House(
                "House of Delegates", "Палата делегатов", "lower", since="1996-02-15", until="2029-12-31",
                seats=((7, "1996-02-15", "2009-12-31"), (9, "2010-01-01", None)),
                terms=("2000-11-05", "2005-11-05", "2010-11-05", "2015-11-05", "2020-11-05", "2025-11-05"),
                known=0.9, complete=0, website="https://delegates.kravonia.example/",
            ),
            House(
                "Council of Regions", "Совет областей", "upper", "member", since="2001-04-01",
                seats=((7, None, None),), terms=("2012-04-01", "2018-04-01", "2024-04-01"), known=0.6, complete=0,
            ),
        ),
        "Kravonian", "кравонский кравонская",
    ),
    State(
        "gruenewald", "Grand Duchy of Grünewald", "Великое Герцогство Грюневальд",
        "Grünewald", "Грюневальд", "Грюневальда", "Грюневальде", "Mittwalden", "Митвальдене",
        "Landtag of the Grand Duchy of Grünewald", "Ландтаг Великого Герцогства Грюневальд",
        "Ландтага Великого Герцогства Грюневальд",
        (
            House(
                "", "", since="1996-02-15", seats=((4, "1996-02-15", "2004-06-30"), (5, "2004-07-01", None)),
                terms=("2004-07-01", "2010-07-01", "2016-07-01"),
            ),
        ),
        "Gruenewald Grunewald", "Грюнвальд",
    ),
    State(
        "gerolstein", "Duchy of Gerolstein", "Герцогство Герольштейн",
        "Gerolstein", "Герольштейн", "Герольштейна", "Герольштейне", "Sankt Florian", "Санкт-Флориане",
        "States-General of the Duchy of Gerolstein", "Генеральные штаты Герцогства Герольштейн",
        "Генеральных штатов Герцогства Герольштейн",
        (House("", "", seats=((4, None, None),), terms=(None,), complete=0, known=0.8),),
    ),
    State(
        "lutha", "Kingdom of Lutha", "Королевство Люта",
        "Lutha", "Люта", "Люты", "Люте", "Lustadt", "Люстадте",
        "General Assembly of the Kingdom of Lutha", "Генеральная ассамблея Королевства Люта",
        "Генеральной ассамблеи Королевства Люта",
        (
            House(
                "Chamber of Representatives of the Towns, Boroughs, Guilds and Rural Communities of the Kingdom of Lutha and of the Blentz Marches",
                "Палата представителей городов, посадов, ремесленных цехов и сельских общин Королевства Люта и Бленцской марки",
                "lower", since="2008-10-01", seats=((3, "2008-10-01", None),), terms=("2014-10-01", "2020-10-01"), complete=1,
            ),
            House(
                "House of Lords Temporal", "Палата светских лордов", "upper", "member",
                since="2008-10-01", seats=((2, "2008-10-01", None),), terms=(None,), known=0.5, complete=0,
            ),
        ),
    ),
]  # fmt: skip
BY_SLUG = {state.slug: state for state in STATES}
