"""Texts that attack a page, made of families of attack, each in many spellings; all leave a mark by which they are known."""

from __future__ import annotations

import html
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tollbook import pipeline
from tollbook.codes import Outcome, Phase, Verb
from tollbook.figures import Figure
from tollbook.nouns import (
    Assertion,
    Claim,
    Course,
    Doubt,
    Entry,
    Incident,
    Judgement,
    Link,
    Publication,
    Report,
    Site,
    Source,
    Span,
    Unread,
)  # fmt: skip

# What a script would do that ran: the tests listen for it.
CALL = "canary()"
# What a page must never hold as an element, attribute or address: it stands in every payload that makes one.
MARK = "canary"
AWAY = "//canary.invalid/"

_HANDLERS = "error load click focus mouseover toggle begin animationstart input pointerenter auxclick beforematch".split()
_ELEMENTS = (
    "img src=canary: {0}", "svg {0}", "body {0}", "video src=canary: {0}", "details open {0}", "input autofocus {0}",
    "iframe srcdoc='' {0}", "object data=canary: {0}", "math {0}", "marquee {0}", "select autofocus {0}", "x-canary {0} tabindex=1",
)  # fmt: skip
_WHOLE = (
    f"<script>{CALL}</script>", f"<script src={AWAY}a.js></script>", f"<svg><script>{CALL}</script></svg>",
    f"<iframe src=javascript:parent.{CALL}></iframe>", f'<iframe srcdoc="<script>parent.{CALL}</script>"></iframe>',
    f"<object data={AWAY}o></object>", f"<embed src={AWAY}e>", f"<link rel=stylesheet href={AWAY}s.css>",
    f"<meta http-equiv=refresh content='0;url={AWAY}'>", f"<base href={AWAY}>", f"<style>@import '{AWAY}s.css';</style>",
    f'<p style="background:url({AWAY}b)" class=canary>', f"<form action={AWAY}><button class=canary>x</button></form>",
    f"<a href=javascript:{CALL} class=canary>x</a>", f"<img src={AWAY}i.png>", f"<img srcset='{AWAY}i.png 1x'>",
    f"<video poster={AWAY}v></video>", f"<audio src={AWAY}a autoplay></audio>", f"<svg><use href={AWAY}u#x /></svg>",
    f"<svg><image href={AWAY}u /></svg>", f"<svg><a href=javascript:{CALL}><text y=9>canary</text></a></svg>",
    f"<svg><animate attributeName=href values=javascript:{CALL} id=canary></svg>", f"<svg><foreignObject><body onload={CALL}></svg>",
    f"<math><mtext><table><mglyph><style><img src=x onerror={CALL}></style></mglyph></table></mtext></math>",
    f"<math href=javascript:{CALL} id=canary>x</math>", f"<template><script>{CALL}</script></template><x-canary>",
    f"<noscript><p title='</noscript><img src=x onerror={CALL}>'>", f"<textarea></textarea><img src=x onerror={CALL}>",
    f"<title></title><img src=x onerror={CALL}>", f"<!--><img src=x onerror={CALL}>-->", f"<![CDATA[<img src=x onerror={CALL}>]]>",
    f"</script><script>{CALL}</script>", f"</style><img src=x onerror={CALL}>", f"</title><img src=x onerror={CALL}>",
    f"</textarea><img src=x onerror={CALL}>", f"</bdi></td></table></main><img src=x onerror={CALL}>", f"--><img src=x onerror={CALL}>",
    # Names that a script of the page would look up.
    "<form id=canary name=attributes><input name=parentNode></form>", "<img name=canary id=getElementById>", "<a id=canary href=canary:x>",
    "<main id=main class=canary>", "<p data-live id=canary>", "<p data-say class=canary>", "<button data-key=a class=canary>", "<p data-csrf=canary>",
    # What the library of the pages would obey.
    f"<p hx-get={AWAY} hx-trigger=load class=canary>", f"<p hx-on:load={CALL} class=canary>", f"<p hx-on::load={CALL} class=canary>",
    f"<p data-hx-get={AWAY} data-hx-trigger=load class=canary>", "<p hx-vals='js:{a: canary()}' hx-trigger=load hx-get=/ class=canary>",
    "<p hx-ext=canary hx-config='\"selfRequestsOnly\":false'>", f"<hx-partial hx-target=body class=canary><script>{CALL}</script></hx-partial>",
)  # fmt: skip
_ADDRESSES = (
    f"javascript:{CALL}", f"JaVaScRiPt:{CALL}", f"java\tscript:{CALL}", f"java\nscript:{CALL}", f" \x01javascript:{CALL}", f"javascript://x%0a{CALL}",
    f"vbscript:{CALL}", f"data:text/html,<script>{CALL}</script>", f"data:image/svg+xml,<svg onload={CALL}>", f"blob:{AWAY}", "file:///canary", AWAY,
    f"https:{AWAY}", "\\\\canary.invalid\\", "///canary.invalid", "http:canary.invalid", f"feed:javascript:{CALL}", f"view-source:javascript:{CALL}",
)  # fmt: skip
_SYNTAX = (
    "{{ 7*7 }}canary", "{% raw %}canary", "{{ canary.__class__ }}", "${canary()}", "#{canary()}", "<%= canary() %>", "[[${canary()}]]", "{{constructor.constructor('canary()')()}}",
    "#let canary = 1", '#image("/etc/canary")', '#eval("canary")', "$ canary $", "@canary", "<canary>", '#read("canary")', "`canary`", "*canary*", "= canary",
    f"[canary](javascript:{CALL})", f"![canary]({AWAY}i.png)", f"<{AWAY}>", f"[canary]: {AWAY} 'x'", "| canary | x |\n|---|---|", "# canary", "- canary\n- canary", "~~~\ncanary",
    "=canary()", "+canary()", "-canary()", "@canary()", "\t=canary()", "\r=canary()", "\n=canary()", "＝canary()", "＋canary()", "－canary()", "＠canary()", "\u200b=canary()", " =canary()",
    '=HYPERLINK("http://canary.invalid","x")', "=cmd|' /C canary'!A0", '"=canary()"', "'=canary()", 'x"\r\n=canary()', ";=canary()", ",=canary()", '=1+1";=canary()',
    "url(canary:)", "expression(canary())", "};canary();{", "';canary();'", '");canary();("', "\\u0027;canary();", "</canary", "<canary", "&lt;canary&gt;", "&#x3c;canary&#62;",
    "\x00canary", "canary\x00<b id=canary>", "\ufeffcanary", "\ud7ff\ue000canary", "%00canary", "%3Cb%20id=canary%3E", "\\x3cb id=canary\\x3e", "canary\u2028canary()", "canary\u2029canary()",
)  # fmt: skip
_HIDDEN = (
    "\u202e",
    "\u202d",
    "\u2066",
    "\u2067",
    "\u2068",
    "\u200f",
    "\u200b",
    "\u200d",
    "\u2060",
    "\u00ad",
    "\ufeff",
    "\U000e0041",
)
_OUT_OF = ("", "'", '"', "'>", '">', "`>", "</bdi>", "-->", "]]>", "' ", '" ', '"/>', "</a>")


