"""Names of people who do not exist, in both languages."""

from cstopa.models.codes import transliterated

# In English and in Russian, of a man and of a woman.
MEN = """
Rudolf Рудольф|Michael Михаэль|Fritz Фриц|Albert Альберт|Bertram Бертрам|Conrad Конрад|Detlef Детлеф|Emil Эмиль|Florian Флориан
Gustav Густав|Hugo Гуго|Jakob Якоб|Karl Карл|Lothar Лотар|Maximilian Максимилиан|Otto Отто|Paul Пауль|Quentin Квентин|Roland Роланд
Stefan Стефан|Theodor Теодор|Ulrich Ульрих|Viktor Виктор|Walther Вальтер|Alexis Алексис|Boris Борис|Dmitri Дмитрий|Gregor Грегор
Marko Марко|Nikola Никола|Pavel Павел|Sergius Сергий|Vasil Василь|Giovanni Джованни|Lorenzo Лоренцо|Renato Ренато|Tiberio Тиберио
Jean-Étienne Жан-Этьен|José-María Хосе-Мария|Łukasz Лукаш|Þór Тор
"""
WOMEN = """
Flavia Флавия|Antoinette Антуанетта|Beata Беата|Clara Клара|Dorothea Доротея|Elsa Эльза|Frieda Фрида|Greta Грета|Helga Хельга
Irma Ирма|Johanna Иоганна|Katharina Катарина|Lucile Люсиль|Mathilde Матильда|Nora Нора|Ottilie Оттилия|Regina Регина|Sophia София
Theresa Тереза|Ursula Урсула|Yetive Йетива|Zenobia Зенобия|Anna Анна|Daria Дарья|Milena Милена|Olga Ольга|Rosalia Розалия|Vera Вера
Bianca Бьянка|Ginevra Джиневра|Livia Ливия|Anne-Sophie Анна-София|Zoë Зоя
"""
# One form for both, or two where the Russian one differs.
FAMILIES = """
Sapt Запт|Tarlenheim Тарленгейм|Strelsauer Штрельзауэр|Helsing Хельзинг|Krafstein Крафштейн|Lauengram Лауэнграм|Bersonin Берсонин Берсонина
Detchard Детчард|Festenburg Фестенбург|Hentzau Гентцау|Rischenheim Ришенгейм|Holf Хольф|Anders Андерс|Dangloss Данглосс|Quinnox Квиннокс
Halfont Халфонт|Gaspon Гаспон|Marlanx Марланкс|Platanova Платанова|Ganlook Ганлук|Lorry Лорри|Molara Молара|Strelitz Стрелиц
Moret Море|Savrola Саврола|Sorrento Сорренто|Tiro Тиро|Renos Ренос|Godoy Годой|Louvet Луве|Strogov Строгов Строгова|Stafnitz Стафниц
Lukovitch Лукович|Zerkovitch Зеркович|Rastatz Растац|Mistitch Мистич|Volseni Волсени|Gondremark Гондремарк|Gotthold Готтхольд
Roederer Редерер|Ludwiger Людвигер|Blentzer Бленцер|Coblich Коблих|Maenck Менк|Kellar Келлар|Butzow Бутцов|Tann Танн|Vogler Фоглер
Waldeck Вальдек|Ziegler Циглер|Brandt Брандт|Eisner Айснер|Falk Фальк|Greif Грайф|Hohenfels Гогенфельс|Imhof Имхоф|Junker Юнкер
Kessler Кесслер|Lindqvist Линдквист|Marenzi Маренци|Nadasdy Надашди|Orlov Орлов Орлова|Petrescu Петреску|Radić Радич|Sedlák Седлак
Țepeneag Цепеняг|Ursu Урсу|Vukovac Вуковац|Zamfir Замфир|Đorđević Джорджевич|O’Dowd О’Дауд|d’Hervart д’Эрвар|Özdemir Оздемир
Szentgyörgyi-Nowak Сентдьёрди-Новак|von Rabenau-Weißenfels фон Рабенау-Вайсенфельс|Saint-Clair Сен-Клер|Dragomirov Драгомиров Драгомирова
"""
# Of the father, for a man and for a woman.
PATRONYMICS = """
Alexeyevich Алексеевич Alexeyevna Алексеевна|Borisovich Борисович Borisovna Борисовна|Vasilyevich Васильевич Vasilyevna Васильевна
Dmitrievich Дмитриевич Dmitrievna Дмитриевна|Markovich Маркович Markovna Марковна|Pavlovich Павлович Pavlovna Павловна
Stefanovich Стефанович Stefanovna Стефановна|Viktorovich Викторович Viktorovna Викторовна
"""
# As few have them: in one script alone, a single name, the longest.
ODD = [
    {"given_name_en": "Ana", "family_name_en": "Nuñez y Castellón"},
    {"given_name_en": "Siobhán", "family_name_en": "Ní Dhomhnaill"},
    {"given_name_ru": "Ждан", "patronymic_ru": "Святополкович", "family_name_ru": "Подъячев"},
    {"given_name_ru": "Любовь", "patronymic_ru": "Ильинична", "family_name_ru": "Щёголева"},
    {"family_name_en": "Tiberian", "family_name_ru": "Тибериан"},
    {
        "given_name_en": "Maximiliana Theodora Eleonora",
        "given_name_ru": "Максимилиана Теодора Элеонора",
        "family_name_en": "von und zu Hohenfels-Krafstein-Tarlenheim",
        "family_name_ru": "фон унд цу Гогенфельс-Крафштейн-Тарленгейм",
    },
]


