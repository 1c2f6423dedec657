"""What an editor should look at."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.responses import Response

from tollbook import figures, plugins
from tollbook.checks import TIERS, Page, catalogue
from tollbook.desk import acts, render
from tollbook.desk.ask import Ask
from tollbook.desk.citing import Cited
from tollbook.desk.faults import absent
from tollbook.desk.ways import Ways
from tollbook.nouns import Claim, Judgement, Statement
from tollbook.values import Finding
from tollbook.views import findings as rows

ways = Ways()

_PAGE = 25
_SHOWN = 6  # claims of one finding; the rest is counted
_KEYS = ("tier", "code", "incident", "show")


@dataclass(frozen=True)
class Said:
    """A statement that a finding speaks of, covered, with where its words stand and what is to be decided on it."""

    id: str
    href: str
    quote: str
    voice: str
    publisher: str
    statement: Statement
    seen: str
    figure: Claim | None


@dataclass(frozen=True)
class Shown:
    """A finding as the page shows it, covered.

    Attributes:
        finding: as it was found.
        said: the statements it speaks of, the first ones.
        more: how many more there are.
        places: the incidents it is about, id and name.
        seen: what an act on it is filled in against.
        by: the judgement that explained it.
    """

    finding: Finding
    what: str
    why: str
    remedy: str
    said: tuple[Said, ...]
    more: int
    places: tuple[tuple[str, str], ...]
    seen: str
    by: Judgement | None


def _pages() -> dict[str, Page]:
    return {page.code: page for page in catalogue(plugins.checks().values())}


@ways.page("/findings", slow=True)
def findings(ask: Ask) -> Response:
    """All findings, filtered."""
    asked = {name: ask.query(name)[:80] for name in _KEYS if ask.query(name)}
    return _listed(ask, asked, None)


@ways.page("/findings/{code}", slow=True)
def finding_code(ask: Ask) -> Response:
    """One check: what it means, its smallest examples, and what it finds in this book."""
    page = _pages().get(ask.part("code"))
    if page is None:
        raise absent()
    asked = {name: ask.query(name)[:80] for name in ("incident", "show") if ask.query(name)}
    return _listed(ask, {**asked, "code": page.code}, page)


def _listed(ask: Ask, asked: Mapping[str, str], page: Page | None) -> Response:
    looked = ask.desk.looking.looked(ask.state)
    said = dict.fromkeys(_KEYS, "") | dict(asked)
    if looked is None:
        return render.page(ask, "findings.html", looked=None, page=page, asked=said)
    wanted = [f for f in looked.findings if _of(ask, f, asked)]
    some = [f for f in wanted if _stands(f, asked.get("show", "open"))]
    some.sort(key=rows.rank)
    # By rank, which holds the key: a page goes on behind it though others came in or went.
    after = ask.query("after")
    start = bisect_right(some, _rank(after), key=rows.rank) if after else 0
    shown = some[start : start + _PAGE]
    more = start + _PAGE < len(some)
    path = f"/findings/{page.code}" if page else "/findings"
    kept = {k: v for k, v in asked.items() if not (page and k == "code")}
    last = shown[-1] if more and shown else None
    return render.page(
        ask, "findings.html", looked=looked, page=page, asked=said, total=len(some), path=path, kept=kept,
        shown=[_shown(ask, f) for f in shown], codes=_codes(looked.findings), tiers=TIERS, address=_address, notation=figures.show,
        further=_address(path, {**kept, "after": _after(last)}) if last else "",
        open_count=sum(f.explained is None for f in wanted), explained_count=sum(f.explained is not None for f in wanted),
        incident=ask.book.incidents.get(asked.get("incident", "")),
    )  # fmt: skip


def _of(ask: Ask, finding: Finding, asked: Mapping[str, str]) -> bool:
    if asked.get("tier", finding.tier) != finding.tier or asked.get("code", finding.code) != finding.code:
        return False
    return "incident" not in asked or asked["incident"] in rows.touched(ask.book, finding)


def _stands(finding: Finding, show: str) -> bool:
    if show == "all":
        return True
    return (finding.explained is not None) == (show == "explained")


def _after(finding: Finding) -> str:
    explained, tier, key = rows.rank(finding)
    return f"{int(explained)}.{tier}.{key}"


def _rank(after: str) -> tuple[bool, int, str]:
    explained, _, rest = after.partition(".")
    tier, _, key = rest.partition(".")
    return explained == "1", int(tier[:3]) if tier.isdecimal() and tier.isascii() else 0, key


def _address(path: str, query: Mapping[str, str]) -> str:
    left = {k: v for k, v in query.items() if v}
    return f"{path}?{urlencode(left)}" if left else path


@dataclass(frozen=True)
class Counted:
    """One check with what it found: how many are open, how many explained."""

    code: str
    tier: str
    meaning: str
    open: int
    explained: int


def _codes(found: Sequence[Finding]) -> list[Counted]:
    """Every check in its order, those that find nothing, too."""
    counts = Counter((f.code, f.explained is None) for f in found)
    return [
        Counted(p.code, p.tier, p.meaning, counts[p.code, True], counts[p.code, False])
        for p in sorted(_pages().values(), key=lambda p: TIERS.index(p.tier))
    ]


def _shown(ask: Ask, finding: Finding) -> Shown:
    state, veil, book = ask.state, ask.state.veil, ask.book
    evidence = state.kept(
        "cited", lambda: Cited(book, veil, lambda r: ask.live.searching.text(book.reports[r]))
    )
    said = [(i, s) for i in finding.claims if (s := evidence.statement(i)) is not None]
    by = acts.newest(state, finding.key) if finding.explained is not None else None
    return Shown(
        finding, veil(finding.what), veil(finding.why), veil(finding.remedy),
        tuple(_said(ask, evidence, i, s) for i, s in said[:_SHOWN]), max(0, len(said) - _SHOWN),
        tuple((i, veil(book.incidents[i].name)) for i in sorted(rows.touched(book, finding)) if i in book.incidents)[:4],
        acts.seen(state, finding.key), by,
    )  # fmt: skip


def _said(ask: Ask, evidence: Cited, key: str, statement: Statement) -> Said:
    book, veil = ask.book, ask.state.veil
    report = book.reports.get(statement.report)
    return Said(
        key, evidence.target(key), veil(statement.quote), veil.name(book.origin_of.get(key) or statement.speaker),
        veil.name(report.publisher) if report else "", statement, acts.seen(ask.state, key),
        statement if isinstance(statement, Claim) else None,
    )  # fmt: skip
