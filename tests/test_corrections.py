"""Corrections: what was published and has moved since, in words and as feeds that are valid and tell on nobody."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tollbook import pipeline
from tollbook.cli import main
from tollbook.codes import Outcome, Scope, Verb
from tollbook.figures import Figure
from tollbook.nouns import Claim, Entry, Incident, Judgement, Link, Report, Source, Span
from tollbook.publish import feed

ATOM = "{http://www.w3.org/2005/Atom}"
NOW = datetime(2031, 3, 6, 12, tzinfo=UTC)
HOSTILE = 'rose to "17" </p><script>alert(1)</script> ]]> & \u202e\x07\ud800 said Rudolf Rassendyll'.encode(
    "utf-8", "replace"
).decode()
SIEGE = Incident(name="Siege of <b>Zenda</b>", date_from=date(2031, 3, 1), recorded_at=NOW)
SECRET = Source(name="Rudolf Rassendyll", confidential=True, pseudonym="0a1b2c", recorded_at=NOW)


def told(number: int, day: int, speaker: str, at: datetime, quote: str = "were killed") -> list[Entry]:
    """A report with one running total."""
    report = Report(
        publisher="Hofbau Herald", said_on=date(2031, 3, day), original=f"{number:064x}", text=f"{number:064x}",
        address="https://herald.example/?a=1&b=<2>", recorded_at=at,
    )  # fmt: skip
    claim = Claim(
        report=report.id, said_on=date(2031, 3, day), span=Span(0, 9), quote=quote, speaker=speaker,
        outcome=Outcome.KILLED, figure=Figure(number, number, number, str(number)), scope=Scope.CUMULATIVE, recorded_at=at,
    )  # fmt: skip
    return [report, claim, Link(claim=claim.id, incident=SIEGE.id, recorded_at=at)]


@pytest.fixture
def box(tmp_path: Path) -> Path:
    """A box in which a bulletin and its CSV gave 12; the toll is 17 now."""
    folder = tmp_path / "box"
    pipeline.init_box(folder)
    with pipeline.open_box(folder) as opened:
        opened.log.append([SIEGE, SECRET, *told(12, 5, "Rudolf Rassendyll", NOW)])
        for name in ("bulletin", "csv"):
            pipeline.publish(opened, SIEGE.id, name, tmp_path / "out", now=NOW)
        opened.log.append(told(17, 6, "Rudolf Rassendyll", NOW + timedelta(hours=3), HOSTILE))
    return folder


def written(box: Path, format: str, **more: object) -> bytes:  # noqa: A002  (as the verb calls it)
    with pipeline.open_box(box) as opened:
        book = pipeline.book(opened)
        found, silent = pipeline.corrected(opened, book)
    assert silent == []
    made = feed.atom if format == "atom" else feed.json_feed
    return made(book, found, now=NOW, **more)  # type: ignore[arg-type]


class Tags(HTMLParser):
    """The elements of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002  (as the base class has it)
        self.found.add(tag)


def test_an_entry_says_what_was_published_what_it_is_now_and_why(box: Path) -> None:
    root = ET.fromstring(written(box, "atom", address="https://desk.example/c.atom"))
    (entry,) = root.findall(f"{ATOM}entry")
    content = entry.findtext(f"{ATOM}content") or ""
    assert "Published on 2031-03-06 (bulletin, method strict): 12." in content
    assert "Now: 17. New deaths" in content
    assert [c.get("term") for c in entry.findall(f"{ATOM}category")] == ["new deaths"]
    assert entry.findtext(f"{ATOM}published") == "2031-03-06T12:00:00Z"
    assert entry.findtext(f"{ATOM}updated") == "2031-03-06T15:00:00Z"
    for parent in (root, entry):
        for name in ("id", "title", "updated"):
            assert len(parent.findall(f"{ATOM}{name}")) == 1
    assert (entry.findtext(f"{ATOM}id") or "").startswith("urn:uuid:")
    assert root.find(f"{ATOM}author/{ATOM}name") is not None


def test_hostile_words_never_run_and_a_confidential_name_never_leaves(box: Path) -> None:
    for data in (written(box, "atom"), written(box, "json")):
        assert b"Rassendyll" not in data
        assert b"source-0a1b2c" in data
        assert "\u202e".encode() not in data
    html = json.loads(written(box, "json"))["items"][0]["content_html"]
    tags = Tags()
    tags.feed(html)
    assert tags.found <= {"p", "ol", "li", "blockquote", "footer", "a"}
    assert "&lt;script&gt;" in html
    assert "Siege of <b>Zenda</b>" in json.loads(written(box, "json"))["items"][0]["title"]


