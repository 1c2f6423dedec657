"""Course claims: the twin corpus, the example of every row, and what must hold of any text."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbook.codes import Phase, Status
from tollbook.nouns import Course, Span
from tollbook.reading.course import courses
from tollbook.reading.speaker import voice
from tollbook.reading.verbs import forms
from tollbook.reading.when import When, expressions
from tollbook.rules import Example, corpus, table
from tollbook.text import Document, Sentence

TYPES = frozenset(
    [
        "Armed clash", "Government regains territory", "Non-state actor overtakes territory", "Chemical weapon",
        "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack", "Remote explosive/landmine/IED",
        "Grenade", "Sexual violence", "Attack", "Abduction/forced disappearance", "Agreement", "Arrests",
        "Change to group/activity", "Disrupted weapons use", "Headquarters or base established",
        "Looting/property destruction", "Non-violent transfer of territory", "Other",
    ]
)  # fmt: skip


class Fake(NamedTuple):
    """A voice, as the speaker's room gives it."""

    name: str
    relayed_by: tuple[str, ...] = ()
    verb: str = "said"
    start: int = 0


def silent(document: Document, span: Span, verb: tuple[int, int]) -> None:
    """The article's own voice."""


def nowhere(document: Document, sentence: Sentence, span: Span) -> None:
    """No place."""


def never(document: Document, sentence: Sentence) -> Sequence[When]:
    """No time expression."""
    return ()


def read(text: str, published: date | None = None) -> tuple[Course, ...]:
    return courses(Document(text, published=published), "r", published, silent, expressions, nowhere)


def expected(example: Example) -> Iterator[tuple[str, str, tuple[str, ...], str]]:
    for deed in example.expected.split(";") if example.expected else ():
        kind, phase, actors, *status = (part.strip() for part in deed.split("|"))
        yield kind, phase, tuple(a for a in actors.split("+") if a), status[0] if status else "asserted"


@pytest.mark.parametrize("example", corpus("en", "course"), ids=lambda e: f"line {e.line}")
def test_corpus(example: Example) -> None:
    found = [(c.type, str(c.phase), c.actors, str(c.status)) for c in read(example.text)]
    assert found == list(expected(example))


def test_corpus_has_both_sides() -> None:
    found = corpus("en", "course")
    assert sum(bool(e.expected) for e in found) >= 60
    assert sum(not e.expected for e in found) >= 40


ROWS = [
    (name, row)
    for name in ("event", "weapon", "blast", "turn", "launch", "act", "still", "phrase")
    for row in table("en", "course")[name]
]


@pytest.mark.parametrize(("name", "row"), ROWS, ids=lambda v: v if isinstance(v, str) else None)
def test_row_reads_its_example(name: str, row: dict[str, Any]) -> None:
    # an example is one sentence of a report that is about a conflict
    found = read(f"{row['example']} Three soldiers were killed.")
    assert found, row["example"]
    if "phase" in row:
        assert row["phase"] in {c.phase for c in found}
    if "type" in row:
        kinds = {row[k] for k in ("type", "civil", "air", "nonstate", "suicide", "unknown") if k in row}
        assert kinds & {c.type for c in found}


@pytest.mark.parametrize(("name", "row"), ROWS, ids=lambda v: v if isinstance(v, str) else None)
def test_row_is_of_the_field(name: str, row: dict[str, Any]) -> None:
    assert {row[k] for k in ("type", "civil", "air", "nonstate", "suicide", "unknown") if k in row} <= TYPES
    assert {row[k] for k in ("phase", "negated") if k in row} <= set(Phase)


def test_dates() -> None:
    text = (
        "After six days of heavy fighting, the army said on Wednesday it had recaptured the mill, but "
        "clashes with rebels continued until Saturday."
    )
    days = [(c.phase, c.date_from, c.date_to) for c in read(text, date(2022, 1, 31))]
    assert days == [
        (Phase.CONTINUES, date(2022, 1, 20), date(2022, 1, 26)),
        (Phase.CONTROL_CHANGED, date(2022, 1, 26), date(2022, 1, 26)),
        (Phase.CONTINUES, None, date(2022, 1, 29)),
    ]