def table(text):
    return [row.strip() for line in text.split("\n") for row in line.split("|") if row.strip()]


def parted(row):
    """Return the Latin words of a row as one name, and its Cyrillic names; "von" and "фон" stay with theirs."""
    latin, cyrillic, small = [], [], ""
    for word in row.split():
        if word[0].lower() in "абвгдеёжзийклмнопрстуфхцчшщэюя":
            small = f"{word} " if word == "фон" else (cyrillic.append(small + word) or "")
        else:
            latin.append(word)
    return latin, cyrillic


class Names:
    """Gives the names of one more person each time, no whole name twice."""

    def __init__(self, chance):
        self._chance = chance
        self._used = set()
        self._odd = [*ODD]
        self._number = 0
        self._men, self._women = table(MEN), table(WOMEN)
        self._families, self._patronymics = table(FAMILIES), table(PATRONYMICS)

    def next(self):
        self._number += 1
        if self._number % 23 == 0 and self._odd:
            return self._with_slug(self._odd.pop(0))
        chance = self._chance
        while True:
            is_woman = chance.random() < 0.4
            given_en, given_ru = chance.choice(self._women if is_woman else self._men).split()
            latin, cyrillic = parted(chance.choice(self._families))
            if (given_en, latin[-1]) not in self._used:
                break
        self._used.add((given_en, latin[-1]))
        names = {
            "given_name_en": given_en,
            "given_name_ru": given_ru,
            "family_name_en": " ".join(latin),
            "family_name_ru": cyrillic[-1] if is_woman else cyrillic[0],
        }
        if cyrillic[-1] != cyrillic[0] and is_woman:
            names["family_name_en"] += "a"
        if chance.random() < 0.2:
            father = chance.choice(self._patronymics).split()
            names["patronymic_en"], names["patronymic_ru"] = father[2:] if is_woman else father[:2]
        return self._with_slug(names)

    def _with_slug(self, names):
        """Return the names with a slug that nobody else has."""
        parts = [
            names.get(f"{part}_en") or names.get(f"{part}_ru", "")
            for part in ("given_name", "family_name")
        ]
        slug = transliterated(" ".join(parts).replace("’", "")) or f"person-{self._number}"
        while slug in self._used:
            slug += "-2"
        self._used.add(slug)
        return names | {"slug": slug}
