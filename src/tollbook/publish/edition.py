"""What a desk adds to a bulletin: headline, introduction, grade, what moved since the last one; and what it leaves out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from tollbook.codes import Review
from tollbook.nouns import Publication
from tollbook.publish import sums, words
from tollbook.publish.compose import Desk, cited, moved, swatches
from tollbook.publish.page import Page, Run, Since
from tollbook.publish.prose import Editor, Fault
from tollbook.publish.sums import Sums
from tollbook.publish.workings import Workings
from tollbook.toll import METHODS, Method
from tollbook.values import Book

# What an editor may leave out. Figures, findings, workings and sources always stand.
SECTIONS = ("chart", "matrix", "moves", "map", "course")

# How to read a bulletin, for readers of other languages: code to direction and words.
NOTICES = {
    "ar": (
        "rtl",
        (
            "كل رقم في هذه الصفحة منسوب إلى من قاله، ويقود إلى الجملة التي ورد فيها. وحيث تختلف المصادر يُذكر مدى بين أدنى وأعلى. "
            "وقد تتغير الأرقام مع ورود معلومات جديدة. نص الصفحة بالإنجليزية."
        ),
    ),
    "fr": (
        "ltr",
        (
            "Chaque chiffre de cette page est attribué à qui l’a donné et mène à la phrase d’où il vient. Là où les sources ne "
            "concordent pas, une fourchette est donnée. Les chiffres peuvent encore changer. Le texte est en anglais."
        ),
    ),
    "es": (
        "ltr",
        (
            "Cada cifra de esta página se atribuye a quien la dio y lleva a la frase de la que procede. Donde las fuentes no "
            "coinciden se da un intervalo. Las cifras aún pueden cambiar. El texto está en inglés."
        ),
    ),
    "uk": (
        "ltr",
        (
            "Кожне число на цій сторінці має того, хто його назвав, і веде до речення, з якого його взято. Де джерела "
            "розходяться, подано проміжок. Числа ще можуть змінитися. Текст сторінки англійською."
        ),
    ),
}


@dataclass(frozen=True, kw_only=True)
class Before:
    """The last bulletin of the incident.

    Attributes:
        publication: its record.
        book: the book that it was made of.
        corrects: whether the new one stands for it.
    """

    publication: Publication
    book: Book
    corrects: bool = False


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a desk adds to a bulletin.

    Attributes:
        headline: in place of the incident's name; empty for that.
        intro: some words before the figures; blank lines part paragraphs.
        sections: which of ``SECTIONS`` stand.
        notice: a language of ``NOTICES``, or empty.
        before: the last bulletin of the incident.
        log: the position and head of the log that it rests on.
    """

    headline: str = ""
    intro: str = ""
    sections: frozenset[str] = field(default_factory=lambda: frozenset(SECTIONS))
    notice: str = ""
    before: Before | None = None
    log: tuple[int, str] | None = None


class ProseError(ValueError):
    """An editor's words that may not stand: every number of theirs that lacks something."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(" ".join(f"{f.what} {f'Write: {f.use}' if f.use else ''}".strip() for f in faults))
        self.faults = faults


def edited(
    content: Page,
    book: Book,
    computed: Sums,
    told: Told,
    *,
    workings: Workings,
    now: datetime,
    methods: Mapping[str, Method] = METHODS,
) -> Page:
    """The bulletin with what a desk adds, and without what it leaves out.

    Args:
        content: the bulletin.
        book: the snapshot.
        computed: its tolls.
        told: what is added.
        workings: those that the bulletin was composed with.
        now: the moment it is made.
        methods: the methods to choose from.

    Raises:
        ProseError: a number of the headline or the introduction is none of the book's, or lacks its hedge or speaker.
    """
    editor = Editor(workings.evidence, workings, computed, now.date())
    headline, intro = written(editor, told)
    desk = Desk(book, computed, workings.evidence, workings, swatches(book))
    since, keys = _since(desk, told.before, methods)
    status = book.reviews.get(computed.incident, Review.UNREVIEWED)
    notice = NOTICES.get(told.notice)
    return replace(
        content,
        headline=headline, intro=intro, since=since, log=told.log,
        grade=str(book.grades.get(computed.incident, "")), status=str(status),
        notice=(told.notice, *notice) if notice else None,
        workings=workings.all,
        papers=workings.evidence.papers([*cited(desk), *keys]),
        **_left_out(told.sections),  # type: ignore[arg-type]  # fields of the page, emptied
    )  # fmt: skip


def _left_out(sections: frozenset[str]) -> dict[str, object]:
    """The fields of the page that are emptied, since their section was not wanted."""
    empty: dict[str, dict[str, object]] = {
        "chart": {"chart": ("", "", ""), "days": ()},
        "matrix": {"lines": (), "disputes": ()},
        "moves": {"moves": ()},
        "map": {"map": "", "map_words": ""},
        "course": {"steps": (), "contested": ""},
    }
    return {name: value for part in SECTIONS if part not in sections for name, value in empty[part].items()}


def written(editor: Editor, told: Told) -> tuple[tuple[Run, ...], tuple[tuple[Run, ...], ...]]:
    """The headline and the paragraphs of the introduction, their numbers linked.

    Raises:
        ProseError: a number in them may not stand so.
    """
    whole = f"{told.headline} {told.intro}"
    paragraphs = [p for p in told.intro.replace("\r", "").split("\n\n") if p.strip()]
    head = editor.check(told.headline, whole)
    body = [editor.check(p, whole) for p in paragraphs]
    faults = (*head.faults, *(fault for one in body for fault in one.faults))
    if faults:
        raise ProseError(faults)
    return head.runs, tuple(one.runs for one in body)


def _since(
    desk: Desk, before: Before | None, methods: Mapping[str, Method]
) -> tuple[Since | None, list[str]]:
    """What moved since the last bulletin, and the claims that it rests on."""
    if before is None:
        return None, []
    method = desk.computed.method.rpartition(" ")[0]
    changes = sums.since(before.book, desk.book, desk.computed.incident, method, methods=methods)
    own = replace(desk, computed=replace(desk.computed, moves=changes))
    moves = tuple(moved(own, change, f"s-{n}") for n, change in enumerate(changes, 1))
    day = words.moment(before.publication.recorded_at)
    return Since(day, before.corrects, moves), [key for c in changes for key in c.claims]
