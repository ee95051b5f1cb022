"""What pages of invented articles say, and what stands around it."""

from __future__ import annotations

PARAGRAPHS = (
    "Brightwater Batteries will open a factory in Gdańsk next spring, the company said on Tuesday, "
    "its first plant outside the Nordic countries and the largest investment in its history.",
    "The site is to employ about 1,400 people once both halls are running in 2028, according to "
    "Marta Lindqvist, who has led the company since it was founded eleven years ago.",
    "“We looked at nine places on the Baltic coast, and no other had a port, a railway and a "
    "technical university within twenty minutes of each other,” she told reporters in the town "
    "hall.",
    "Poland's ministry of development supports the plant with 210 million złoty in tax relief, "
    "spread over ten years and tied to the number of people who are employed there.",
    "Two suppliers, Nordsalt and the Estonian firm Tarvas Chemicals, are negotiating about land in "
    "the same industrial park, people familiar with the talks said.",
    "The company lost 38 million euros last year because orders from lorry makers came later than "
    "planned, but it expects to earn money again in the second half of next year.",
    "Residents of the Stogi district had protested against an earlier plan for the site; the plant "
    "now stands two kilometres further from their houses than was first proposed.",
    "Construction begins in March, and the first cells are to leave the line eighteen months "
    "later, "
    "provided that the grid operator finishes the new substation in time.",
)
TITLE = "Brightwater to build its first foreign battery plant in Gdańsk"
BYLINE = "Ida Holmqvist"
NAVIGATION = ("Home", "World", "Business", "Technology", "Sport", "Culture", "Weather", "Jobs")
RELATED = (
    "Harbour workers reject the second offer of the year",
    "Why sodium cells may win the race for cheap lorries",
    "Town council votes on tram line to the airport",
    "Interview: the woman who counts every bridge",
)
COOKIES = (
    "We and our 812 partners store and access information on your device, such as cookies.",
    "Accept all",
    "Manage settings",
)
LETTER = "Sign up for our newsletter and get the best stories in your inbox every morning."
COMMENTS = (
    "Typical, they get tax relief and we get the traffic. Who plans such a thing?",
    "My brother works there and says that the pay is really good, actually.",
    "First they close the yard, then they build this. I do not understand this town.",
)
FOOTER = "© 2026 The Coastal Courier. All rights reserved. Imprint Privacy Terms Contact"
CAPTION = "The site of the planned plant seen from the harbour. Photo: Coastal Courier"
GERMAN = (
    "Der Hersteller Brightwater will im Frühjahr in Danzig eine Fabrik für Batteriezellen "
    "eröffnen, "
    "die größte Investition in der Geschichte des Unternehmens.",
    "Rund 1.400 Menschen sollen dort arbeiten, sobald beide Hallen laufen, sagte die Gründerin "
    "Marta "
    "Lindqvist am Dienstag im Rathaus der Stadt.",
    "Das polnische Ministerium fördert das Werk mit 210 Millionen Złoty, verteilt auf zehn Jahre "
    "und "
    "gebunden an die Zahl der Beschäftigten.",
    "Anwohner hatten gegen einen früheren Plan protestiert; nun liegt das Gelände zwei Kilometer "
    "weiter "
    "von ihren Häusern entfernt.",
)
RUSSIAN = (
    "Компания «Брайтуотер» откроет весной завод аккумуляторов в Гданьске, сообщила она во вторник; "
    "это крупнейшее вложение в её истории.",
    "На площадке будут работать около 1400 человек, когда заработают оба цеха, рассказала "
    "основательница "
    "Марта Линдквист в городской ратуше.",
    "Министерство развития поддержит завод налоговыми льготами на 210 миллионов злотых в течение "
    "десяти "
    "лет, если рабочие места сохранятся.",
    "Жители района протестовали против прежнего плана; теперь завод стоит на два километра "
    "дальше от их домов.",
)
JAPANESE = (
    "ブライトウォーター社は火曜日、来春グダニスクに電池工場を開設すると発表した。同社にとって北欧以外では初めての工場であり、過去最大の投資となる。",
    "両棟が稼働する2028年には約1400人が働く見通しだと、創業者のマルタ・リンドクヴィスト氏は市庁舎で記者団に語った。",
    "ポーランド開発省は十年間にわたり二億一千万ズウォティの税制優遇で支援し、雇用者数を条件としている。",
    "住民は以前の計画に反対していたが、工場は当初案より二キロ離れた場所に建てられることになった。",
)
