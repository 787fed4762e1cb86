"""Of what the invented news is made: sentences in English and in Russian, one beside the other.

In braces stand words of the article, see ``words()`` in news.py; references in double brackets are
the site's own. Of a person the Russian says what somebody does, not did: it has no gender there.
"""

from dataclasses import dataclass

# What is spoken of: in English, and in Russian after "to discuss" and after "about".
SUBJECTS = [
    ("water use in border basins", "использование пограничных водных бассейнов", "использовании пограничных водных бассейнов"),
    ("the mutual recognition of diplomas", "взаимное признание дипломов", "взаимном признании дипломов"),
    ("the protection of mountain forests", "охрану горных лесов", "охране горных лесов"),
    ("the safety of river crossings", "безопасность речных переправ", "безопасности речных переправ"),
    ("rescue services before the spring floods", "подготовку спасателей к весеннему паводку", "подготовке спасателей к весеннему паводку"),
    ("the exchange of archival records", "обмен архивными документами", "обмене архивными документами"),
    ("fraud over the telephone", "противодействие телефонному мошенничеству", "противодействии телефонному мошенничеству"),
    ("rules for cross-border railways", "правила международных железнодорожных перевозок", "правилах международных железнодорожных перевозок"),
    ("support for small museums", "поддержку малых музеев", "поддержке малых музеев"),
    ("open data of parliaments", "открытые данные парламентов", "открытых данных парламентов"),
    ("the teaching of neighbours’ languages", "преподавание языков соседних стран", "преподавании языков соседних стран"),
    ("medical aid in border districts", "медицинскую помощь в приграничных районах", "медицинской помощи в приграничных районах"),
    ("illegal logging", "борьбу с незаконной рубкой леса", "борьбе с незаконной рубкой леса"),
    ("electronic signatures in trade", "применение электронной подписи в торговле", "применении электронной подписи в торговле"),
    ("the training of customs officers", "подготовку таможенников", "подготовке таможенников"),
    ("drones near frontiers", "полёты беспилотников вблизи границы", "полётах беспилотников вблизи границы"),
]  # fmt: skip
# In English, and in Russian in the nominative and the genitive.
COMMITTEES = [
    ("Committee on Legal Affairs", "Комитет по правовым вопросам", "Комитета по правовым вопросам"),
    ("Committee on Security", "Комитет по вопросам безопасности", "Комитета по вопросам безопасности"),
    ("Committee on Social Policy, Science and Culture", "Комитет по социальной политике, науке и культуре", "Комитета по социальной политике, науке и культуре"),
    ("Committee on the Economy and the Environment", "Комитет по экономике и экологии", "Комитета по экономике и экологии"),
    ("Budget Committee", "Бюджетный комитет", "Бюджетного комитета"),
]  # fmt: skip
# Slug; the names; the second is in one language alone.
TOPICS = [
    ("sessions", "Sessions", "Сессии"),
    ("committees", "Committees", "Комитеты"),
    ("model-laws", "Model laws", "Модельные законы"),
    ("elections", "Elections", "Выборы"),
    ("composition", "Composition of the delegations", "Состав делегаций"),
    ("visits", "Visits and meetings", "Визиты и встречи"),
    ("youth-and-culture", "Youth and culture", "Молодёжь и культура"),
    ("anniversaries", "Anniversaries", ""),
]


@dataclass(frozen=True)
class Kind:
    """A kind of news: of each group one pair of texts is taken, of ``paragraphs`` one of each group."""

    topic: str
    headlines: list
    summaries: list
    paragraphs: list