def _spelt(tag: str) -> Iterator[str]:
    """One element in spellings that a careless filter lets through."""
    yield tag
    yield tag.replace(" ", "/")
    yield tag.replace(" ", "\t").replace("=", "\n=")
    yield tag.swapcase().replace(CALL.upper(), CALL)
    yield tag.replace("<", "\uff1c").replace(">", "\uff1e")
    yield html.escape(tag)
    yield quote(tag)
    yield tag[:-1]
    yield tag.replace("<", "<\u200b", 1)


def payloads() -> list[str]:
    """All of them, each once, in an order that is always the same."""
    found: list[str] = []
    for (n, element), handler in product(enumerate(_ELEMENTS), _HANDLERS):
        tag = f"<{element.format(f'on{handler}={CALL}')}>"
        found += [_OUT_OF[(n + len(handler)) % len(_OUT_OF)] + spelt for spelt in _spelt(tag)][: 4 + n % 6]
    for n, whole in enumerate(_WHOLE):
        found += [_OUT_OF[(n + k) % len(_OUT_OF)] + spelt for k, spelt in enumerate(_spelt(whole))]
    for handler, out in product(_HANDLERS, ('"', "'", "` ", '"\n', "'/")):
        found.append(f"canary{out} on{handler}={CALL} x={out}")
    found += _ADDRESSES
    found += _SYNTAX
    found += [f"canary{sign}<b id=canary>{sign}x" for sign in _HIDDEN]
    found = list(dict.fromkeys(found))
    random.Random(5).shuffle(found)
    return found


