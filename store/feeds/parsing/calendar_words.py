"""What months and time zones are called in dates, without accents and in lower case."""

from __future__ import annotations

_BEGINNINGS = (
    "jan ian ene gen led sty oca tam янв січ ιαν",
    "feb fev uno lut sub hel фев лют φεβ",
    "mar mrt maa bre мар бер μαρ",
    "apr avr abr dub kwi nis huh апр кві απρ",
    "may mai maj mei mag kve tou маи мая тра μαι",
    "jun juin giu cer cze haz kes июн чер ιουν",
    "jul juil lug cervenec cervence lip tem hei июл лип ιουλ",
    "aug agu aou ago srp sie elo авг сер αυγ",
    "sep set zar wrz eyl syy сен вер σεπ",
    "oct okt out ott rij paz eki lok окт жов οκτ",
    "nov lis kas marras ноя лис νοε",
    "dec dez dic pro gru ara jou дек гру δεκ",
)
"""How the names of a month begin in twenty languages of Europe; the longest that fits holds."""

MONTHS = {
    beginning: number
    for number, beginnings in enumerate(_BEGINNINGS, 1)
    for beginning in beginnings.split()
}
"""Month, 1 to 12, by the beginning of its name."""

ZONES = {
    **dict.fromkeys(("z", "ut", "utc", "gmt", "wet"), 0.0),
    **dict.fromkeys(("cet", "met", "mez", "bst", "west", "wat"), 1.0),
    **dict.fromkeys(("cest", "mest", "mesz", "eet", "sast", "cat"), 2.0),
    **dict.fromkeys(("eest", "msk", "eat", "trt"), 3.0),
    "pkt": 5.0,
    "ist": 5.5,
    "wib": 7.0,
    "hkt": 8.0,
    "sgt": 8.0,
    "awst": 8.0,
    "jst": 9.0,
    "kst": 9.0,
    "acst": 9.5,
    "aest": 10.0,
    "acdt": 10.5,
    "aedt": 11.0,
    "nzst": 12.0,
    "nzdt": 13.0,
    "ndt": -2.5,
    "brt": -3.0,
    "art": -3.0,
    "adt": -3.0,
    "nst": -3.5,
    "ast": -4.0,
    "edt": -4.0,
    "est": -5.0,
    "et": -5.0,
    "cdt": -5.0,
    "cst": -6.0,
    "ct": -6.0,
    "mdt": -6.0,
    "mst": -7.0,
    "mt": -7.0,
    "pdt": -7.0,
    "pst": -8.0,
    "pt": -8.0,
    "akdt": -8.0,
    "akst": -9.0,
    "hst": -10.0,
}
"""Hours ahead of UTC. Of names that several zones share, the one that most news comes from."""