SESSION = Kind(
    "sessions",
    [
        ("{Season} session in {city}: {n} items on the agenda", "{Season} сессия в {city_in}: в повестке дня {n} вопросов"),
        ("Delegations meet in {city} to discuss {subject}", "Делегации обсудили в {city_in} {subject}"),
        ("The Assembly’s {season} session has closed in {city}", "В {city_in} завершилась {season} сессия Ассамблеи"),
        ("{S} hosts the {season} session of the Assembly", "{S} принимает {season_acc} сессию Ассамблеи"),
    ],
    [
        ("Delegations of the member parliaments met in {city} on {day}. They spoke about {subject} and about the plan of work for the coming half-year.", "Делегации парламентов собрались в {city_in} {day} года. Речь шла {about_subject}, а также о плане работы на ближайшее полугодие."),
        ("The session in {city} took two days. {n} drafts were adopted, and {subject} goes back to a working group.", "Сессия в {city_in} продолжалась два дня. Принято {n} проектов, а вопрос {about_subject} возвращён в рабочую группу."),
    ],
    [
        [
            ("The session was opened in the hall of the [[parliament:{slug}]]. On that day the delegations had [[total]] seats in all, of which the host’s had [[seats:{slug}]].", "Сессия открылась в зале заседаний. Принимающая сторона — [[parliament:{slug}]]. На этот день общее число мест делегаций — [[total]], из них у принимающей делегации — [[seats:{slug}]]."),
            ("It was chaired by {chair}, Chairman of the Assembly. The delegations’ seats on that day: [[total]].", "Ведёт заседание {chair}, председатель Ассамблеи. Общее число мест делегаций на этот день — [[total]]."),
        ],
        [
            ("<h2>On the agenda</h2><ol><li>{Subject}.</li><li>{Other}.</li><li>The budget of the Secretariat.</li><li>The days of the next session.</li></ol>", "<h2>Повестка дня</h2><ol><li>{About_subject}.</li><li>{About_other}.</li><li>Бюджет Секретариата.</li><li>Сроки следующей сессии.</li></ol>"),
            ("<h2>Seats of the delegations on that day</h2><ul><li>[[parliament:ruritania]]: [[seats:ruritania]]</li><li>[[parliament:graustark]]: [[seats:graustark]]</li><li>[[parliament:laurania]]: [[seats:laurania]]</li><li>[[parliament:kravonia]]: [[seats:kravonia]]</li></ul>", "<h2>Места делегаций на этот день</h2><ul><li>[[parliament:ruritania]]: [[seats:ruritania]]</li><li>[[parliament:graustark]]: [[seats:graustark]]</li><li>[[parliament:laurania]]: [[seats:laurania]]</li><li>[[parliament:kravonia]]: [[seats:kravonia]]</li></ul>"),
        ],
        [
            ("<blockquote><p>We do not need more papers. We need rules that a carter and a customs officer read in the same way.</p></blockquote><p>{chair}, Chairman of the Assembly</p>", "<blockquote><p>Нам нужны не новые бумаги, а правила, которые возчик и таможенник прочтут одинаково.</p></blockquote><p>{chair}, председатель Ассамблеи</p>"),
            ("<blockquote><p>A frontier is a place where two honest people wait for a third one’s stamp. Let us spare them the wait.</p></blockquote><p>{who}, delegation of {S}</p>", "<blockquote><p>Граница — это место, где два честных человека ждут печати третьего. Избавим их от ожидания.</p></blockquote><p>{who}, делегация {S_of}</p>"),
            ("<blockquote><p>Whoever counts seats should also count the promises made from them.</p></blockquote><p>{who}, delegation of {S}</p>", "<blockquote><p>Кто считает места, пусть считает и обещания, данные с этих мест.</p></blockquote><p>{who}, делегация {S_of}</p>"),
            ("The delegations asked the Secretariat to compare the laws in force and to report before the next session.", "Делегации поручили Секретариату сопоставить действующие законы и доложить об этом до следующей сессии."),
            ("Two delegations abstained from the last item; nobody voted against it.", "По последнему вопросу две делегации воздержались, против не голосовал никто."),
        ],
        [
            ("The next session is planned for the following half-year.", "Следующая сессия намечена на ближайшее полугодие."),
            ("The drafts and the record of the votes are published by the Secretariat.", "Проекты и итоги голосований публикует Секретариат."),
        ],
    ],
)  # fmt: skip

