"""Teasers' endings and lines that sell, in eight languages, and statements that sound like them."""

from __future__ import annotations

import pytest

from store.model import Block
from store.text.promotion import ends_like_a_teaser, is_promotion
from store.text.prose import is_teaser

SELLING = """
Continue reading at Harbour Weekly
Continue reading on our site »
Keep reading with a free account
Read the full article at example.org
Read more about the port at The Coastal Courier
To read the rest of this story, subscribe
This article is for subscribers only.
Already a subscriber? Log in
Create a free account to continue
Listen to this article
Enjoying this story? Sign up for our newsletter
Support independent journalism: become a member today.
Weiterlesen auf kuestenkurier.example
Weiterlesen mit dem Abo
Den vollständigen Artikel lesen Sie hier
Zum Artikel
Mehr lesen auf kuestenkurier.example
Dieser Artikel ist nur für Abonnenten.
Jetzt Newsletter abonnieren
Lire la suite sur courrier.example
Lire l’article complet
Cet article est réservé aux abonnés.
Déjà abonné ? Connectez-vous
Inscrivez-vous à notre newsletter
Seguir leyendo en el Correo de la Costa
Sigue leyendo en correo.example
Leer más
Leer el artículo completo
Este contenido es exclusivo para suscriptores.
Suscríbete para seguir leyendo
Continua a leggere su corriere.example
Leggi tutto
Leggi l’articolo completo
Contenuto riservato agli abbonati
Iscriviti alla newsletter
Continue lendo no Correio do Porto
Leia mais em correio.example
Leia a matéria completa
Conteúdo exclusivo para assinantes
Assine para continuar lendo
Lees verder op kustkoerier.example
Verder lezen
Lees het hele artikel
Dit artikel is alleen voor abonnees
Schrijf je in voor de nieuwsbrief
Läs vidare på kustkuriren.example
Fortsätt läsa
Läs hela artikeln
Artikeln är endast för prenumeranter
Prenumerera på vårt nyhetsbrev
""".strip().splitlines()

FALSE_FRIENDS = """
Continued losses forced the yard in Gdańsk to close.
Keep in mind that the plant burns gas, the mayor said.
Read, the town in Ohio, lost its last factory in May.
Readers paid 40 million euros for the archive.
Subscribers left the service after the price rose by a third.
Members of the union voted for the contract on Sunday.
Listening posts along the coast were sold to Poland.
Support for the plant fell to 40 percent in June.
Create jobs or lose the grant, the ministry told the firm.
Weiter lesen Kinder in Bonn schlechter als in Hamburg.
Den Artikel 5 des Vertrags lehnt Polen ab.
Abonnenten verlor der Verlag vor allem im Osten.
Mehr Leser als je zuvor zählte der Kurier im Mai.
La suite du procès aura lieu à Lyon en mars.
Les abonnés ont reçu 12 millions d’euros.
Lire reste le loisir préféré des Français.
Seguir en Chile costará 300 millones a la empresa.
Más lectores que nunca tuvo el Correo en mayo.
Los suscriptores pagaron 40 millones de euros.
Continua la crisi dei cantieri di Genova.
Tutto il porto di Trieste è in sciopero.
Gli abbonati sono saliti a due milioni.
Continua a crise dos estaleiros no Porto.
Leitores pagaram 40 milhões pelo arquivo.
Assinantes deixaram o serviço depois do aumento.
Verder daalt de prijs van stroom in Nederland.
Lezers betaalden 40 miljoen euro voor het archief.
Abonnees verlieten de dienst na de prijsstijging.
Fortsatta förluster stängde varvet i Göteborg.
Läsare betalade 40 miljoner för arkivet.
Prenumeranterna blev två miljoner under året.
Hela artikeln om hamnen blev en bok som såldes i Norge.
""".strip().splitlines()

BREAKING_OFF = """
The company said that it would […]
The company said that it would...
The company said that it would [+2401 chars]
The plant is to open in March. Continue reading
The plant is to open in March. Continue reading at Harbour Weekly
The plant is to open in March. Read the full story at example.org
Das Werk soll im März öffnen. Weiterlesen
Das Werk soll im März öffnen. Weiterlesen auf kuestenkurier.example
Das Werk soll im März öffnen. Mehr lesen
L’usine doit ouvrir en mars. Lire la suite
L’usine doit ouvrir en mars. Lire la suite sur courrier.example
La fábrica abrirá en marzo. Seguir leyendo
La fábrica abrirá en marzo. Leer más
Lo stabilimento aprirà a marzo. Continua a leggere
Lo stabilimento aprirà a marzo. Leggi tutto »
A fábrica abrirá em março. Continue lendo
A fábrica abrirá em março. Leia mais
De fabriek gaat in maart open. Lees verder
De fabriek gaat in maart open. Lees meer →
Fabriken öppnar i mars. Läs mer
Fabriken öppnar i mars. Fortsätt läsa
""".strip().splitlines()

WHOLE = """
The company said that it would build the plant in Gdańsk.
She learned to read more than she had ever hoped to when she was young and poor.
Children read on average four books a year in Poland, twice as many as before the war.
Das Werk liest mehr Daten aus als jedes andere in der Stadt Radeberg bei Dresden.
Kinder wollten weiterlesen, als das Licht ausging, und lasen dann im Dunkeln weiter.
Il aime lire la suite des romans de son enfance au bord de la mer, dit sa mère.
Para leer más, compró 300 libros en la feria y los llevó a su casa en el campo.
Le piace leggere tutto il giornale la domenica mattina nel porto di Trieste.
Ze lees meer dan vroeger, zei ze, en ze schrijft ook meer dan in haar jeugd.
Han vill läsa mer om hamnen i Göteborg än någon annan i staden, säger han själv.
""".strip().splitlines()


@pytest.mark.parametrize("line", SELLING)
def test_lines_that_sell_or_lead_elsewhere_are_known(line: str) -> None:
    assert is_promotion(line)


@pytest.mark.parametrize("line", FALSE_FRIENDS)
def test_statements_that_begin_alike_are_statements(line: str) -> None:
    assert not is_promotion(line)


@pytest.mark.parametrize("text", BREAKING_OFF)
def test_a_text_that_goes_on_elsewhere_is_a_teaser(text: str) -> None:
    assert ends_like_a_teaser(text)
    long = Block(kind="paragraph", text="The plant is to open in March. " * 40)
    assert is_teaser((long, Block(kind="paragraph", text=text)))


@pytest.mark.parametrize("text", WHOLE)
def test_a_text_that_ends_with_its_last_sentence_is_none(text: str) -> None:
    assert not ends_like_a_teaser(text)