def test_the_text_itself_says_what_but_brings() -> None:
    text = "The army said it had recaptured the mill, but clashes with rebels continued until Saturday."

    def army(document: Document, span: Span, verb: tuple[int, int]) -> Fake:
        return Fake("army", start=text.index("said"))

    found = courses(Document(text), "r", None, army, never, nowhere)
    assert [(c.phase, c.speaker) for c in found] == [
        (Phase.CONTROL_CHANGED, "army"),
        (Phase.CONTINUES, None),
    ]


def test_over_against_still_going_on() -> None:
    """Two voices that contradict each other, as the check ``course-disputed`` needs them."""
    text = (
        "The army said on Sunday that its sweep of the prison was over. "
        "The monitor said operations were still under way near the prison in search of gunmen."
    )

    def each(document: Document, span: Span, verb: tuple[int, int]) -> Fake:
        return Fake("army" if span.start == 0 else "monitor", start=span.start)

    found = courses(Document(text, published=date(2022, 1, 31)), "r", None, each, expressions, nowhere)
    assert [(c.speaker, c.phase) for c in found] == [("army", Phase.ENDED), ("monitor", Phase.CONTINUES)]
    assert found[0].date_to == date(2022, 1, 30)


def test_claimed_is_alleged() -> None:
    def boasting(document: Document, span: Span, verb: tuple[int, int]) -> Fake:
        return Fake("rebels", verb="claimed")

    found = courses(Document("Rebels seized a base near Zenda."), "r", None, boasting, never, nowhere)
    assert [c.status for c in found] == [Status.ALLEGED]


@pytest.mark.parametrize(
    ("verb", "past", "ing"),
    [
        ("storm", "stormed", "storming"),
        ("seize", "seized", "seizing"),
        ("repel", "repelled", "repelling"),
        ("begin:began:begun", "began", "beginning"),
        ("rout", "routed", "routing"),
        ("occupy", "occupied", "occupying"),
        ("take over:took over:taken over", "took over", "taking over"),
        ("end", "ended", "ending"),
        ("bomb", "bombed", "bombing"),
        ("raid", "raided", "raiding"),
        ("stop", "stopped", "stopping"),
        ("shell", "shelled", "shelling"),
    ],
)
def test_forms(verb: str, past: str, ing: str) -> None:
    made = forms(verb)
    assert (made["past"], made["ing"]) == (past, ing)


SEED = Path(__file__).parents[2] / "shared/yardstick/dev/docs/seed.txt"


@pytest.mark.yardstick
@pytest.mark.skipif(not SEED.exists(), reason="the yardstick's texts are not here")
def test_timeline_of_the_seed() -> None:
    body = SEED.read_text(encoding="utf-8").split("\n\n", 1)[1]
    document = Document(body, published=date(2022, 1, 31))
    found = courses(document, "r", document.published, voice, expressions, nowhere)
    told = [(c.speaker, str(c.phase), c.date_to.day if c.date_to else None) for c in found]
    forces, monitor = "Syrian Democratic Forces", "Syrian Observatory for Human Rights"
    for expected in [
        (None, "began", 20),
        (None, "continues", 26),
        (forces, "control changed", 26),
        (None, "continues", 29),
        (forces, "ended", 30),
        (monitor, "continues", None),
        ("AFP correspondent", "continues", 29),
        ("Farhad Shami", "announced", None),
    ]:
        assert expected in told


WORDS = st.sampled_from(
    ["rebels", "the army", "attacked", "Zenda", "clashes", "broke out", "was", "over", ",", ".", "but", "said", "\n",
     "on Sunday", "a car bomb", "exploded", "six days of fighting", "After", "not", "the fort", "soldiers", "it"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join)))
def test_quotes_stand_in_the_text(text: str) -> None:
    for c in read(text, date(2022, 1, 31)):
        assert c.quote == text[c.span.start : c.span.end]
        assert c.quote.strip() == c.quote != ""
        assert c.type in TYPES
        if c.date_from and c.date_to:
            assert c.date_from <= c.date_to


@given(
    st.lists(st.sampled_from(["Rain", "fell", "on", "the", "harbour", "and", "trams", "ran", "late", "."]))
)
def test_nothing_without_a_trigger(words: list[str]) -> None:
    assert read(" ".join(words)) == ()
