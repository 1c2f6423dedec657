"""What the verbs of judgement share: one judgement checked, shown and recorded, or only shown with --dry-run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tollbook import notation, pipeline
from tollbook.book import standing
from tollbook.cli import given, screen
from tollbook.codes import Verb
from tollbook.nouns import Judgement
from tollbook.values import Book


def record(
    box: Path | None,
    verb: Verb,
    target: str,
    *,
    reason: str,
    by: str,
    dry_run: bool,
    what: str = "entry",
    other: str | None = None,
    claims: tuple[str, ...] = (),
    changes: tuple[tuple[str, str], ...] = (),
) -> None:
    """Records one judgement in the log and says so; the same one twice changes nothing.

    Args:
        box: the box as the caller named it.
        verb: what it does.
        target: the beginning of the id it speaks of, or a finding's key.
        reason: why; must hold a word.
        by: who decides, as it shall stand in the log.
        dry_run: show it, write nothing.
        what: what the target must be, for the message.
        other: the beginning of the other incident's id, for merge.
        claims: the beginnings of the ids that leave, for split.
        changes: (field, value in notation) pairs, for correct.

    Raises:
        given.MistakeError: no reason, or an id that names nothing.
    """
    if not reason.strip():
        raise given.MistakeError("a judgement needs a reason; say why with --reason")
    with given.opened(box) as opened:
        book = pipeline.book(opened)
        judgement = Judgement(
            said_on=given.now().date(),
            recorded_at=given.now(),
            made_by=by,
            verb=verb,
            target=meant(book, target, what),
            reason=reason.strip(),
            other=given.incident(book, other) if other is not None else None,
            claims=tuple(given.one(book.incident_of, c, "claim") for c in claims),
            changes=changes,
        )
        if judgement.id in book.judgements and judgement.id not in {j.id for j in standing(book.judgements.values())}:
            # It was said before and undone since: this is a second time, not a repetition.
            judgement = replace(judgement, nonce=given.now().isoformat())
        new = judgement.id not in book.judgements
        if new and not dry_run:
            pipeline.judge(opened, judgement)
    screen.say(
        "would record:" if dry_run and new else f"recorded {judgement.id}:" if new else "said already:"
    )
    print(notation.show(judgement))


def meant(book: Book, target: str, what: str) -> str:
    """The full id, or the finding's key, that the caller means."""
    if what == "finding":
        return target
    if what == "incident":
        return given.incident(book, target)
    return given.entry(book, target, what=what)