COMMITTEE = Kind(
    "committees",
    [
        ("{committee} discusses {subject}", "{committee} обсудил {subject}"),
        ("{Subject}: what the committee proposes", "{About_subject}: что предлагает комитет"),
        ("{committee} has met in {city}", "{committee} провёл заседание в {city_in}"),
    ],
    [
        ("The {committee} met in {city} on {day}. A draft on {subject} was sent to the parliaments for their comments.", "{day} года в {city_in} прошло заседание {committee_of}. Проект {about_subject} направлен в парламенты на отзыв."),
        ("Experts of three parliaments told the {committee} what they have learned about {subject}.", "Эксперты трёх парламентов представили на заседании {committee_of} свой опыт. Разговор шёл {about_subject}."),
    ],
    [
        [
            ("The members heard a report of the delegation of the [[parliament:{slug}]]. It lists {n} questions that national laws answer in different ways.", "Члены комитета заслушали доклад делегации {S_of}. В нём названо {n} вопросов, на которые национальные законы отвечают по-разному."),
            ("The discussion took three hours. In the end the members kept the shorter of two drafts.", "Обсуждение заняло три часа. В итоге члены комитета остановились на более коротком из двух проектов."),
        ],
        [
            ("<h2>What is proposed</h2><ul><li>one list of terms in both languages;</li><li>a deadline of {n} months for answers;</li><li>a yearly report to the Assembly.</li></ul>", "<h2>Что предлагается</h2><ul><li>единый перечень терминов на двух языках;</li><li>срок ответа — {n} месяцев;</li><li>ежегодный доклад Ассамблее.</li></ul>"),
            ("Comments of the parliaments are expected within {n} weeks. Then the draft comes back to the committee.", "Отзывы парламентов ожидаются в течение {n} недель, после чего проект вернётся в комитет."),
        ],
        [
            ("<blockquote><p>A model law is worth as much as the first official who has to apply it understands of it.</p></blockquote><p>{who}, delegation of {S}</p>", "<blockquote><p>Модельный закон хорош настолько, насколько его понимает первый же чиновник, которому предстоит его применять.</p></blockquote><p>{who}, делегация {S_of}</p>"),
            ("<blockquote><p>We have been rewriting this paragraph since the summer. It has become shorter each time, and better.</p></blockquote><p>{who}, delegation of {S}</p>", "<blockquote><p>Мы переписываем этот абзац с лета. С каждым разом он становится короче — и лучше.</p></blockquote><p>{who}, делегация {S_of}</p>"),
            ("The committee also agreed on its plan of work and looked at {other}.", "Комитет также утвердил план работы и рассмотрел {other_acc}."),
        ],
    ],
)  # fmt: skip

