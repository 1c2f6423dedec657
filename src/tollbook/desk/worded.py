"""What an entry of the log says, in a sentence for people."""

from __future__ import annotations

from collections.abc import Callable

from tollbook.codes import Verb
from tollbook.nouns import Assertion, Entry, Incident, Judgement, Link, Publication
from tollbook.publish import words
from tollbook.values import Book

_PLAIN = {
    Verb.ACCEPT: "accepted {target}",
    Verb.REJECT: "rejected {target}",
    Verb.CORRECT: "corrected {target}: {changes}",
    Verb.MERGE: "merged {target} into {other}",
    Verb.SPLIT: "took {claims} off {target}, to {other}",
    Verb.WITHDRAW: "withdrew {target}",
    Verb.ACKNOWLEDGE: "explained the finding {target}",
    Verb.UNDO: "took back: {target}",
    Verb.NEST: "put {target} under {other}",
    Verb.APART: "told {target} from {other}",
    Verb.GRADE: "graded {target} {value}",
    Verb.RATE: "rated the credibility of {target} {value}",
    Verb.REVIEW: "took {target} into review",
    Verb.UNVERIFIABLE: "found {target} unverifiable",
    Verb.ASSIGN: "gave {target} to {value}",
    Verb.COMMENT: "commented on {target}",
}


def worded(book: Book, entry: Entry, veil: Callable[[str], str]) -> str:
    """The entry in words, names covered; what it does not know by name it calls by its id."""
    if isinstance(entry, Judgement):
        return _judged(book, entry, veil)
    if isinstance(entry, Incident):
        return veil(f"founded the {entry.level} “{entry.name}”")
    if isinstance(entry, Link):
        return veil(
            f"put {named(book, entry.claim)} under this incident, score {entry.score:.2f}: {entry.reason}"
        )
    if isinstance(entry, Publication):
        return f"published as {entry.format}, from the log up to {words.count(entry.upto)}"
    if isinstance(entry, Assertion):
        group = f", {words.group(entry.group)}" if entry.group else ""
        return veil(f"expects {words.outcome(entry.outcome)}{group} in {words.plain(entry.expects)}")
    return f"{entry.KIND} {entry.id}"


def _judged(book: Book, judgement: Judgement, veil: Callable[[str], str]) -> str:
    changes = ", ".join(f"{name} is {value}" for name, value in judgement.changes)
    value = judgement.changes[0][1] if judgement.changes else "nobody"
    if judgement.verb is Verb.NEST and not judgement.other:
        return veil(f"took {named(book, judgement.target)} out of what it stood under")
    if judgement.verb is Verb.UNDO and judgement.target in book.judgements:
        return f"took back: {_judged(book, book.judgements[judgement.target], veil)}"
    many = len(judgement.claims)
    return veil(
        _PLAIN[judgement.verb].format(
            target=named(book, judgement.target), other=named(book, judgement.other or ""), changes=changes,
            value=value or "nobody", claims=f"{many} claim{'' if many == 1 else 's'}",
        )
    )  # fmt: skip


def named(book: Book, thing: str) -> str:
    """A thing as one says it: an incident by its name, a claim by its figure and words."""
    if thing in book.incidents:
        return f"“{book.incidents[thing].name}”"
    fallen = book.fallen.get(thing)
    claim = book.claims.get(thing) or book.waiting.get(thing) or (fallen[0] if fallen else None)
    if claim is not None:
        return f"the claim {words.outcome(claim.outcome)} {words.plain(claim.figure)}"
    course = book.courses.get(thing)
    if course is not None:
        return f"the words “{_short(course.quote)}”"
    return thing


def _short(text: str, most: int = 60) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"