def test_ids_stay_when_the_figure_moves_again_and_the_date_moves_with_it(box: Path) -> None:
    before = json.loads(written(box, "json"))
    with pipeline.open_box(box) as opened:
        opened.log.append(told(19, 7, "Rudolf Rassendyll", NOW + timedelta(hours=9)))
    after = json.loads(written(box, "json"))
    (old,), (new,) = before["items"], after["items"]
    assert old["id"] == new["id"]
    assert new["date_modified"] == "2031-03-06T21:00:00Z"
    assert (new["_tollbook"]["published"]["best"], new["_tollbook"]["now"]["best"]) == (12, 19)
    assert sum(p["number"] for p in new["_tollbook"]["pieces"]) == 7
    assert before["_tollbook"]["id"] == after["_tollbook"]["id"]
    assert after["version"] == "https://jsonfeed.org/version/1.1"


def test_a_rejected_claim_is_our_error_and_a_withdrawn_incident_leaves_nothing(box: Path) -> None:
    with pipeline.open_box(box) as opened:
        (claim,) = [e for e in opened.log.entries() if isinstance(e, Claim) and e.figure.low == 17]
        opened.log.append(
            [
                Judgement(verb=Verb.CORRECT, target=claim.id, reason="a slip", changes=(("figure", "14"),), recorded_at=NOW + timedelta(hours=5)),
            ]
        )  # fmt: skip
        book = pipeline.book(opened)
        (found,), _ = pipeline.corrected(opened, book)
        assert (found.change.before.best, found.change.after.best) == (12, 14)
        opened.log.append(
            [
                Judgement(
                    verb=Verb.WITHDRAW,
                    target=SIEGE.id,
                    reason="it never was",
                    recorded_at=NOW + timedelta(hours=6),
                )
            ]
        )
        book = pipeline.book(opened)
        (found,), _ = pipeline.corrected(opened, book)
        assert found.change.kind == "our error"
        assert "it never was" in found.change.why
        assert not found.change.after.known


def test_a_figure_of_a_day_is_compared_with_what_is_known_of_that_day(box: Path, tmp_path: Path) -> None:
    with pipeline.open_box(box) as opened:
        pipeline.publish(
            opened, SIEGE.id, "json", tmp_path / "o", now=NOW + timedelta(days=1), as_of=date(2031, 3, 5)
        )
        opened.log.append(told(20, 8, "Rudolf Rassendyll", NOW + timedelta(days=2)))
        found, _ = pipeline.corrected(opened, pipeline.book(opened))
        assert [c.publication.as_of for c in found] == [None]
        opened.log.append(told(13, 5, "Rudolf Rassendyll", NOW + timedelta(days=3)))
        found, _ = pipeline.corrected(opened, pipeline.book(opened))
        (day,) = [c for c in found if c.publication.as_of]
        assert (day.change.before.best, day.change.after.best) == (12, 13)


def test_the_verb_prints_filters_and_says_when_there_is_nothing(
    box: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["corrections", "--box", str(box)]) == 0
    out = capfd.readouterr().out
    assert "12 → 17 (new deaths)" in out
    assert "Rassendyll" not in out
    assert main(["corrections", "--box", str(box), "--errors"]) == 0
    assert "Nothing that was published has moved since." in capfd.readouterr().out
    assert main(["corrections", "--box", str(box), "--kind", "late report", "--json"]) == 0
    assert json.loads(capfd.readouterr().out)["items"] == []
    assert main(["corrections", "--box", str(box), "--format", "atom"]) == 0
    assert ET.fromstring(capfd.readouterr().out.encode()).tag == f"{ATOM}feed"


def test_every_verb_that_prints_a_toll_looks_at_both_clocks(
    box: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """On the 5th it was 12, and so it was before the second report came in."""
    for cut in (["--as-of", "2031-03-05"], ["--known-at", "2031-03-06T13:00"]):
        for verb in (["toll"], ["incidents"], ["explain"], ["export", "--of", "tolls"]):
            json_ = [] if verb[0] == "export" else ["--json"]
            assert main([*verb, "--box", str(box), *json_, *cut]) == 0
            out = re.sub(r"\b[0-9a-f]{16,64}\b", "", capfd.readouterr().out)
            assert re.search(r"\b12\b", out)
            assert not re.search(r"\b17\b", out), (verb, cut)
        to = tmp_path / cut[0].strip("-")
        assert main(["publish", "--box", str(box), "-f", "csv", "--to", str(to), *cut]) == 0
        assert '"12","12","12"' in (to / "tolls.csv").read_text(encoding="utf-8")
        capfd.readouterr()
    assert main(["print", "claim", "--box", str(box), "--known-at", "2031-03-06T13:00"]) == 0
    assert capfd.readouterr().out.count("outcome=killed") == 1
    assert main(["diff", "2031-03-05", "2031-03-06", "--box", str(box), "--json"]) == 0
    (move,) = json.loads(capfd.readouterr().out)
    assert (move["before"]["best"], move["after"]["best"], move["pieces"][0]["number"]) == (12, 17, 5)
    assert (
        main(
            [
                "diff",
                "--known",
                "2031-03-06T13:00",
                "2031-03-07",
                "--as-of",
                "2031-03-05",
                "--box",
                str(box),
                "--json",
            ]
        )
        == 0
    )
    assert json.loads(capfd.readouterr().out) == []
    assert main(["diff", "2031-03-06", "2031-03-05", "--box", str(box)]) == 2
