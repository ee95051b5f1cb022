"""Without this, the key that moves a boundary by a word could not tell what a word is."""

from __future__ import annotations

import re
from functools import cache

from store.model import Span

_PUNCTUATION = (
    r"!-/:-@\[-`{-~\u00a1-\u00a9\u00ab\u00ac\u00ae-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7"
    r"\u037e\u0387\u055a-\u055f\u0589\u058a\u05be\u05c0\u05c3\u060c\u060d\u061b-\u061f\u066a-\u066d\u06d4"
    r"\u0964\u0965\u0e2f\u0e5a\u0e5b\u2010-\u2027\u2030-\u205e\u20a0-\u20cf\u2190-\u22ff"
    r"\u3001-\u3004\u3008-\u3020\u3030\u30a0\u30fb\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
)
_HIRAGANA = r"\u3041-\u309f"
_KATAKANA = r"\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_HAN = r"\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_SPACELESS = r"\u0e01-\u0e2e\u0e30-\u0e59\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff"
_LETTER = rf"[^\s{_PUNCTUATION}{_HIRAGANA}{_KATAKANA}{_HAN}{_SPACELESS}]"
_WORD = (
    rf"(?:[^\W\d_]\.){{2,}}(?!\w)"  # U.S., e.g., a.m.
    rf"|[$€£¥₩₹]?\d+(?:[.,:]\d+)*%?(?:(?:{_LETTER}|-)*{_LETTER})?"  # $3.5bn, 1,200, 5%, 10-year
    rf"|{_LETTER}+(?:[.'’&@/_·-]{_LETTER}+)*"  # Anthropic's, AT&T, e-mail, example.com
    rf"|[{_HIRAGANA}]+|[{_KATAKANA}]+|[{_HAN}]"
    r"|[\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46\u0e50-\u0e59][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*"
    rf"|[{_SPACELESS}][\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u17b6-\u17d3]*"
)


def words_of(text: str, span: Span) -> tuple[Span, ...]:
    """The words inside a span, without the punctuation between them.

    Scripts that write no spaces are cut where the script changes: kana by runs, Han by characters,
    Thai, Lao, Khmer and Burmese by letters with their marks, since no dictionary is at hand.
    """
    return tuple(Span(*word.span()) for word in _word().finditer(text, span.start, span.end))


@cache
def _word() -> re.Pattern[str]:
    # Compiling takes 7 ms, which the app's first paint need not wait for.
    return re.compile(_WORD)
