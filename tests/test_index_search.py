"""The index of words: any script, odd input, up with the log, empty of what is forgotten and of confidential names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbook import pipeline
from tollbook.cli import main
from tollbook.codes import Verb
from tollbook.log import Doc, Term, Upto, Words
from tollbook.pipeline import Searching, Stand, parse, pieces
from tollbook.pipeline.box import INDEX, Box
from tollbook.pipeline.terms import marks, words
from tollbook.publish.veil import Veil

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)
REPORTS = {
    "one": ("Strelsau Post", "At least 12 soldiers were killed on Tuesday when shells struck a bridge in Zenda, Ruritania, Karim Orsova said."),
    "two": ("Hofbau Herald", "The Zenda Monitor said on Thursday that 17 soldiers were killed in the attack on the bridge in Zenda, and five wounded."),
    "three": ("Karim Orsova", "Nineteen soldiers were killed in the attack on the bridge in Zenda on Tuesday, the bridge keeper wrote."),
}  # fmt: skip
CARD = 'name = "Karim Orsova"\naliases = ["the bridge keeper"]\nconfidential = true\n'
UPTO = Upto(1, "00", "v")


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Box]:
    """A box with three reports, one of them of a confidential voice that the others name."""
    folder = tmp_path / "box"
    assert main(["init", str(folder)]) == 0
    (folder / "sources" / "keeper.toml").write_text(CARD, encoding="utf-8")
    for n, (name, (publisher, body)) in enumerate(REPORTS.items()):
        path = tmp_path / f"{name}.txt"
        path.write_text(
            f"title: Bridge {name}\npublished: 2024-03-0{6 + n}\npublisher: {publisher}\n\n{body}\n"
        )
        assert main(["add", str(path), "--box", str(folder)]) == 0
    with pipeline.open_box(folder) as there:
        yield there


def stand(box: Box) -> Stand:
    position, head = box.log.head()
    entries = box.log.entries(upto=position)
    book = pipeline.known(box, entries)
    return Stand(entries, book, Veil(book), position, head)


@pytest.fixture
def search(box: Box) -> Iterator[Searching]:
    made = Searching(box)
    yield made
    made.close()


def found(search: Searching, box: Box, typed: str, kind: str = "report") -> set[str]:
    assert search.ready(stand(box), 60), search.fault
    reports = stand(box).book.reports
    return {
        reports[h.key].document if kind == "report" else h.key
        for h in search.find(parse(typed))
        if h.kind == kind
    }


def on_disk(box: Box) -> bytes:
    return b"".join(p.read_bytes() for p in sorted(box.folder.glob(f"{INDEX}*"))).lower()


# --- words


SAME = [
    ("السِّجْن", "سجن"),
    ("بالسجن", "السجن"),
    ("الـــسجن", "سجن"),
    ("أحمد", "احمد"),
    ("إدلب", "ادلب"),
    ("آمنة", "امنه"),
    ("مستشفى", "مستشفي"),
    ("مؤسسة", "موسسه"),
    ("ٱلله", "الله"),
    ("۲۷۳", "273"),
    ("Łódź", "lodz"),
    ("Đakovo", "dakovo"),
    ("Sønderborg", "SONDERBORG"),
    ("Iğdır", "igdir"),
    ("Стрелсау", "СТРЕЛСАУ"),
    ("Йод", "иод"),
    ("Sana'a", "Sanaa"),
    ("Sana’a", "sanaa"),
    ("1,200", "1200"),
    ("ﻣﻘﺘﻞ", "مقتل"),
    ("Straße", "STRASSE"),
]


@pytest.mark.parametrize(("written", "typed"), SAME)
def test_a_word_is_found_in_any_spelling(written: str, typed: str) -> None:
    assert words(written) == words(typed) != ""


OTHER = [("سجن", "سجل"), ("ал", "эл"), ("war", "warned"), ("1,20", "120"), ("الم", "م")]


@pytest.mark.parametrize(("written", "typed"), OTHER)
def test_another_word_is_another(written: str, typed: str) -> None:
    assert words(written) != words(typed)


def test_scripts_without_blanks_are_found_in_the_middle(tmp_path: Path) -> None:
    with Words.open(tmp_path / "w.db") as index:
        text = "昨日在鲁里坦尼亚的监狱有十二人被杀"
        index.put([Doc("a", "report", 1, words(text))], UPTO)
        assert [h.key for h in index.find(parse("监狱有").wanted)] == ["a"]
        assert index.find(parse("狱监").wanted) == []
    assert [text[a:b] for a, b in marks(text, parse("监狱").wanted)] == ["监狱"]


def test_words_phrases_without_and_beginnings(tmp_path: Path) -> None:
    docs = {
        "a": "the prison of Zenda fell",
        "b": "prison guards of Strelsau",
        "c": "Zenda: guards of the prison",
    }
    with Words.open(tmp_path / "w.db") as index:
        index.put([Doc(k, "report", 1, words(v)) for k, v in docs.items()], UPTO)

        def hits(typed: str) -> str:
            query = parse(typed)
            return "".join(sorted(h.key for h in index.find(query.wanted, query.unwanted)))

        assert hits("prison") == "abc"
        assert hits("PRISON zenda") == "ac"
        assert hits('"prison of"') == "a"
        assert hits("prison -guards") == "a"
        assert hits('-"guards of"') == "a"
        assert hits("pris*") == "abc"
        assert hits("pris") == ""
        assert hits("guards-of") == "bc"
        assert hits("") == "abc"
        assert hits("“prison guards”") == "b"


ODD = [
    '"', '""', '"a', "-", "--", '-"', "*", "a*b*", "NEAR(a b)", "a AND", "OR", "NOT a", "body:a", "^a", "(", ")", "a)b(", "'; DROP TABLE doc; --", "\x00", "a\x00b",
    "\u202e", "\ud800", "{a b}", "a + b", "+", "%", "_", "\\", "<script>", "ا" * 5000, "-a " * 900, "🕊", "́", "\n\t",
]  # fmt: skip


@pytest.mark.parametrize("typed", ODD)
def test_nothing_that_is_typed_is_an_error(tmp_path: Path, typed: str) -> None:
    with Words.open(tmp_path / "w.db") as index:
        index.put([Doc("a", "report", 1, words("a b"))], UPTO)
        query = parse(typed)
        index.find(query.wanted, query.unwanted)
        index.find(query.wider.wanted)
        pieces("a b " * 200, query.wanted)


@given(st.text(max_size=60), st.text(max_size=200))
def test_marks_are_stretches_of_the_text_that_hold_a_word_looked_for(typed: str, text: str) -> None:
    query = parse(typed)
    spots = marks(text, query.wanted)
    assert all(0 <= a < b <= len(text) for a, b in spots)
    assert all(one[1] <= other[0] for one, other in pairwise(spots))
    shown = pieces(text, query.wanted, size=10_000)
    assert "".join(piece for piece, _ in shown) == text


@given(st.lists(st.text(max_size=20), max_size=4), st.text(min_size=1, max_size=20))
def test_what_was_indexed_is_found_by_its_own_words(texts: list[str], one: str) -> None:
    term = parse('"' + one.replace('"', " ") + '"').wanted
    for t in term:
        assert marks(" ".join([*texts, one]), [Term(t.words)])


# --- up with the log


def test_it_grows_with_the_log_and_corrections_are_found(box: Box, search: Searching, tmp_path: Path) -> None:
    assert found(search, box, "soldiers killed") == {"one", "two", "three"}
    assert found(search, box, "Thursday") == {"two"}
    path = tmp_path / "four.txt"
    path.write_text(
        "title: Four\npublished: 2024-03-09\npublisher: Strelsau Post\n\nThree ferrymen were killed in Hentzau."
    )
    assert main(["add", str(path), "--box", str(box.folder)]) == 0
    assert found(search, box, "ferrymen") == {"four"}
    claim = next(c for c in stand(box).book.claims.values() if c.victims and "ferrymen" in c.victims)
    made = pipeline.decide(
        box, Verb.CORRECT, claim.id, "asked", now=NOW, by="Ada", changes=[("victims", '"boat people"')]
    )
    assert found(search, box, "boat people", "claim") == {claim.id}
    pipeline.decide(box, Verb.UNDO, made.id, "a slip", now=NOW, by="Ada")
    assert found(search, box, "boat people", "claim") == set()


def test_it_may_be_deleted_and_damaged_at_any_time(box: Box) -> None:
    search = Searching(box)
    assert found(search, box, "Thursday") == {"two"}
    search.close()
    for data in (b"", b"no database at all" * 100, None):
        path = box.folder / INDEX
        for p in box.folder.glob(f"{INDEX}*"):
            p.unlink()
        if data is not None:
            path.write_bytes(data)
        again = Searching(box)
        assert found(again, box, "Thursday") == {"two"}
        again.close()


def test_an_index_of_another_log_is_thrown_away(box: Box, tmp_path: Path) -> None:
    search = Searching(box)
    assert found(search, box, "Thursday") == {"two"}
    search.close()
    with Words.open(box.folder / INDEX) as index:
        made = index.made
        assert made is not None
        index.clear()
        index.put([Doc("0" * 16, "report", 1, "thursday")], Upto(made.position, "ff" * 32, made.version))
    again = Searching(box)
    assert found(again, box, "Thursday") == {"two"}
    again.close()


# --- what must not be in it

CANARIES = (b"orsova", b"karim", b"bridge keeper")


def test_the_index_holds_no_name_of_a_confidential_source(box: Box, search: Searching) -> None:
    assert found(search, box, "Zenda") == {"one", "two", "three"}
    assert b"zenda" in on_disk(box)  # else the next line would show nothing
    assert not [c for c in CANARIES if c in on_disk(box)]
    assert found(search, box, "Orsova") == set()
    assert found(search, box, "source") >= {"one"}


def test_who_becomes_confidential_leaves_the_index(box: Box, search: Searching) -> None:
    assert found(search, box, "Zenda Monitor") == {"two"}
    assert b"zenda monitor" in on_disk(box)
    card = box.folder / "sources" / "monitor.toml"
    card.write_text('name = "Zenda Monitor"\nconfidential = true\n', encoding="utf-8")
    assert found(search, box, "Zenda Monitor") == set()
    assert b"zenda monitor" not in on_disk(box)
    assert found(search, box, "Thursday") == {"two"}


@pytest.mark.parametrize("running", [True, False], ids=["while a desk is open", "while none is"])
def test_what_is_forgotten_is_not_in_the_index(box: Box, running: bool) -> None:
    search = Searching(box)
    assert found(search, box, "Thursday herald") == {"two"}
    assert b"thursday" in on_disk(box)
    if not running:
        search.close()
    report = next(r for r in stand(box).book.reports.values() if r.document == "two")
    assert main(["forget", report.id, "--reason", "asked", "--yes", "--box", str(box.folder)]) == 0
    assert b"thursday" not in on_disk(box)
    if not running:
        search = Searching(box)
    assert found(search, box, "Thursday") == set()
    assert found(search, box, "Tuesday") == {"one", "three"}
    assert b"thursday" not in on_disk(box)
    search.close()
