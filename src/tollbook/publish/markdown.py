"""The bulletin in Markdown: the same content as the HTML; nothing of a source's words acts as markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tollbook.publish.page import Head, Number, Page, Run

_ACTIVE = re.compile(r"([\\`*_\[\]{}|~#^$])")
# What renderers make links or mentions of without any brackets.
_AUTO = re.compile(r"(?i)(?<=[a-z])(:)(?=//)|(?<=mailto)(:)|(?<=xmpp)(:)|(?<=www)(\.)")


def escaped(text: str) -> str:
    """The text for one line of Markdown; it stands for itself in every position."""
    one = " ".join(text.split())
    one = _ACTIVE.sub(r"\\\1", one.replace("&", "&amp;"))
    one = one.replace("<", "&lt;").replace(">", "&gt;").replace("@", "&#64;").replace("!", "&#33;")
    one = _AUTO.sub(lambda m: "&#46;" if m[4] else "&#58;", one)
    return re.sub(r"^([-+=]|\d+[.)])", _at_front, one)


def _at_front(found: re.Match[str]) -> str:
    mark = found[1]
    return f"\\{mark}" if len(mark) == 1 else f"{mark[:-1]}\\{mark[-1]}"


def figure(number: Number) -> str:
    """A figure as a link, the best value in bold, with its marks."""
    text = "".join(f"**{t}**" if strong else t for t, strong in number.pieces)
    word = f" “{escaped(number.word)}”" if number.word else ""
    rise = f" [↑]({number.rise})" if number.rise else ""
    star = "\\*" if number.summed else ""
    return f"[{text}{word}{star}]({number.target}){rise}"


def runs(parts: Iterable[Run]) -> str:
    """A sentence with its numbers linked."""
    return "".join(_run(part) for part in parts)


def _run(part: Run) -> str:
    if part.target:
        return f"[{escaped(part.text)}]({part.target})"
    inner = escaped(part.text)
    # Blanks at the ends part the words from the links.
    return (
        (" " if part.text[:1].isspace() else "") + inner + (" " if part.text[-1:].isspace() and inner else "")
    )


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    return [_row(heads), _row("---" for _ in heads), *(_row(row) for row in rows), ""]


def _anchor(name: str) -> str:
    """A place to link to; anchors are made here, of letters, digits and hyphens only."""
    return f'<a id="{re.sub(r"[^A-Za-z0-9-]", "-", name)}"></a>'


def markdown(page: Page) -> str:
    """The bulletin as Markdown with HTML anchors, ending in a line break."""
    lines = [
        *_head(page),
        *_toll(page),
        *_since(page),
        *_over_time(page),
        *_matrix(page),
        *_moved(page),
        *_course(page),
    ]
    lines += [*_findings(page), *_workings(page), *_sources(page)]
    return "\n".join(lines).rstrip() + "\n"


def _head(page: Page) -> list[str]:
    where = " ▸ ".join(map(escaped, page.where))
    counts = (
        f"[{len(page.papers)} reports](#sources) · [{len(page.voices)} sources behind them](#{'matrix' if page.lines else 'sources'}) · "
        f"[{len(page.notes)} findings](#findings) · method {escaped(page.method)}"
    )
    known = f" · as known on {escaped(page.known)}" if page.known else ""
    known += f" · grade **{escaped(page.grade)}**" if page.grade else ""
    known += f" · {escaped(page.status)}" if page.status else ""
    headline = runs(page.headline)
    told = [line for paragraph in page.intro for line in (runs(paragraph), "")]
    notice = [escaped(page.notice[2]), ""] if page.notice else []
    return [
        f"# {headline or escaped(page.title)}",
        "",
        *([escaped(page.title), ""] if headline else []),
        *told,
        *notice,
        f"{where}{' · ' if where else ''}{escaped(page.when)}",
        "",
        "Every number is a link to the sentence it was read from. A range stands wherever the sources do not agree.",
        "",
        counts + known,
        "",
    ]


def _toll(page: Page) -> list[str]:
    def row(head: Head) -> list[str]:
        notes = [escaped(head.number.note), "\\* a sum of its parts" if head.number.summed else ""]
        return [
            escaped(head.outcome),
            escaped(head.group),
            figure(head.number),
            ", ".join(f"{escaped(v.short)}{f' {figure(n)}' if n else ''}" for v, n in head.voices),
            "; ".join(n for n in notes if n),
        ]

    rows = [row(head) for head in (*page.heads, *page.others)]
    return ["## The toll", "", *_table(["outcome", "of", "low – **best** – high", "by", ""], rows)]


def _since(page: Page) -> list[str]:
    """What moved since the last bulletin."""
    if page.since is None:
        return []
    corrects = ", which this one corrects" if page.since.corrects else ""
    lines = [
        "## What changed since the last bulletin",
        "",
        f"That of {escaped(page.since.day)}{corrects}.",
        "",
    ]
    for move in page.since.moves:
        after = figure(move.after) if move.after.text != "–" else "nothing any more"
        gain = f" ({runs([move.delta])})" if move.delta.text else ""
        head = f"- {_anchor(move.anchor)}{escaped(move.outcome)}, {escaped(move.group)}"
        lines.append(
            f"{head}: {figure(move.before)} → {after}{gain}, {escaped(move.kind)}. {runs(move.why)}".rstrip()
        )
    return [*lines, "" if page.since.moves else "No figure of it has moved.", ""]


def _over_time(page: Page) -> list[str]:
    if not page.days:
        return []
    heads = ["day", "toll", *(escaped(v.short) for v in page.voices)]
    rows = [
        [day.day, figure(day.toll) if day.toll else "", *(figure(c) if c else "" for c in day.cells)]
        for day in page.days
    ]
    return [f"## The toll over time ({escaped(page.chart_of)}, everyone)", "", *_table(heads, rows)]


def _matrix(page: Page) -> list[str]:
    if not page.lines:
        return []
    heads = ["outcome", "of", *(escaped(v.short) for v in page.voices)]
    rows = [
        [escaped(line.outcome), escaped(line.group), *(figure(c) if c else "–" for c in line.cells)]
        for line in page.lines
    ]
    lines = ['<a id="matrix"></a>', "", "## Who says what", "", *_table(heads, rows)]
    lines += [
        "\\* is a sum of its parts: nobody said it as it stands. ↑ the source says that it may still rise.",
        "",
    ]
    if page.disputes:
        lines += ["### Where they cannot both be right", ""]
    for dispute in page.disputes:
        sides = " against ".join(f"{escaped(v.short)} {figure(n)}" for v, n in dispute.sides)
        apart = f" ({runs(dispute.what)})" if dispute.what else ""
        lines.append(
            f"- {_anchor(dispute.anchor)}{escaped(dispute.outcome)}, {escaped(dispute.group)}: {sides}{apart}"
        )
    return [*lines, ""]


def _moved(page: Page) -> list[str]:
    if not page.moves:
        return []
    lines = ["## What moved, and why", ""]
    for move in page.moves:
        before = f"{figure(move.before)} → " if move.before.text != "–" else ""
        gain = f" ({runs([move.delta])})" if move.delta.text else ""
        head = f"- {_anchor(move.anchor)}{move.day}, {escaped(move.voice.short)}: {escaped(move.outcome)}, {escaped(move.group)}"
        why = f" {runs(move.why)}" if move.why and move.before.text != "–" else ""
        lines.append(f"{head}: {before}{figure(move.after)}{gain}, {escaped(move.kind)}.{why}")
    return [*lines, ""]


def _course(page: Page) -> list[str]:
    lines = []
    if page.map_words:
        lines += ["## Where", "", escaped(page.map_words), ""]
    if page.steps:
        lines += ["## What happened, by whose word", ""]
    if page.contested:
        lines += [f"**In dispute.** {escaped(page.contested)}", ""]
    for step in page.steps:
        quotes = " ".join(f"[“{escaped(q.text)}”]({q.target})" for q in step.quotes)
        lines.append(
            f"- {step.day}, **{step.phase}**, {escaped(step.type)}. {escaped(step.voice.short)}: {quotes}"
        )
    return [*lines, ""]


def _findings(page: Page) -> list[str]:
    lines = ['<a id="findings"></a>', "", "## Findings", ""]
    for note in page.notes:
        claims = ", ".join(runs([c]) for c in note.claims)
        explained = f" Explained: {escaped(note.explained)}" if note.explained else ""
        lines.append(
            f"- {_anchor(note.anchor)}**{escaped(note.code)}** {runs(note.what)} {runs(note.why)}"
            f"{f' Claims: {claims}.' if claims else ''}{explained}"
        )
    return [*lines, "" if page.notes else "None.", ""]


def _workings(page: Page) -> list[str]:
    lines = ['<a id="workings"></a>', "", "## How the figures came about", ""]
    lines += [f"Method {escaped(page.method)}. {escaped(page.method_words)}", ""]
    for work in page.workings:
        alone = f", by {escaped(work.voice)} alone" if work.voice else ""
        summed = f" {work.sum}" if work.sum else ""
        note = f" No single number: {escaped(work.number.note)}." if work.number.note else ""
        lines.append(
            f"- {_anchor(work.anchor)}{escaped(work.outcome)}, {escaped(work.group)}{alone}: {figure(work.number)}.{note}{summed}"
        )
        for word, rows in (("rests on", work.used), ("set aside", work.aside)):
            for taken in rows:
                who = f"{escaped(taken.voice.short)}, {taken.day}"
                why = f": {runs(taken.why)}" if taken.why else ""
                rule = f" ({escaped(taken.rule)})" if taken.rule else ""
                lines.append(f"  - {word}: {runs([taken.claim])} {who}{why}{rule}")
    return [*lines, ""]


def _sources(page: Page) -> list[str]:
    lines = ['<a id="sources"></a>', "", "## Sources, sentence by sentence", ""]
    for paper in page.papers:
        title = f" {escaped(paper.title)}." if paper.title else ""
        address = f" <{paper.address}>" if paper.address else ""
        lines.append(f"- {_anchor(paper.anchor)}**{escaped(paper.publisher)}**, {paper.day}.{title}{address}")
        for said in paper.statements:
            relayed = f", relayed by {escaped(said.relayed)}" if said.relayed else ""
            state = f"; {escaped(said.state)}" if said.state else ""
            before, after = _gap(said.before, end=True), _gap(said.after, end=False)
            lines.append(
                f"  - {_anchor(said.anchor)}“{before}**{escaped(said.quote)}**{after}” "
                f"{escaped(said.speaker)}{relayed}: {escaped(said.reads)}{state}"
            )
    made = f"Made with tollbook on {escaped(page.made)}."
    places = " Place names: GeoNames (CC BY). Borders: Natural Earth." if page.map_words else ""
    log = f" It rests on a log up to position {page.log[0]}, whose head is {page.log[1]}." if page.log else ""
    return [*lines, "", made + places + log]


def _gap(text: str, *, end: bool) -> str:
    """Words beside a quote, with the blank that parts them from it."""
    inner = escaped(text)
    if end:
        return inner + (" " if inner and text[-1:].isspace() else "")
    return (" " if inner and text[:1].isspace() else "") + inner