def batches(size: int) -> list[list[str]]:
    """The payloads in lots."""
    every = payloads()
    return [every[n : n + size] for n in range(0, len(every), size)]


# What a spreadsheet would take for a formula, each alone at the start of a cell.
LEADS = ("=", "+", "-", "@", "\t", "\r", "\n", "\x00", "＝", "＋", "－", "＠")


def lots(size: int) -> list[str]:
    """The texts that fields are filled with: what starts a formula alone, all others many together."""
    return [f"{lead}canary()" for lead in LEADS] + [" ¶ ".join(batch) for batch in batches(size)]


def fill(folder: Path, size: int) -> None:
    """Makes a box in which every field that holds words holds an attack, in every kind of entry."""
    pipeline.init_box(folder)
    with pipeline.open_box(folder) as box:
        for n, bad in enumerate(lots(size)):
            box.log.append(_entries(box, bad, n))


def _entries(box: pipeline.Box, bad: str, n: int) -> list[Entry]:
    """One entry of each kind, all about one incident."""
    at, day = datetime(2022, 1, 30, 6, n % 60, n // 60, tzinfo=UTC), date(2022, 1, 30)
    words = f"{bad} Twelve people were killed, {bad} said."
    digest = box.kept.keep(words.encode("utf-8", "replace"))
    new: dict[str, Any] = {"said_on": day, "recorded_at": at, "made_by": bad}
    report = Report(
        **new,
        title=bad,
        publisher=bad,
        address=bad,
        lang=bad,
        original=digest,
        text=digest,
        document=bad,
        origin=bad,
        marks=(bad,),
    )
    where: dict[str, Any] = {**new, "report": report.id, "span": Span(0, len(bad)), "quote": bad}
    claim = Claim(
        **where, outcome=Outcome.KILLED, figure=Figure(12, 12, 12 + n, bad), speaker=bad, relayed_by=(bad,), place=bad, rule=bad, victims=bad,
        party=bad, perpetrator=bad, since=bad, dim=bad, date_from=day, date_to=day,
    )  # fmt: skip
    other = Claim(
        **where,
        outcome=Outcome.WOUNDED,
        figure=Figure(3, 3, 3),
        speaker="Zenda Monitor",
        party=f"{n} {bad}",
        proposed=True,
    )
    course = Course(
        **where, type=bad, phase=Phase.BEGAN, actors=(bad,), speaker=bad, place=bad, date_from=day
    )
    incident = Incident(
        **new,
        name=bad,
        place=bad,
        date_from=day,
        date_to=day,
        latitude=36.0 + n / 50,
        longitude=40.0,
        geo_precision=1,
    )
    judged: dict[str, Any] = {**new, "reason": bad}
    return [
        Source(**new, name=bad, aliases=(f"{n}{bad}",), party=bad, coverage=(bad,), notes=bad),
        # Few of them, with a name that no other field has: where it stands it would hide the attack beside it.
        *([Source(**new, name=f"<b id=canary>{n}", confidential=True, pseudonym=f"k{n}", notes=bad)] if n % 8 == 0 else []),
        report, claim, other, course, incident,
        *(Link(**new, claim=said.id, incident=incident.id, reason=bad, runner_up=bad) for said in (claim, other, course)),
        Doubt(**where, why=bad),
        Unread(**new, original=digest, document=bad, origin=bad, reason=bad),
        Assertion(**new, incident=incident.id, outcome=Outcome.KILLED, group=bad, expects=Figure(100, 100, 100)),
        Publication(**new, format="bulletin", incident=incident.id, upto=1, head="0" * 64, digest="0" * 64, title=bad),
        Site(**new, name=bad, latitude=36.0, longitude=40.0, aliases=(bad,), note=bad),
        Judgement(**judged, verb=Verb.COMMENT, target=claim.id),
        Judgement(**judged, verb=Verb.COMMENT, target=incident.id),
        Judgement(**judged, verb=Verb.CORRECT, target=claim.id, changes=(("place", bad), ("speaker", bad))),
        Judgement(**judged, verb=Verb.ASSIGN, target=claim.id, changes=(("to", bad),)),
        Judgement(**judged, verb=Verb.ACKNOWLEDGE, target=f"outside-expected:{incident.id}"),
        Judgement(**judged, verb=Verb.REJECT, target=other.id) if n % 2 else Judgement(**judged, verb=Verb.REVIEW, target=other.id),
    ]  # fmt: skip
