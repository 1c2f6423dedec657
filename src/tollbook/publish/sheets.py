"""CSV: claims.csv and tolls.csv; a cell that a spreadsheet would run is disarmed, and can be restored exactly."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from tollbook.codes import Review
from tollbook.figures import Figure
from tollbook.nouns import Claim
from tollbook.publish.sums import Sums
from tollbook.publish.veil import Veil
from tollbook.toll import group_of
from tollbook.values import Book, Toll

# A cell that begins with one of these is a formula, or becomes one when the sheet drops what stands before it.
# Their full-width forms count as formulas in some East Asian versions. The apostrophe is the guard's own sign.
LIVE = frozenset("=+-@\t\r\n\0＝＋－＠'") | frozenset(map(chr, range(32)))
GUARD = "'"

CLAIMS = (
    "id incident outcome group low best high as_written victims victims_class party perpetrator place date_from date_to "
    "scope mode addition since part_of dim supersedes may_rise status proposed speaker relayed_by origin said_on quote span "
    "report publisher published title address rule reviewed veiled review credibility"
)
TOLLS = "incident outcome group method low best high may_rise rule digest origins used aside grade review"


def guarded(cell: str) -> str:
    """The cell with an apostrophe before it where a spreadsheet could run it; other cells as they are."""
    return GUARD + cell if cell[:1] in LIVE and cell else cell


def restored(cell: str) -> str:
    """The cell as it was before ``guarded``."""
    return cell.removeprefix(GUARD)


def sheets(book: Book, computed: Sums) -> dict[str, bytes]:
    """``claims.csv`` and ``tolls.csv`` of an incident, UTF-8, every cell quoted and guarded.

    Args:
        book: the snapshot.
        computed: its tolls.
    """
    veil = Veil(book)
    claims = [claim_row(book, veil, computed.incident, c) for c in book.of(computed.incident)]
    return {
        "claims.csv": written(CLAIMS.split(), claims),
        "tolls.csv": written(TOLLS.split(), (toll_row(book, veil, t) for t in computed.tolls)),
    }


def written(names: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV file with a header."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([guarded(cell) for cell in row])
    return out.getvalue().encode()


def claim_row(book: Book, veil: Veil, incident: str, claim: Claim) -> tuple[str, ...]:
    """The cells of a claim in the order of CLAIMS."""
    report = book.reports.get(claim.report)
    said = claim.said_on or (report.said_on if report else None)
    hidden = report is not None and veil.hides(report)
    values = (
        claim.id, incident, claim.outcome, group_of(claim), *ends(claim.figure), claim.figure.as_written, claim.victims,
        claim.victims_class, claim.party, claim.perpetrator, claim.place, claim.date_from, claim.date_to, claim.scope,
        claim.mode, claim.addition, claim.since, claim.part_of, claim.dim, claim.supersedes,
        claim.may_rise, claim.status, claim.proposed,
        veil.name(claim.speaker), "; ".join(veil.name(r) for r in claim.relayed_by),
        veil.name(book.origin_of.get(claim.id)), said, claim.quote, f"{claim.span.start}:{claim.span.end}", claim.report,
        veil.name(report.publisher) if report else "", report.said_on if report else None,
        report.title if report and not hidden else "", veil.address(report) if report else "", claim.rule,
        claim.id in book.reviewed, veil.covered(claim.quote) != claim.quote,
        book.reviews.get(claim.id, Review.UNREVIEWED), book.credibility.get(claim.id),
    )  # fmt: skip
    return tuple(cell(value, veil) for value in values)


def ends(figure: Figure) -> tuple[int | None, int | None, int | None]:
    """Low, best and high."""
    return figure.low, figure.best, figure.high


def cell(value: object, veil: Veil) -> str:
    """A value as a cell has it, its names covered; not yet guarded."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return veil(str(value))


def toll_row(book: Book, veil: Veil, toll: Toll) -> tuple[str, ...]:
    """The cells of a toll in the order of TOLLS."""
    values = (
        toll.incident, toll.outcome, toll.group, toll.method, *ends(toll.figure), toll.may_rise,
        toll.rule, toll.digest,
        "; ".join(veil.name(o) for o in toll.origins), " ".join(u.claim for u in toll.used),
        " ".join(u.claim for u in toll.aside),
        book.grades.get(toll.incident), book.reviews.get(toll.incident, Review.UNREVIEWED),
    )  # fmt: skip
    return tuple(cell(value, veil) for value in values)
