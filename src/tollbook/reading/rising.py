"""Rising: whether a text says that a count could still grow."""

from __future__ import annotations

import re

from tollbook.codes import Outcome
from tollbook.reading.cues import cue, stands
from tollbook.text import Document, Sentence


def may_rise(document: Document, sentence: Sentence, outcome: Outcome | None = None) -> bool:
    """Whether this sentence says that its count could still grow, or the one after it says so of this one's.

    A warning that follows a figure in its own sentence is of that figure, and of no figure before it. A "toll"
    is of the dead.
    """
    near = document.sentences[min(sentence.index + 1, len(document.sentences) - 1)]
    if not stands(document, "rise", sentence.start, near.end):
        return False
    found = cue("rise").search(document.shadow, sentence.start, sentence.end)
    if found:
        return outcome in _DEAD or "death toll" not in found[0]
    if sentence.index + 1 >= len(document.sentences):
        return False
    after = document.sentences[sentence.index + 1]
    found = cue("rise").search(document.shadow, after.start, after.end)
    if found is None or not _TOLL.search(document.shadow, after.start, after.end):
        return False
    return outcome in _DEAD and not _OUTCOME.search(document.shadow, after.start, found.start())


_DEAD = {None, Outcome.KILLED, Outcome.BODIES_FOUND, Outcome.OTHER}
_OUTCOME = re.compile(r"\b(?:killed|killing|dead|died|deaths?(?! toll)|slain|bodies)\b")
_TOLL = re.compile(r"\b(?:toll|number|numbers|figure|figures|count|casualties)\b")
