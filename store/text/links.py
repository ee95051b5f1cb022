"""Without this, half of the links that publishers write would lead nowhere."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from store.text.address import ADDRESS_LIMIT, clean_address, is_clean_address

_WHOLE = re.compile(r"https?://[^/?#;\\\s][^;]*", re.IGNORECASE)
"""Joined to whatever base it stays what it is; parameters after ";" urljoin may write anew."""
_BARE_HOST = re.compile(r"(?:[a-z0-9_-]+\.)+([a-z]{2,24})(?::\d+)?(?=[/?#]|$)", re.IGNORECASE)
_FILE_ENDING_NAMES = (
    "asp aspx cfm css csv doc docx gif htm html jpeg jpg js json jsp mp md mov pdf php phtml png "
    "ppt pptx shtml svg txt webp xhtml xls xlsx xml zip"
)
_FILE_ENDINGS = frozenset(_FILE_ENDING_NAMES.split())


def resolve(link: str, base: str) -> str:
    """The absolute address that ``link`` means on a page at ``base``, or "" if there is none.

    A host without a scheme ("example.org/x", "//example.org/x") is taken for https, because
    publishers mean a site where the standard would see a file beside the page.
    """
    # Most links are what they should be; parameters after ";" urljoin may write anew.
    if is_clean_address(link) and ";" not in link:
        return link
    # A stranger's link of a megabyte is refused before anything looks at it closely.
    if len(link) > ADDRESS_LIMIT or not (link := link.strip()) or link.startswith("#"):
        return ""
    if _WHOLE.fullmatch(link):
        return clean_address(link)
    if link.startswith("//") or _starts_with_host(link):
        return clean_address(f"https://{link.removeprefix('//')}")
    try:
        return clean_address(urljoin(base, link))
    except ValueError:
        return ""


def _starts_with_host(link: str) -> bool:
    host = _BARE_HOST.match(link)
    if not host:
        return False
    return host.group(1).lower() not in _FILE_ENDINGS or link.lower().startswith("www.")