LAW = Kind(
    "model-laws",
    [
        ("A model law on {subject} is ready", "Готов модельный закон {about_subject}"),
        ("Model law on {subject}: first reading", "Модельный закон {about_subject}: первое чтение"),
        ("{S} takes up the model law on {subject}", "{S} вводит у себя модельный закон {about_subject}"),
    ],
    [
        ("The text has {n} articles and leaves to each parliament what differs from state to state.", "В тексте {n} статей; то, что в государствах устроено по-разному, оставлено на усмотрение парламентов."),
        ("Parliaments may take the text as it stands or in parts. The Assembly asks them to report within two years.", "Парламенты могут взять текст целиком или частями. Ассамблея просит доложить о сделанном в течение двух лет."),
    ],
    [
        [
            ("The draft was written by a working group in which four delegations took part. Its first version dates from the year before.", "Проект подготовила рабочая группа, в которой участвовали четыре делегации. Первый вариант появился годом ранее."),
            ("The [[parliament:{slug}]] had proposed the law. Its delegation, with [[seats:{slug}]] seats on that day, presented the text.", "С предложением выступила делегация {S_of} ([[parliament:{slug}]]). Число её мест на этот день — [[seats:{slug}]]."),
        ],
        [
            ("<h2>What is new</h2><p>For the first time the law says who answers when two authorities give different answers. A citizen asks once, and the authorities settle the rest among themselves.</p>", "<h2>Что нового</h2><p>Впервые прямо сказано, кто отвечает, если два ведомства дают разные ответы. Гражданин обращается один раз, а остальное ведомства решают между собой.</p>"),
            ("The longest chapter is that of definitions. Critics call it too detailed; the authors reply that courts will be grateful.", "Самая длинная глава посвящена определениям. Критики считают её слишком подробной, авторы возражают: суды скажут спасибо."),
        ],
        [
            ("A comparison of the laws in force is annexed. See also <a href=\"/delegations/\">the composition of the delegations</a>.", "К проекту приложено сравнение действующих законов. См. также <a href=\"/ru/delegations/\">состав делегаций</a>."),
            ("<p>Three questions stay open:</p><ol><li>who pays for translations;</li><li>how long records are kept;</li><li>what applies to earlier cases.</li></ol>", "<p>Открытыми остаются три вопроса:</p><ol><li>кто оплачивает переводы;</li><li>сколько хранятся документы;</li><li>что применяется к прежним делам.</li></ol>"),
        ],
    ],
)  # fmt: skip

VISIT = Kind(
    "visits",
    [
        ("The Chairman of the Assembly visits {S}", "Визит председателя Ассамблеи в {S_acc}"),
        ("Talks in {city} about {subject}", "В {city_in} прошли переговоры {about_subject}"),
        ("{city}: a round table on {subject}", "Круглый стол {about_subject} прошёл в {city_in}"),
    ],
    [
        ("{chair} spoke in {city} with members of the [[parliament:{slug}]] and with students.", "В программе — встречи с депутатами и студентами в {city_in}. Делегацию Ассамблеи возглавляет {chair}."),
        ("The meeting in {city} was about {subject}; the sides agreed to go on in the summer.", "На встрече в {city_in} говорили {about_subject}; стороны условились продолжить разговор летом."),
    ],
    [
        [
            ("The visit began on {day} with a meeting with the delegation of {S}. It has [[members:{slug}]] members on record for that day.", "Визит начался {day} года со встречи с делегацией {S_of}. Число её членов, известных на этот день, — [[members:{slug}]]."),
            ("Those who took part represented {n} institutions, from ministries to a school of foresters.", "Участники представляли {n} организаций: от министерств до лесной школы."),
        ],
        [
            ("Much of the talk was about {other}. “Neighbours should not have to learn of each other from the newspapers,” the host said.", "Много говорили и {about_other}. «Соседи не должны узнавать друг о друге из газет», — прозвучало на встрече."),
            ("The sides compared what each parliament has done since the last session, and where it got stuck.", "Стороны сопоставили, что сделано каждым парламентом после прошлой сессии и где дело застопорилось."),
        ],
        [
            ("In the evening the guests saw the restored observatory.", "Вечером гости осмотрели восстановленную обсерваторию."),
            ("The next meeting is to be held in another capital.", "Следующая встреча пройдёт в другой столице."),
        ],
    ],
)  # fmt: skip

