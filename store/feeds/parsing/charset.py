"""The bytes of a document as text: labels lie, so the bytes are asked first."""

from __future__ import annotations

import codecs
import re
import sys
from email.message import Message
from html.entities import html5

_MARKS = (
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    # XML 1.0, appendix F: "<" is known before the encoding is.
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0<", "utf-16-be"),
    (b"<\0", "utf-16-le"),
)
_LARGER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "tis-620": "cp874",
}
"""What a label means on the web, where it stands for more than it says (WHATWG Encoding, 4.2)."""
_KNOWN = re.compile(
    r"utf-8|utf-16(-[bl]e)?|utf-32(-[bl]e)?|iso8859-\d+|cp125\d|cp874|cp932|cp949|cp866|koi8-[ru]"
    r"|mac-roman|mac-cyrillic|euc_jp|iso2022_jp|iso2022_kr|gb18030|hz|big5hkscs|johab"
)
"""Others of Python's codecs are no charsets ("unicode_escape") or unsafe ones ("utf-7")."""
_SEVEN_BIT = re.compile("iso2022|hz")
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_META = re.compile(
    rb"""<meta[^>]{0,200}?\bcharset\s*=\s*["']?\s*([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE
)
_LOOKED_AT = 4096
_HEAD_OF_PAGE = 8 * 1024
_DECLARATION = re.compile(r"<\?xml\b[^>]{0,500}\?>\s*")
_REFERENCE = re.compile(
    r"&(?:#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?|(?!(?:lt|gt|amp|quot|apos);)([a-zA-Z][a-zA-Z0-9]{1,31};))"
)
_MARKUP = re.compile("[<>&\"']")
_MOST_DIGITS = 7
_ILLEGAL_BYTES = bytes({*range(0x20)} - {*b"\t\n\r"})
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def text_of_document(body: bytes, content_type: str) -> str:
    """The document as text, without its XML declaration and what XML forbids (XML 1.0, 2.2).

    References to forbidden characters, or by HTML's names, would cost the whole feed: they are
    resolved, or go too.

    A byte-order mark decides, else the bytes if they are UTF-8, else the HTTP header, else the XML
    declaration (RFC 7303, 3), else the likelier of UTF-8 and Windows-1252. A label that the bytes
    contradict gives way to the next.
    """
    text = _without_illegal(_decoded(body, content_type), body).lstrip("\ufeff\u200b \t\r\n")
    text = _REFERENCE.sub(_legal_reference, text)
    return _DECLARATION.sub("", text, count=1) if text.startswith("<?xml") else text


def text_of_page(body: bytes, content_type: str) -> str:
    """The same for HTML: the HTTP header is believed before the page's own word (13.2.3.2)."""
    told = _META.search(body, 0, _HEAD_OF_PAGE)
    if told and "charset" not in content_type.lower():
        content_type = f"text/html; charset={told[1].decode('ascii')}"
    return text_of_document(body, content_type)


def _decoded(body: bytes, content_type: str) -> str:
    for mark, charset in _MARKS:
        if body.startswith(mark):
            return body.decode(charset, "replace")
    labels = [_label(name) for name in (_charset_of(content_type), _declared_in(body))]
    charsets = [charset for charset in labels if charset and charset != "utf-8"]
    for charset in charsets:
        # All bytes of these are ASCII, and so would pass for UTF-8.
        if _SEVEN_BIT.match(charset) and (b"\x1b" in body or b"~{" in body):
            return body.decode(charset, "replace")
    for charset in ("utf-8", *charsets):
        try:
            return body.decode(charset)
        except UnicodeDecodeError:
            continue
    return body.decode(charsets[0], "replace") if charsets else _likelier(body)


def _without_illegal(text: str, body: bytes) -> str:
    """Most text holds nothing of the kind, which its bytes tell quicker than a pattern.

    In no charset does a control come of other bytes, and surrogates come of none.
    """
    has_controls = len(body.translate(None, _ILLEGAL_BYTES)) < len(body)
    is_legal = not has_controls and "\ufffe" not in text and "\uffff" not in text
    return text if is_legal else _ILLEGAL.sub("", text)


def _legal_reference(reference: re.Match[str]) -> str:
    hexadecimal, decimal, name = reference.groups()
    if name:
        named = html5.get(name, "")
        return reference.group() if _MARKUP.search(named) else named or reference.group()
    digits = (hexadecimal or decimal).lstrip("0")
    if not digits or len(digits) > _MOST_DIGITS:
        return "\ufffd"
    point = int(digits, 16 if hexadecimal else 10)
    legal = point <= sys.maxunicode and not _ILLEGAL.match(chr(point))
    return reference.group() if legal else "\ufffd"


def _declared_in(body: bytes) -> str:
    # Behind what a server grumbled before it.
    declared = _DECLARED.search(body, 0, _LOOKED_AT)
    return declared[1].decode("ascii") if declared else ""


def _charset_of(content_type: str) -> str:
    header = Message()
    header["Content-Type"] = content_type
    return str(header.get_param("charset") or "")


def _label(name: str) -> str:
    """The charset that is meant by a label, or "" if it is none that feeds are written in."""
    try:
        charset = codecs.lookup(name.strip()).name
    except (LookupError, ValueError):
        return ""
    charset = _LARGER.get(charset, charset)
    return charset if _KNOWN.fullmatch(charset) else ""


def _likelier(body: bytes) -> str:
    """UTF-8 with a few broken letters, or Windows-1252 that nobody labelled."""
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(not character.isascii() for character in text) - broken
    return text if whole >= broken else body.decode("cp1252", "replace")
