"""Every way in which a server may misbehave, each with what a reader must see of it."""

from __future__ import annotations

import gzip
import zlib

from feed_server import RSS
from misbehaving import (
    FEED,
    GOOD,
    Case,
    begun,
    body,
    chain,
    chunked,
    circle,
    drip_after_redirects,
    flood,
    packed,
    raw,
    status,
    to,
)

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n"
CUT = gzip.compress(GOOD * 100)[:-20]
FALSE_SUM = gzip.compress(GOOD)[:-8] + bytes(8)
SHORT = {"deadline": 0.3}
MUTE = {"silence": 0.2, "deadline": 1.2}
HALT = "broke off in the middle"
MUCH = "more than 0.0954 MB"
ODD = "proper HTTP"

SLOW = [
    Case("says nothing", lambda server: server.silent(FEED), "fell silent for 0.2 s", MUTE),
    Case("stalls in its headers", begun(HEAD + b"X-A: "), "fell silent for 0.2 s", MUTE),
    Case(
        "stalls in its body",
        begun(HEAD + b"Content-Length: 99\r\n\r\n<rss"),
        "fell silent for 0.2 s",
        MUTE,
    ),
    Case(
        "stalls in a chunk",
        begun(HEAD + b"Transfer-Encoding: chunked\r\n\r\n9\r\n<rss"),
        "fell silent for 0.2 s",
        MUTE,
    ),
    Case("drips its body", lambda server: server.drip(FEED, GOOD, pause=0.02), "not done", SHORT),
    Case("drips its headers", begun(HEAD, b"X-A: b\r\n"), "not done within 0.3 s", SHORT),
    Case("drips after redirects", drip_after_redirects, "not done within 0.3 s", SHORT),
    Case(
        "promises an answer for ever",
        begun(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"),
        "not done within 0.3 s",
        SHORT,
    ),
]
ENDLESS = [
    Case("sends a body without end", lambda server: server.endless(FEED), MUCH),
    Case(
        "sends chunks without end",
        flood(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"2000\r\n" + b" " * 8192 + b"\r\n"),
        MUCH,
    ),
    Case(
        "sends small chunks without end",
        flood(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n" * 5000),
        MUCH,
    ),
    Case("sends headers without end", lambda server: server.endless_headers(FEED), ODD),
    Case("sends a header without end", flood(HEAD + b"X-A: ", b"a" * 5000), ODD),
    Case("sends a status without end", flood(b"HTTP/1.1 200 ", b"a" * 5000), ODD),
    Case("sends a bomb", lambda server: server.bomb(FEED, megabytes=64), MUCH),
    Case(
        "sends a bomb in deflate",
        lambda server: server.bomb(FEED, megabytes=64, packing="deflate"),
        MUCH,
    ),
    Case(
        "sends padding without end",
        flood(HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(GOOD), bytes(50_000)),
        MUCH,
        {"deadline": 2.0},
    ),
    Case(
        "sends empty packets without end",
        flood(HEAD + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(b"") * 500),
        MUCH,
    ),
    Case(
        "declares too large a body",
        begun(HEAD + b"Content-Length: 100001\r\n\r\n" + GOOD),
        MUCH,
        MUTE,
    ),
]
PACKED = [
    *(
        Case(f"packs as {label}", packed(GOOD, label), "did not ask for")
        for label in ("br", "zstd", "compress", "gzip, gzip", "gzip, deflate", "deflate;q=1", "x")
    ),
    Case("says packed and is not", packed(GOOD), "packs its feed wrongly"),
    Case("cuts its packet short", packed(CUT), HALT),
    Case("packs with a false sum", packed(FALSE_SUM), "packs its feed wrongly"),
    Case("packs nothing", packed(gzip.compress(b"")), "empty answer"),
    Case("packs no byte", packed(b""), "empty answer"),
    Case("pads its packet", packed(gzip.compress(GOOD) + bytes(512))),
    Case("packs bare", packed(zlib.compress(GOOD)[2:-4], "deflate")),
    Case("packs in two parts", packed(gzip.compress(GOOD[:9]) + gzip.compress(GOOD[9:]))),
    Case("says identity", packed(GOOD, "identity")),
]
LENGTHS = [
    Case("promises more than it sends", raw(HEAD + b"Content-Length: 999\r\n\r\n" + GOOD), HALT),
    Case("names a length of minus one", raw(HEAD + b"Content-Length: -1\r\n\r\n" + GOOD), ODD),
    Case("names no number as length", raw(HEAD + b"Content-Length: ten\r\n\r\n" + GOOD), ODD),
    Case(
        "names two lengths",
        raw(HEAD + b"Content-Length: 63\r\nContent-Length: 5\r\n\r\n" + GOOD),
        ODD,
    ),
    Case(
        "names a length and chunks",
        raw(
            HEAD + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
            b"%x\r\n%s\r\n0\r\n\r\n" % (len(GOOD), GOOD)
        ),
        ODD,
    ),
    Case("names a chunk wrongly", chunked(b"zz\r\n" + GOOD), ODD),
    Case("names a chunk beyond all", chunked(b"f" * 40 + b"\r\n" + GOOD), ODD),
    Case("sends no last chunk", chunked(b"%x\r\n%s\r\n" % (len(GOOD), GOOD)), HALT),
    Case("sends trailers", chunked(b"%x\r\n%s\r\n0\r\nX-A: b\r\n\r\n" % (len(GOOD), GOOD))),
    Case("names no length", raw(HEAD + b"\r\n" + GOOD)),
    Case("sends nothing", body(b""), "empty answer"),
    Case("sends blanks", body(b" \r\n\t"), "empty answer"),
    Case("resets the connection", lambda server: server.reset(FEED), "broke off the connection"),
    Case("hangs up", raw(b""), "broke off the connection"),
    Case("breaks off in its headers", raw(HEAD), "broke off the connection"),
]
NOT_HTTP = [
    Case("speaks another protocol", raw(b"220 mail.example ESMTP \x1b]0;owned\x07\r\n"), ODD),
    Case("sends only a body", raw(GOOD), ODD),
    Case("sends a NUL in a header", raw(b"HTTP/1.1 200 OK\r\nX-A: \0b\r\n\r\n" + GOOD), ODD),
    Case("sends a header without name", raw(b"HTTP/1.1 200 OK\r\n: b\r\n\r\n" + GOOD), ODD),
    Case("sends no status", raw(b"HTTP/1.1 OK\r\n\r\n" + GOOD), ODD),
    Case("sends words of its own", raw(b"HTTP/1.1 599 \x1b]0;owned\x07\r\n\r\n"), "(599)"),
]
REDIRECTS = [
    Case("sends on five times", chain(5)),
    Case("sends on six times", chain(6), "more than 5 times"),
    Case("sends on to itself", to(FEED), "in a circle"),
    Case("sends in a circle", circle, "in a circle"),
    Case("sends on to nowhere", status(302), "without saying where (302)"),
    *(
        Case(f"sends on to {target[:12]}", to(target), f"on to a “{target.partition(':')[0]}:”")
        for target in (
            *("file:///etc/passwd", "javascript:alert(1)", "data:text/xml,<rss/>"),
            *("ftp://example.org/", "gopher://example.org/", "feed:https://example.org/"),
        )
    ),
    Case("sends a password along", to("http://alice:secret@127.0.0.1/x"), "with a password in it"),
    Case("sends a name along", to("http://alice@127.0.0.1/x"), "with a password in it"),
    *(
        Case(f"sends on to {number} of no host", to(target), "that is written wrongly")
        for number, target in enumerate(
            (
                *("http://[::1", "http://:80/", "http://a b/", "http://1.2.3.4.5/"),
                *("http://example.org:0/", "http://example.org:99999/", "//" + "a" * 5000),
                *("http://[fe80::1%25lo]/", "http://ex%00ample.org/", "http://-a.example/"),
            )
        )
    ),
    Case(
        "writes escapes into a redirect", to("http://\x1b]0;owned.example/"), "is written wrongly"
    ),
]
STATUSES = [
    Case(f"answers {code}", status(code), says)
    for code, says in (
        (206, "only a part"),
        (300, "several documents"),
        (400, "cannot make sense"),
        (401, "wants a name and a password"),
        (402, "to be paid"),
        (403, "refuses this feed"),
        (404, "nothing at this address"),
        (406, "no feed in a form"),
        (408, "waited too long"),
        (410, "for good"),
        (418, "418 instead of a feed"),
        (421, "another server is in charge"),
        (429, "less often"),
        (451, "legal reasons"),
        (500, "fault of its own (500)"),
        (502, "cannot reach the server behind it"),
        (503, "out of service"),
        (504, "waits in vain"),
        (511, "wants you to log in first"),
        (520, "fault of its own (520)"),
        (999, "fault of its own (999)"),
    )
]
STATUSES += [
    Case("answers 203", lambda server: server.serve(FEED, GOOD, status=203)),
    Case("answers 226", lambda server: server.serve(FEED, GOOD, status=226)),
    Case(
        "says unchanged unasked",
        raw(b"HTTP/1.1 304 Not Modified\r\n\r\n"),
        "said “unchanged” though it was asked",
    ),
    Case("hints first", raw(b"HTTP/1.1 103 Early Hints\r\n\r\n" + HEAD + b"\r\n" + GOOD)),
    Case("challenges", status(403, cf_mitigated="challenge"), "lets only browsers in"),
    Case("challenges as busy", status(503, cf_mitigated="challenge"), "lets only browsers in"),
    Case(
        "knows another login", status(401, WWW_Authenticate="Digest realm=x"), "way of logging in"
    ),
    Case(
        "knows our login", status(401, WWW_Authenticate="Digest a, Basic b"), "name and a password"
    ),
    Case("wants a moment", status(429, Retry_After="30"), "try again in a minute"),
    Case("wants half an hour", status(503, Retry_After="1800"), "try again in 30 minutes"),
    Case("wants to be forgotten", status(429, Retry_After="9" * 30), "try again in 24 hours"),
    Case("wants it yesterday", status(503, Retry_After="-5"), "try again later"),
    Case("wants words", status(503, Retry_After="soon"), "try again later"),
]
CASES = [
    *(*SLOW, *ENDLESS, *PACKED, *LENGTHS, *NOT_HTTP, *REDIRECTS, *STATUSES),
    *(
        Case(f"says {kind or 'nothing'} is the kind", body(GOOD, Content_Type=kind))
        for kind in (
            "text/html",
            "text/plain; charset=utf-7",
            "image/png",
            "\xff",
            "",
            RSS + ";" * 99,
        )
    ),
]
BY_NAME = {case.name: case for case in CASES}