ELECTION = Kind(
    "elections",
    [
        ("Observers of the Assembly at the elections in {S}", "Наблюдатели Ассамблеи на выборах в {S_in}"),
        ("{S}: what the observers saw", "{S}: что увидели наблюдатели"),
    ],
    [
        ("{n} observers visited polling stations in {city} and in the countryside. Their report is public.", "Участки в {city_in} и сельской местности посетили {n} наблюдателей. Доклад опубликован."),
    ],
    [
        [
            ("The mission worked for six days. It saw the opening of the polls, the vote and the count.", "Миссия работала шесть дней. Она наблюдала за открытием участков, голосованием и подсчётом голосов."),
        ],
        [
            ("<h2>What the report says</h2><ul><li>queues were short, except in the old town;</li><li>ballot papers were in both languages;</li><li>two stations had no ramp.</li></ul>", "<h2>Что сказано в докладе</h2><ul><li>очереди были небольшими, кроме старого города;</li><li>бюллетени печатались на двух языках;</li><li>на двух участках не было пандуса.</li></ul>"),
            ("The report makes {n} recommendations, most of them about the lists of voters.", "В докладе {n} рекомендаций, большинство из них касается списков избирателей."),
        ],
        [
            ("The mission was led by {who}.", "Во главе миссии — {who}."),
            ("The final report follows within two months.", "Итоговый доклад появится в течение двух месяцев."),
        ],
    ],
)  # fmt: skip

COMPOSITION = Kind(
    "composition",
    [
        ("The delegation of {S} has a new composition", "Новый состав делегации {S_of}"),
        ("{S} names its delegation to the Assembly", "Утверждён состав делегации {S_of} в Ассамблее"),
        ("Who represents {S} in the Assembly", "Кто представляет {S_acc} в Ассамблее"),
    ],
    [
        ("The [[parliament:{slug}]] has sent a new list. The delegation has [[seats:{slug}]] seats, and [[members:{slug}]] members are on record.", "Парламент ([[parliament:{slug}]]) направил в Ассамблею новый список. Число мест — [[seats:{slug}]], число известных членов — [[members:{slug}]]."),
    ],
    [
        [
            ("The list came to the Secretariat on {day}. It is led by {who}.", "Список поступил в Секретариат {day} года. Первым в нём назван глава делегации: {who}."),
            ("The new members take up their seats at the next session. {who} leads the delegation.", "Новые члены приступят к работе на ближайшей сессии. Глава делегации — {who}."),
        ],
        [
            ("Seats without a member on that day: [[vacant:{slug}]].", "Число вакантных мест на этот день — [[vacant:{slug}]]."),
            ("Every name, with its first day and its source, is on <a href=\"/delegations/{slug}/\">the page of the delegation</a>.", "Все имена с датами и источниками — на <a href=\"/ru/delegations/{slug}/\">странице делегации</a>."),
        ],
    ],
)  # fmt: skip

YOUTH = Kind(
    "youth-and-culture",
    [
        ("Students draw the frontier: the contest of {year} is open", "Конкурс студенческих работ {year} года открыт"),
        ("{city} hosts the school of young lawyers", "В {city_in} работает школа молодых юристов"),
    ],
    [
        ("Works about {subject} are taken until the end of the month. The best three are published.", "Работы {about_subject} принимаются до конца месяца. Три лучшие будут опубликованы."),
        ("{n} students of six universities learn to write a law that nobody has to explain.", "{n} студентов из шести университетов учатся писать законы, которые не нужно объяснять."),
    ],
    [
        [
            ("Anybody may take part who studies at a university of a member, an observer or a partner. A work has {n} pages at most.", "Участвовать могут студенты вузов государств, представленных в Ассамблее. Объём работы — до {n} страниц."),
            ("Lessons are given by judges, deputies and one poet.", "Занятия ведут судьи, депутаты и один поэт."),
        ],
        [
            ("<h2>How to take part</h2><ol><li>Choose a subject.</li><li>Write about it plainly.</li><li>Send it to <a href=\"mailto:contest@assembly.example\">contest@assembly.example</a>.</li></ol>", "<h2>Как принять участие</h2><ol><li>Выберите тему.</li><li>Напишите о ней просто.</li><li>Отправьте работу на <a href=\"mailto:contest@assembly.example\">contest@assembly.example</a>.</li></ol>"),
            ("The jury is led by {who}, delegation of {S}.", "Председатель жюри — {who}, делегация {S_of}."),
        ],
    ],
)  # fmt: skip
