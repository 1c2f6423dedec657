"""The table of contents: a box is made and opened; reports go in; people decide; books come out and are published.

Each step is another room's: ``connectors`` gather, a reader reads, ``incidents`` match, the ``log`` keeps, the
``book`` realises, ``publish`` renders. Here stands only in which order, and what happens when one fails.
"""

from tollbook.config import ConfigError
from tollbook.connectors import InputError
from tollbook.log import LogError, MovedError
from tollbook.pipeline.box import (
    Box,
    BoxError,
    book,
    forget,
    init_box,
    known,
    more,
    open_box,
    side_log,
    verify,
)
from tollbook.pipeline.corrections import corrected
from tollbook.pipeline.drafts import Plan as Edition
from tollbook.pipeline.drafts import ReleaseError
from tollbook.pipeline.entering import enter, found_at, proposed
from tollbook.pipeline.forgetting import Plan, carry_out, plan
from tollbook.pipeline.founding import found
from tollbook.pipeline.handing import hand_in, hand_in_again, written
from tollbook.pipeline.intake import Ingested, Item, documents, ingest
from tollbook.pipeline.methods import methods
from tollbook.pipeline.release import publish, record_publication
from tollbook.pipeline.searching import Searching, Stand
from tollbook.pipeline.sites import SiteError
from tollbook.pipeline.terms import Query, parse, pieces
from tollbook.pipeline.verdict import JudgementError, Known, decide, judge
from tollbook.plugins import PluginError
from tollbook.readers import ReaderError

# Whose message is a sentence for the caller: what, where, what to do.
ERRORS: tuple[type[Exception], ...] = (
    *(
        BoxError,
        ConfigError,
        InputError,
        JudgementError,
        LogError,
        PluginError,
        ReaderError,
        ReleaseError,
        SiteError,
    ),
)

__all__ = [
    "ERRORS",
    "Box",
    "BoxError",
    "Edition",
    "Ingested",
    "Item",
    "JudgementError",
    "Known",
    "MovedError",
    "Plan",
    "Query",
    "ReleaseError",
    "Searching",
    "SiteError",
    "Stand",
    "book",
    "carry_out",
    "corrected",
    "decide",
    "documents",
    "enter",
    "forget",
    "found",
    "found_at",
    "hand_in",
    "hand_in_again",
    "ingest",
    "init_box",
    "judge",
    "known",
    "methods",
    "more",
    "open_box",
    "parse",
    "pieces",
    "plan",
    "proposed",
    "publish",
    "record_publication",
    "side_log",
    "verify",
    "written",
]
