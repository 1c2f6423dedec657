"""The bench script: its texts are the same every time, and its accuracy counts what it says."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


bench, rates = script("bench"), script("rates")


def test_texts_are_the_same_every_time_and_no_two_alike() -> None:
    one, again = bench.made("dense", 20, 12, 6), bench.made("dense", 20, 12, 6)
    assert one == again
    assert len(set(one.texts)) == 20
    assert bench.made("other", 20, 12, 6).texts != one.texts


def test_every_figure_of_a_text_is_another_one() -> None:
    """Two equal figures in one text would make a reader's miss a hit."""
    for figures in bench.made("dense", 50, 12, 6).figures:
        assert len(set(figures)) == len(figures) >= 12


def test_accuracy_counts_hits_misses_and_strays() -> None:
    killed, hurt = ("killed", 3, 3), ("wounded", 12, 12)
    corpus = bench.Corpus("x", ("a", "b"), ((killed, hurt), ()))
    assert bench.accuracy(lambda text: [killed, hurt] if text == "a" else [], corpus) == pytest.approx(
        (1, 1, 1)
    )
    assert bench.accuracy(lambda _: [killed, killed], corpus) == pytest.approx((1 / 4, 1 / 2, 1 / 3))
    assert bench.accuracy(lambda _: [], corpus) == pytest.approx((0, 0, 0))
    assert bench.accuracy(bench.naive, bench.Corpus("x", ("a",))) is None


def test_the_peer_reads_what_an_obvious_first_draft_reads() -> None:
    text = "At least 20 people were killed in Zenda; five were wounded, 14 kilometres off nobody was."
    assert bench.naive(text) == [("killed", 20, None), ("wounded", 5, 5)]


def test_our_reader_is_ahead_of_it_on_the_texts_made_here() -> None:
    corpus = bench.made("dense", 10, 12, 6)
    ours, peer = (bench.accuracy(reader, corpus) for reader in (bench.Ours(), bench.naive))
    assert ours[2] > 0.95 > peer[2]


def test_speed_reads_each_text_once_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOLLBOOK_YARDSTICK", "absent")
    assert list(bench.annotated()) == []
    seen: list[str] = []

    def reader(text: str) -> list[object]:
        seen.append(text)
        return []

    corpus = bench.made("one line", 21, 1, 0)
    rates = bench.speed(reader, corpus, 4)
    assert seen[0] == corpus.texts[0]
    assert sorted(seen) == sorted(corpus.texts)
    assert rates[""] > 0


def test_the_log_gives_its_rates(tmp_path: Path) -> None:
    found = dict(rates.log_rates(tmp_path, 40, 1))
    assert len(found) == 6
    assert all("/s" in rate for rate in found.values())


def test_the_claims_of_the_war_are_the_same_every_time_and_only_grow() -> None:
    told = list(rates.war(500))
    assert told == list(rates.war(500))
    last: dict[tuple[int, int], int] = {}
    for one in told:
        assert one.people > last.get((one.incident, one.origin), 0)
        last[one.incident, one.origin] = one.people


def test_index_and_book_come_to_the_same_and_the_run_fails_when_they_do_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rates, "LOOKS", 20)
    found = dict(rates.reckonings(tmp_path, 300, 300))
    assert sum("equal" in rate for rate in found.values()) >= 1
    wrong = tmp_path / "wrong"
    wrong.mkdir()
    monkeypatch.setattr(rates, "by_book", lambda _: (dict.fromkeys(rates.PARTIES), 1.0, 1.0))
    with pytest.raises(SystemExit, match="differ"):
        list(rates.reckonings(wrong, 300, 300))
