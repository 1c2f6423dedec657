"""``one-text-two-days``: one publisher's text came in twice, with different days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from tollbook.checks.kinds import Check, headline
from tollbook.nouns import Report
from tollbook.values import Book, Finding, fold

# Characters from which on a text is an article. A bulletin of a few lines may say the same on two days.
LONG = 500


def find(book: Book) -> Iterator[Finding]:
    """The reports with the words of an earlier one of the same publisher."""
    same: dict[tuple[str, str], list[Report]] = defaultdict(list)
    for report in book.reports.values():
        if report.text and report.said_on is not None:
            same[fold(report.publisher), report.text].append(report)
    claims: dict[str, list[str]] = defaultdict(list)
    reach: dict[str, int] = defaultdict(int)
    for i, claim in book.claims.items():
        claims[claim.report].append(i)
        reach[claim.report] = max(reach[claim.report], claim.span.end)
    for found in same.values():
        found.sort(key=lambda r: (r.said_on is not None and r.said_on.isoformat(), r.id))
        first = found[0]
        if max(reach[r.id] for r in found) < LONG:
            continue
        for report in (r for r in found[1:] if r.said_on != first.said_on):
            yield Finding(
                code=CHECK.code,
                tier=CHECK.tier,
                subject=report.id,
                what=f"{headline(book, report)} of {report.said_on} is word for word what the same publisher had on {first.said_on}.",
                why="“Yesterday” is another day in each, and figures of the first day count again as news of the second.",
                remedy="Correct said_on of the one that is wrong, or reject the report that is a copy.",
                claims=tuple(sorted(claims[first.id] + claims[report.id])),
            )


CHECK = Check("one-text-two-days", "strict", "one publisher's text came in twice, with different days", find)
