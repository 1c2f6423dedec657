"""Tests that read as ledgers: ``@ledger`` turns the entries of a test's docstring into a Book.

    @ledger
    def test_a_rejected_claim_falls(book: Book, ids: Ids) -> None:
        '''
        i = 2022-01-20 incident name="Attack on Zenda"
        c = 2022-01-30 claim outcome=killed figure=12 speaker="Zenda Monitor"
        2022-01-31 judgement verb=reject target=c reason="misread"
        '''
        assert ids["c"] in book.fallen

A line is notation, with what a test need not say left out:

- ``label =`` before a line names its id; every reference (report, claim, incident, target, other, claims,
  part_of, supersedes, reprints) may be a label of any line above, and a target may be ``code:label``;
- a claim, course or doubt stands in the latest report above, or in one made for it; ``publisher=NAME`` puts it into
  a report of that publisher and day;
- a claim or course is linked to the latest incident above; ``incident=LABEL`` names another, ``incident=-`` none;
- span, quote, a report's digests, a course's type and a judgement's reason are filled in;
- ``recorded_at`` grows by a minute with every line.

The test takes any of ``book``, ``entries`` (in order), ``ids`` (label to id), and fixtures as usual.
"""

from __future__ import annotations

import hashlib
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from tollbook import notation
from tollbook.nouns import EPOCH, Entry, Incident, Link, Report

Ids = dict[str, str]

_LABEL = re.compile(r"([A-Za-z_]\w*)\s*=\s*(?=(?:\d{4}-\d\d-\d\d|-)\s)")
_REFERENCES = (
    "report",
    "claim",
    "incident",
    "target",
    "other",
    "claims",
    "part_of",
    "supersedes",
    "reprints",
)
_OWN = r"\s{name}=(\"(?:[^\"\\]|\\.)*\"|\S+)"


def ledger(test: Callable[..., None]) -> Callable[..., None]:
    """The test, called with the Book of its docstring."""
    wanted = inspect.signature(test).parameters

    def run(**fixtures: object) -> None:
        ids: Ids = {}
        entries = written(test.__doc__ or "", ids)
        given: dict[str, object] = {"entries": entries, "ids": ids}
        if "book" in wanted:
            from tollbook.book import realise  # noqa: PLC0415  (the notation tests need no book)

            given["book"] = realise(entries)
        test(**{name: given[name] for name in wanted if name in given}, **fixtures)

    run.__name__ = test.__name__
    run.__doc__ = test.__doc__
    run.__module__ = test.__module__
    fixtures = [p for name, p in wanted.items() if name not in {"book", "entries", "ids"}]
    run.__signature__ = inspect.Signature(fixtures)  # type: ignore[attr-defined]  # what pytest fills in
    return run


def written(text: str, ids: Ids | None = None) -> tuple[Entry, ...]:
    """The entries of a ledger in the short form above; labels are added to ``ids``."""
    ids = {} if ids is None else ids
    found: dict[str, Entry] = {}
    report = incident = ""
    for number, raw in enumerate(textwrap.dedent(text).strip().splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        label = _LABEL.match(line)
        line = line[label.end() :] if label else line
        kind = line.split(None, 2)[1]
        target = incident
        if kind in {"claim", "course", "doubt"}:
            line, publisher = _own(line, "publisher")
            line, named = _own(line, "incident")
            target = "" if named == "-" else ids.get(named, named) or incident
            if publisher or not (report or " report=" in line):
                made = _report(line.split()[0], publisher or "Ruritania Gazette")
                found.setdefault(made.id, made)
                line = _with(line, report=made.id)
        entry = _linked(notation.parse(_filled(line, kind, number, report)), ids)
        if entry.recorded_at == EPOCH:
            entry = replace(entry, recorded_at=EPOCH + timedelta(minutes=number))
        found.setdefault(entry.id, entry)
        if label:
            ids[label[1]] = entry.id
        if isinstance(entry, Report):
            report = entry.id
        if isinstance(entry, Incident):
            incident = entry.id
        if kind in {"claim", "course"} and target:
            link = Link(said_on=entry.said_on, claim=entry.id, incident=target, recorded_at=entry.recorded_at)
            found.setdefault(link.id, link)
    return tuple(found.values())


def _own(line: str, name: str) -> tuple[str, str]:
    """The line without a field that only this helper knows, and that field's value."""
    match = re.search(_OWN.format(name=name), line)
    if match is None:
        return line, ""
    return line[: match.start()] + line[match.end() :], match[1].strip('"')


def _with(line: str, **defaults: str) -> str:
    """The line with the fields it does not give."""
    parts = line.split(None, 2)
    given = {name for name, _ in notation._pairs(parts[2] if len(parts) > 2 else "")}
    return line + "".join(f" {n}={notation._word(v)}" for n, v in defaults.items() if n not in given)


def _filled(line: str, kind: str, number: int, report: str) -> str:
    if kind in {"claim", "course", "doubt"}:
        # One hundred characters a line: quotes of different lines never overlap.
        filled = _with(
            line, report=report, span=f"{number * 100}:{number * 100 + 99}", quote=f"line {_letters(number)}"
        )
        return _with(filled, type="Armed clash") if kind == "course" else filled
    if kind == "report":
        digest = hashlib.sha256(line.encode()).hexdigest()
        return _with(line, original=digest, text=digest)
    return _with(line, reason="as the test says") if kind == "judgement" else line


def _letters(number: int) -> str:
    """The number of a line in letters: a number in a quote would be read as what the claim says."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


def _report(day: str, publisher: str) -> Report:
    line = f"{day} report publisher={notation._word(publisher)}"
    made = notation.parse(_filled(line, "report", 0, ""))
    assert isinstance(made, Report)
    return made


def _linked(entry: Entry, ids: Ids) -> Entry:
    """The entry with labels replaced by the ids they name."""
    changes: dict[str, Any] = {}
    for name in _REFERENCES:
        value = getattr(entry, name, None)
        if isinstance(value, tuple):
            changes[name] = tuple(ids.get(v, v) for v in value)
        elif isinstance(value, str):
            changes[name] = ":".join(ids.get(part, part) for part in value.split(":"))
    return replace(entry, **changes) if changes else entry


def lines(entries: Iterator[Entry] | tuple[Entry, ...]) -> str:
    """The entries in notation, for messages of a test."""
    return "\n".join(f"{e.id} {notation.show(e)}" for e in entries)
