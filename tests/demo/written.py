"""The texts of the invented assembly that are written one by one: events, elections, pages."""

# By day: each language has a headline, a summary and paragraphs.
EVENTS = {
    "2012-12-11": {
        "slug": "lutha",
        "en": (
            "Lutha becomes a partner of the Assembly",
            "The General Assembly of Lutha takes part in the sessions as a partner. It sends no votes, but may put questions.",
            [
                "The agreement was signed in Strelsau and came into force on the day of its signature.",
                "<h2>What a partner does</h2><ul><li>it speaks in committees;</li><li>it gets every draft;</li><li>it does not vote.</li></ul>",
                "How many seats the chambers of Lutha send is on <a href=\"/delegations/lutha/\">the page of its delegation</a>.",
            ],
        ),
        "ru": (
            "Люта стала партнёром Ассамблеи",
            "Генеральная ассамблея Люты участвует в сессиях на правах партнёра: без голоса, но с правом задавать вопросы.",
            [
                "Соглашение подписано в Штрельзау и вступило в силу в тот же день.",
                "<h2>Что может партнёр</h2><ul><li>выступать в комитетах;</li><li>получать все проекты;</li><li>но не голосовать.</li></ul>",
                "Сколько мест у палат Люты, сказано на <a href=\"/ru/delegations/lutha/\">странице её делегации</a>.",
            ],
        ),
    },
    "2015-06-19": {
        "slug": "gerolstein",
        "en": (
            "Gerolstein takes its place as an observer",
            "The States-General of Gerolstein asked for it in the spring. The delegations agreed without a vote.",
            ["Gerolstein has [[seats:gerolstein]] seats among the observers. Since when the decision on their number holds, its States-General have not said."],
        ),
        "ru": (
            "Герольштейн получил статус наблюдателя",
            "С просьбой об этом Генеральные штаты Герольштейна обратились весной. Делегации согласились без голосования.",
            ["Число мест Герольштейна среди наблюдателей — [[seats:gerolstein]]. С какого дня действует решение об их числе, Генеральные штаты не сообщили."],
        ),
    },
    "2019-04-02": {
        "slug": "gruenewald",
        "en": (
            "Grünewald no longer takes part in the Assembly",
            "The Landtag of Grünewald had given notice a year before. Its delegation attended the last session in October.",
            [
                "The decision holds from 1 April 2019.",
                "<blockquote><p>We leave as friends, and we keep the minutes.</p></blockquote><p>From the letter of the Landtag</p>",
                "What was on record about the delegation stays on <a href=\"/delegations/gruenewald/\">its page</a>.",
            ],
        ),
        "ru": (
            "Грюневальд больше не участвует в работе Ассамблеи",
            "Ландтаг Грюневальда предупредил об этом годом ранее. В последний раз делегация работала на октябрьской сессии.",
            [
                "Решение действует с 1 апреля 2019 года.",
                "<blockquote><p>Мы уходим друзьями и бережно сохраним протоколы.</p></blockquote><p>Из письма ландтага</p>",
                "Сведения о делегации остаются на <a href=\"/ru/delegations/gruenewald/\">её странице</a>.",
            ],
        ),
    },
    "2023-07-03": {
        "slug": "ruritania",
        "en": (
            "Ruritania’s two chambers have ended their work",
            "A parliament of one chamber is to be elected in September. Until then nobody sits in the Assembly for Ruritania.",
            [
                "Both chambers ended with 30 June 2023, as the constitution of 2022 says.",
                "The new National Diet starts on 1 October. On the page of the delegation the days between stay empty, and no number is carried over.",
            ],
        ),
        "ru": (
            "Две палаты Руритании завершили работу",
            "Однопалатный парламент изберут в сентябре. До этого Руританию в Ассамблее никто не представляет.",
            [
                "Полномочия обеих палат истекли 30 июня 2023 года, как предусмотрено конституцией 2022 года.",
                "Новый Национальный сейм начнёт работу 1 октября. Дни между этими датами на странице делегации остаются пустыми: прежние числа на них не переносятся.",
            ],
        ),
    },
    "2025-03-03": {
        "slug": "kravonia",
        "en": (
            "Kravonia’s participation is suspended",
            "Kravonia stays a member, and takes no part in sessions until it has paid what it owes for two years.",
            ["The decision holds from 1 March 2025. Its [[seats:kravonia]] seats are shown apart and are not among those of the members."],
        ),
        "ru": (
            "Участие Кравонии приостановлено",
            "Кравония остаётся членом Ассамблеи, но не участвует в сессиях, пока не погасит долг за два года.",
            ["Решение действует с 1 марта 2025 года. Места её делегации ([[seats:kravonia]]) показаны отдельно и в число мест членов не входят."],
        ),
    },
    "2026-10-20": {
        "slug": "gerolstein",
        "en": (
            "Gerolstein to become a member in July 2027",
            "The Assembly has decided that Gerolstein, an observer since 2015, becomes a member on 1\N{NO-BREAK SPACE}July 2027.",
            ["The decision is on record already: ask the list of delegations for <a href=\"/delegations/?date=2027-07-01\">1\N{NO-BREAK SPACE}July 2027</a>."],
        ),
        "ru": (
            "Герольштейн станет членом Ассамблеи в июле 2027 года",
            "Ассамблея решила, что Герольштейн, наблюдатель с 2015 года, станет её членом 1\N{NO-BREAK SPACE}июля 2027 года.",
            ["Решение уже внесено: список делегаций можно открыть на <a href=\"/ru/delegations/?date=2027-07-01\">1\N{NO-BREAK SPACE}июля 2027 года</a>."],
        ),
    },
}  # fmt: skip
OFFICES = {
    "chairman": {
        "en": (
            "{who} elected Chairman of the Assembly",
            "The delegations voted by secret ballot; nobody else stood.",
            [
                "{who} takes office at once. The term is five years.",
                "<blockquote><p>I promise you short speeches and long lists of what is done.</p></blockquote><p>{who}</p>",
            ],
        ),
        "ru": (
            "{who} — новый председатель Ассамблеи",
            "Делегации голосовали тайно; другие кандидатуры не выдвигались.",
            [
                "{who} приступает к работе немедленно. Срок полномочий — пять лет.",
                "<blockquote><p>Обещаю короткие речи и длинные списки сделанного.</p></blockquote><p>{who}</p>",
            ],
        ),
    },
    "executive_secretary": {
        "en": (
            "{who} is the new Executive Secretary",
            "The Assembly appointed the head of its Secretariat at the proposal of the Chairman.",
            ["{who} has worked in the Secretariat for many years.", "The Secretariat is in Strelsau; its library is open to everybody."],
        ),
        "ru": (
            "{who} — новый ответственный секретарь",
            "Ассамблея назначила руководителя Секретариата по предложению председателя.",
            ["{who} работает в Секретариате много лет.", "Секретариат находится в Штрельзау; его библиотека открыта для всех."],
        ),
    },
}  # fmt: skip
PAGES = {
    "about": {
        "title_en": "About this demonstration",
        "title_ru": "Об этой демонстрации",
        "body_en": "<p>Nothing here exists. The states come from novels of Anthony Hope, George Barr McCutcheon, Robert Louis Stevenson, Winston Churchill, Jacques Offenbach’s stage and Edgar Rice Burroughs; their parliaments, people and news are made by a program.</p><h2>What there is to see</h2><ul><li><a href=\"/delegations/ruritania/\">two chambers that were replaced by one</a>, after an interval;</li><li><a href=\"/delegations/gruenewald/\">a parliament that left</a> while nobody closed its rows;</li><li><a href=\"/delegations/gerolstein/\">an observer</a> of which no date is known;</li><li><a href=\"/changes/?change=corrected\">corrections, with their reasons</a>;</li><li><a href=\"/delegations/?date=2027-07-01\">what is decided for a day to come</a>.</li></ul>",
        "body_ru": "<p>Ничего из этого не существует. Государства придуманы в романах Энтони Хоупа, Джорджа Барра Маккатчена, Роберта Льюиса Стивенсона, Уинстона Черчилля, Эдгара Райса Берроуза и на сцене Жака Оффенбаха; их парламенты, людей и новости сочинила программа.</p><h2>Что здесь можно увидеть</h2><ul><li><a href=\"/ru/delegations/ruritania/\">две палаты, вместо которых после перерыва появилась одна</a>;</li><li><a href=\"/ru/delegations/gruenewald/\">парламент, который вышел из Ассамблеи</a>, а его записи никто не закрыл;</li><li><a href=\"/ru/delegations/gerolstein/\">наблюдатель</a>, о котором неизвестна ни одна дата;</li><li><a href=\"/ru/changes/?change=corrected\">исправления с причинами</a>;</li><li><a href=\"/ru/delegations/?date=2027-07-01\">то, что решено на будущее</a>.</li></ul>",
    },
    "contacts": {
        "title_en": "Contacts",
        "title_ru": "Контакты",
        "body_en": "<p>The Secretariat is as invented as all else: nobody reads what is sent there.</p>",
        "body_ru": "<p>Секретариат тоже вымышлен: писем туда никто не читает.</p>",
    },
    "accessibility": {
        "title_en": "Accessibility",
        "title_ru": "Доступность",
        "body_en": "<p>Invented news is for everybody, too. The site follows WCAG 2.2 at level AA.</p>",
        "body_ru": "<p>Вымышленные новости тоже для всех. Сайт следует WCAG 2.2 на уровне AA.</p>",
    },
    "privacy": {
        "title_en": "Privacy",
        "title_ru": "Конфиденциальность",
        "body_en": "<p>People who do not exist have no personal data. The site sets no cookies for its readers.</p>",
        "body_ru": "<p>У несуществующих людей нет персональных данных. Читателям сайт не ставит cookie.</p>",
    },
}  # fmt: skip
IMPRINT = {
    "name_en": "Secretariat of the Parliamentary Assembly of the Amber Road (invented)",
    "name_ru": "Секретариат Парламентской ассамблеи Янтарного пути (вымышленный)",
    "postal_address_en": "7 Old Customs Lane, Strelsau, Ruritania",
    "postal_address_ru": "Руритания, Штрельзау, Старотаможенный переулок, 7",
    "email": "secretariat@assembly.example",
    "phone": "+000 00 000 00 00",
    "licence_en": "CC0 1.0",
    "licence_ru": "CC0 1.0",
    "licence_url": "https://creativecommons.org/publicdomain/zero/1.0/",
}
