"""What the verbs of judgement share: one judgement recorded and shown, or only shown with --dry-run."""

from __future__ import annotations

from pathlib import Path

from tollbook import notation, pipeline
from tollbook.cli import given, screen
from tollbook.codes import Review, Verb
from tollbook.nouns import Judgement
from tollbook.pipeline import Box
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
    """Records one judgement in the log and prints it with its id; the same one twice changes nothing.

    Args:
        box: the box as the caller named it.
        verb: what it does.
        target: the beginning of the id it speaks of, or a finding's key.
        reason: why; must hold a word.
        by: who decides, as it shall stand in the log.
        dry_run: show it, write nothing.
        what: what the target must be, for the message.
        other: the other incident, for merge and split.
        claims: the beginnings of the ids that leave, for split.
        changes: (field, value in notation) pairs, for correct.

    Raises:
        given.MistakeError: an id that names nothing.
        JudgementError: it cannot be decided so.
    """
    with given.opened(box) as opened:
        book = given.realised(opened)
        wanted = Judgement(
            said_on=given.now().date(), recorded_at=given.now(), made_by=by, verb=verb,
            target=_meant(book, target, what), reason=reason.strip(),
            other=given.incident(book, other) if other is not None else None,
            claims=tuple(given.one(book.incident_of, c, "claim") for c in claims), changes=changes,
        )  # fmt: skip
        if dry_run:
            shown = pipeline.judge(opened, wanted, dry_run=True)
            screen.say("not recorded, because of --dry-run:")
            screen.line(notation.show(shown))
            return
        _recorded(opened, wanted)


def _recorded(box: Box, wanted: Judgement) -> None:
    """Records a judgement and prints it."""
    before = box.log.head()
    done = pipeline.judge(box, wanted)
    if box.log.head() == before:
        screen.say("this was said already; nothing changed")
    if done.verb is Verb.ACCEPT and _half(box, done.target):
        screen.say("one person has accepted it; this box asks for two, so it is in review until another does")
    screen.line(f"{done.id} {notation.show(done)}")


def _half(box: Box, target: str) -> bool:
    """Whether an acceptance still needs a second person."""
    return box.config.two_persons and pipeline.book(box).reviews.get(target) is not Review.ACCEPTED


def _meant(book: Book, target: str, what: str) -> str:
    """The full id, or the finding's key, that the caller means."""
    if what == "finding":
        code, _, rest = target.partition(":")
        subject, more, mark = rest.partition(":")
        return f"{code}:{given.entry(book, subject)}{more}{mark}" if rest else target
    if what == "incident":
        return given.incident(book, target)
    if what == "incident or claim":
        said = given.statement(book, target)
        return said.id if said else given.incident(book, target)
    if what == "claim or incident":
        known = any(i.startswith(target) for i in given.everything(book))
        return given.entry(book, target) if known else given.incident(book, target)
    if what == "judgement":
        return given.one(book.judgements, target, what)
    return given.entry(book, target, what=what)
