"""Lines that sell, lead elsewhere or name who made the article are no sentences to tag."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from store.model import Block, BlockKind, TextVersion, hash_of, text_of
from store.text.sentences import sentences_of

LINES = """
By Priya Raman in Boston
By Tom Lane in Austin, Texas and Eva Brandt in New York
By Hana Ito in Osaka and Lars Berg in Oslo
by Ana Costa
Words by Maria da Silva
Additional reporting by Kofi Mensah in Accra
Von Jörg Weißenbach, Dresden
Par Margaux Delvaux à Bruxelles
Por Ana María López
Jonas Ek, project manager
— Aoife Brennan, professor of law
Lena Hart, our energy correspondent
Tom Lane is a staff writer at The Ledger.
Eva Brandt is our correspondent in Berlin.
With reporting by Hana Ito
Kofi Mensah and Ana Costa contributed reporting.
Last updated: 22 November 2026, 14:05
Updated 3 hours ago
Published November 22, 2026
4 min read
Sign up for our newsletter.
Sign up now
Subscribe
Get our free Policy Wire briefing every morning: sign up for our newsletter.
Receive our daily digest by e-mail.
Get the best of our newsletter every week
Was this forwarded to you?
Has this newsletter been forwarded to you? Sign up here.
Did a friend forward you this? Subscribe.
Someone sent you this? Get your own.
Forward this email to a friend.
You are receiving this email because you subscribed.
Unsubscribe
Manage your preferences
View in your browser
See also the shortage in memory.
See also: The long wait
This article is from our weekly newsletter.
Our long read on the wait for power has the figures for other regions.
Our podcast looks at the merger.
Listen to our podcast.
Have a tip? Write to the desk.
For more on this, turn to page 3.
Thanks for reading.
Melden Sie sich für den Newsletter an.
Hier zum Newsletter anmelden
Lesen Sie auch: Der lange Weg zum Strom
Siehe auch den Bericht über Speicher
Abonnez-vous à notre lettre
Lire aussi : la pénurie de mémoire
Suscríbase a nuestro boletín
Lea también: la espera
Leggi anche: la lunga attesa
Leia também: a espera
Lees ook: het lange wachten
Läs också: den långa väntan
""".strip().splitlines()

STATEMENTS = """
By Christmas Halden Grid will have hired 120 people.
By March the plant in Oulu will close.
By revenue, Tessaly is the second largest firm in Europe.
By Thursday Apple and Google had signed.
Von Anfang an wollte Elbtal in Dresden bauen.
Par la suite, Renault a fermé son usine.
De Beers cut output in Botswana.
Jonas Ek, project manager of the site, resigned on Monday.
Ingrid Solheim, chief executive, leaves Orrery.
Maria Holt is the new editor of the Chronicle.
Tom Lane is a director of Halden Grid.
Ana Costa contributed $2 million to the fund.
Updated forecasts show 3% growth.
Updated rules for exports take effect in May 2027.
Published accounts show a loss of $12 million.
Posted profits rose 3 percent in May.
Posted 300 jobs in Ohio since March.
Four minutes of silence were held in Oslo.
Sign-ups for the service doubled to two million.
Subscribe rates fell by 4 percent at the publisher.
Signing the contract took two years.
Getting our permits took two years, the mayor said.
Get a permit or leave, the ministry told Uber.
Getting the app approved in China took Apple three years.
Receive no payment, sign no contract, the union told its members.
Was this the end of the boom in Texas?
Was this deal good for Kenya?
Has this merger created jobs?
Did a colleague sell the shares before the ruling?
Someone sent the files to the regulator in Dublin.
Forward contracts for power rose in Sweden.
Forward prices point to a shortage.
You are paying for the grid, the minister told Amazon.
Unsubscribed capacity fell to 3 gigawatts.
Manage costs first, the board told Intel.
View from the top: Nokia cuts 300 jobs.
See how Norway taxes data centres.
Seeing the demand, Acme hired 300 people.
This article of the treaty was signed by Chile and Peru.
This story began in Kenya with a loan of $3 million.
Our podcast unit lost half its staff, Spotify said.
Our long talks with Japan have failed, the minister said.
Our guide price for the year is unchanged, Halden said.
Listen to the market and cut rates, investors told the bank.
Have a permit and the money, and you may build in Johor.
For more than a year the site in Leeds stood empty.
Thanks to a grant, Elbtal will hire 850 people.
Melden die Banken Verluste, greift der Bund ein.
Lesen lernen 300 Kinder in der neuen Schule in Bonn.
Lire les comptes d’Atos inquiète les banques.
Ver a Chile crecer anima a los bancos.
Mehr Stellen schafft Elbtal in Dresden.
""".strip().splitlines()


def offered(*blocks: tuple[BlockKind, str]) -> list[bool]:
    made = tuple(Block(kind=kind, text=text) for kind, text in blocks)
    taken = datetime(2026, 11, 22, tzinfo=UTC)
    version = TextVersion(number=1, blocks=made, hash=hash_of(text_of(made)), taken=taken)
    return [sentence.offered for sentence in sentences_of(version)]


@pytest.mark.parametrize("line", LINES)
def test_lines_about_the_article_and_its_publisher_are_not_offered(line: str) -> None:
    assert not any(offered(("paragraph", line)))


@pytest.mark.parametrize("line", STATEMENTS)
def test_statements_that_sound_alike_are_offered(line: str) -> None:
    assert all(offered(("paragraph", line)))


def test_there_are_many_of_both() -> None:
    assert min(len(LINES), len(STATEMENTS)) > 40


def test_promotion_behind_a_statement_is_not_offered_with_it() -> None:
    text = "Halden Grid hired 120 people in May. Sign up for our newsletter."
    assert offered(("paragraph", text)) == [True, False]


def test_a_tables_figures_are_not_offered_and_what_it_tells_in_words_is() -> None:
    told = "Oslo | Halden Grid will close its plant and cut 120 jobs by May"
    assert offered(("row", "Revenue | 92.4 | 84.0 | 70.5"), ("row", told)) == [False, True]
    assert offered(("row", "Halden Grid raises $310 million")) == [True]
    assert offered(("row", "May | Elbtal shut its plant."), ("row", "Place | Wait")) == [
        True,
        False,
    ]
