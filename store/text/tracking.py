"""Addresses without what campaigns and shops hang on them to follow a reader about.

The names are those that miniflux and the AdGuard and ClearURLs lists agree on for any host
(github.com/miniflux/v2, internal/reader/urlcleaner). A parameter that only some hosts use for
following, and others for finding the page, is left alone.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

_PREFIXES = (
    "utm_",  # Urchin, Google Analytics and all that copy it
    "at_",  # AT Internet, Piano
    "hsa_",  # HubSpot ads
    "matomo_",
    "mkt_tok",  # Marketo
    "mtm_",  # Matomo
    "oly_",  # Omeda
    "piwik_",
    "vero_",
    "wt_mc",  # Webtrekk, Mapp
    "wt.mc",
    "wtrid",
    "zanpid",
)
_LISTED = """
__hsfp __hssc __hstc __s _bta_c _bta_tid _hsenc _hsmi _openstat _ke bsft_clkid bsft_uid
campaign_id campaign_medium campaign_name campaign_source ck_subscriber_id cmpid cx_click dclid
dm_i dpg_campaign dpg_content dpg_medium dpg_source ef_id epik et_cid et_rid fb_action_ids
fb_action_types fb_ref fb_source fbclid ga_campaign ga_content ga_medium ga_place ga_source
ga_term gad_source gbraid gclid gclsrc gdffi gdfms gdftrk gpsrc hsctatracking igsh igshid
irclickid itm_campaign itm_content itm_medium itm_source itm_term ml_subscriber ml_subscriber_hash
mc_cid mc_eid mibextid msclkid ns_campaign ns_fee ns_linkname ns_mchannel ns_source os_ehash
pk_campaign pk_cid pk_content pk_keyword pk_kwd pk_medium pk_source rb_clickid ref_src ref_url
s_cid s_kwcid sc_cid srsltid tduid trk_contact trk_module trk_msg trk_sid ttclid twclid vgo_ee
vmcid wbraid wickedid xtor ybaid yclid ymclid ysclid
"""
_NAMES = frozenset(_LISTED.split())
_FRAGMENT = re.compile(r"xtor=[^#]*", re.IGNORECASE)
"""AT Internet's, which stands behind the #: ``#xtor=RSS-1``."""


def without_tracking(address: str) -> str:
    """The same address without parameters that only follow the reader about.

    Host and path are never touched; what is left keeps its order and its very letters.
    """
    before, hash_, fragment = address.partition("#")
    place, mark, query = before.partition("?")
    if mark:
        parts = query.split("&")
        kept = [part for part in parts if not _follows(part)]
        if len(kept) < len(parts):
            before = f"{place}?{'&'.join(kept)}" if any(kept) else place
    if hash_ and _is_followed(fragment):
        return before
    return before + hash_ + fragment


def _is_followed(fragment: str) -> bool:
    return bool(_FRAGMENT.fullmatch(fragment)) or (
        "=" in fragment and all(_follows(part) for part in fragment.split("&"))
    )


def _follows(part: str) -> bool:
    name = unquote(part.partition("=")[0]).lower()
    return name in _NAMES or name.startswith(_PREFIXES)
