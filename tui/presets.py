"""Keys after the habits of other programs: what differs from the usual ones, by binding id.

Arrows, Home, End, PgUp, PgDn, Enter, Esc and Tab do the same in each. A key is one press: where vim
takes two, as in ``gg``, the first does it and the second does no harm.
"""

from __future__ import annotations

from typing import Final

from store.settings import Preset

KEYS: Final[dict[Preset, dict[str, str]]] = {
    "default": {},
    "newsboat": {
        "list.down": "J,j,down",
        "list.up": "K,k,up",
        "list.top": "home",
        "list.end": "end",
        "list.order": "g",
        "list.reverse": "G",
        "list.read": "N",
        "list.star": "ctrl+e,f",
        "list.unread_only": "l,t",
        "list.delete": "D,d",
        "list.undo": "U",
        "desk.left": "left",
        "desk.right": "right",
        "article.read": "N",
        "article.star": "ctrl+e,f",
        "article.next_stop": "m",
        "article.hints": "u,semicolon",
        "tag.undo": "U",
        "claims.select_down": "shift+down",
        "claims.select_up": "shift+up",
        "interests.move_down": "greater_than_sign",
        "interests.move_up": "less_than_sign",
        "codes.move_down": "greater_than_sign",
        "codes.move_up": "less_than_sign",
    },
    "vim": {
        "app.palette": "colon",
        "list.page_down": "ctrl+f,pagedown",
        "list.page_up": "ctrl+b,b,pageup",
        "list.next_unread": "J,n",
        "list.previous_unread": "K,p",
        "list.delete": "x,delete",
        "article.next_paragraph": "right_curly_bracket",
        "article.previous_paragraph": "left_curly_bracket",
        "article.page_down": "ctrl+f,space,pagedown",
        "article.page_up": "ctrl+b,b,pageup",
        "article.next": "J",
        "article.previous": "K",
        "article.next_match": "n,L",
        "article.previous_match": "N,H",
        "article.next_stop": "ctrl+n",
        "article.previous_stop": "ctrl+p",
        "tag.start_right": "right_parenthesis",
        "tag.start_left": "left_parenthesis",
    },
}
"""By the name that settings give them."""


def in_force(preset: Preset, own: dict[str, str]) -> dict[str, str]:
    """The keys that differ from the usual ones; what the person chose comes before the preset."""
    return {**KEYS[preset], **own}
