"""The pipeline: boxes, what goes in, what people decide, what comes out, and plugins."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pluggy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbook import config, incidents, pipeline, plugins
from tollbook.codes import Outcome, SourceKind, Verb
from tollbook.config import Config, ConfigError
from tollbook.connectors import Incoming, InputError, Refused
from tollbook.figures import Figure, exactly
from tollbook.log import DiskFullError, LockedError, Log, LogError, MissingError
from tollbook.nouns import Claim, Entry, Forgotten, Judgement, Report, Source, Span
from tollbook.pipeline import Box, BoxError, JudgementError, cards
from tollbook.values import Reading

NOW = datetime(2022, 2, 1, 8, tzinfo=UTC)
HEAD = "title: Attack in {town}\npublished: {day}\npublisher: Gazette\n\n"
BODY = "{n} people were killed in an attack on the market of {town} on January 20, the Zenda Monitor said.\n"


def text(n: int = 12, town: str = "Zenda", day: str = "2022-01-21") -> str:
    return (HEAD + BODY).format(n=n, town=town, day=day)


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Box]:
    pipeline.init_box(tmp_path / "box")
    with pipeline.open_box(tmp_path / "box") as opened:
        yield opened


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "zenda.txt"
    path.write_text(text())
    return path


def add(box: Box, *targets: Path | str, now: datetime = NOW, **options: object) -> pipeline.Ingested:
    return pipeline.ingest(box, [str(t) for t in targets], now=now, **options)  # type: ignore[arg-type]


# --- boxes


def test_a_new_box_is_whole_private_and_can_be_opened(tmp_path: Path) -> None:
    pipeline.init_box(tmp_path / "a" / "box")
    folder = tmp_path / "a" / "box"
    assert sorted(p.name for p in folder.iterdir()) == [
        "kept",
        "log.db",
        "methods",
        "sources",
        "tollbook.toml",
    ]
    assert folder.stat().st_mode & 0o077 == 0
    with pipeline.open_box(folder) as opened:
        assert opened.config == Config()
        assert pipeline.book(opened).reports == {}
        assert pipeline.verify(opened) == []


def test_making_a_box_again_changes_nothing(box: Box, report: Path) -> None:
    add(box, report)
    settings = box.folder / "tollbook.toml"
    settings.write_text('reader = "rules"\n')
    pipeline.init_box(box.folder)
    assert settings.read_text() == 'reader = "rules"\n'
    assert len(pipeline.book(box).reports) == 1


def test_what_is_no_box_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(BoxError, match=r"is not a box .* tollbook init"):
        pipeline.open_box(tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(BoxError, match="cannot be made a box"):
        pipeline.init_box(tmp_path / "file" / "box")


def test_a_box_without_its_log_is_told_so(box: Box) -> None:
    box.close()
    (box.folder / "log.db").unlink()
    with pytest.raises(MissingError, match="there is no log at"):
        pipeline.open_box(box.folder)


def test_every_error_of_the_pipeline_is_a_sentence_for_the_caller() -> None:
    for error in (BoxError, ConfigError, InputError, JudgementError, LockedError, plugins.PluginError):
        assert issubclass(error, pipeline.ERRORS)


# --- settings and cards


def test_the_settings_that_init_writes_are_the_usual_ones() -> None:
    assert config.parse(config.TEMPLATE, "tollbook.toml") == Config()
    spoken = "\n".join(line.removeprefix("# ") for line in config.TEMPLATE.splitlines() if "=" in line[:20])
    assert config.parse(spoken.replace("#                             ", "# "), "tollbook.toml") == Config()


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        (
            "reeder = 'x'",
            "box.toml: unknown key reeder; it may hold log, kept, sources, methods, reader, allow_private",
        ),
        ("reader = 3", "reader must be a text, not 3"),
        ("allow_private = 'yes'", "allow_private must be true or false, not 'yes'"),
        ("log = ''", "log must be a text"),
        ("log = ", "box.toml is no TOML"),
    ],
)
def test_settings_that_cannot_be_used_say_what_they_could_be(toml: str, says: str) -> None:
    with pytest.raises(ConfigError) as caught:
        config.parse(toml, "box.toml")
    assert says in str(caught.value)


def test_a_card_becomes_a_source() -> None:
    card = cards.card(
        'name = "Zenda Monitor"\naliases = ["ZM"]\nkind = "monitor"\nparty = ""\nreliability = "B"\n'
        "confidential = true\nyields_min = 2\nyields_max = 9\nsilent_days = 3\n"
        "coverage = ['Zenda', 'Hofbau', 'Zenda']\nnotes = 'Counts  by telephone.'",
        "zm.toml",
    )
    assert card == Source(
        name="Zenda Monitor", aliases=("ZM",), kind=SourceKind.MONITOR, reliability="B", confidential=True,
        yields_min=2, yields_max=9, silent_days=3, coverage=("Zenda", "Hofbau"), notes="Counts by telephone.",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ("", "a card needs a name"),
        ("name = '  '", "a card needs a name"),
        ("name = 'x'\nkind = 'paper'", "kind is 'paper'; one of agency, outlet"),
        ("name = 'x'\nreliability = 'G'", "one letter of A completely reliable"),
        ("name = 'x'\naliases = 'y'", "aliases must be a list of texts"),
        ("name = 'x'\naliases = [1]", "aliases must be a list of texts"),
        ("name = 'x'\nyields_min = true", "yields_min must be a number"),
        ("name = 'x'\naliases = ['y', ' ']", "aliases holds an empty text"),
        ("name = 'x'\nyields_min = 9\nyields_max = 2", "yields_min 9 is more than yields_max 2"),
        ("name = 'x'\nsilent_days = 0", "silent_days is 0; it must be 1 or more"),
        ("name = 'x'\nalias = ['y']", "unknown key alias; did you mean aliases?"),
        ("name", "is no TOML"),
    ],
)
def test_a_card_that_cannot_be_used_says_why(toml: str, says: str) -> None:
    with pytest.raises(ConfigError) as caught:
        cards.card(toml, "sources/x.toml")
    assert says in str(caught.value)
    assert str(caught.value).startswith("sources/x.toml")


@given(st.text(max_size=60))
def test_no_text_of_a_card_raises_anything_else(toml: str) -> None:
    for read in (cards.card, config.parse):
        try:
            read(toml, "x.toml")
        except ConfigError:
            continue


def write_card(box: Box, toml: str, name: str = "zm") -> None:
    (box.folder / "sources" / f"{name}.toml").write_text(toml)


def test_cards_are_recorded_when_new_or_changed_and_only_then(box: Box) -> None:
    write_card(box, 'name = "Zenda Monitor"')
    assert len(add(box).cards) == 1
    assert add(box, now=NOW + timedelta(days=1)).cards == []
    write_card(box, 'name = "Zenda Monitor"\nreliability = "B"')
    (changed,) = add(box, now=NOW + timedelta(days=2)).cards
    assert changed.said_on == date(2022, 2, 3)
    write_card(box, 'name = "Zenda Monitor"')
    assert len(add(box, now=NOW + timedelta(days=3)).cards) == 1
    (current,) = pipeline.book(box).sources.values()
    assert current.reliability == "F"
    (before,) = pipeline.book(box, NOW + timedelta(days=2)).sources.values()
    assert before.reliability == "B"


def test_a_bad_card_stops_before_anything_is_added(box: Box, report: Path) -> None:
    write_card(box, "name = 3")
    with pytest.raises(ConfigError, match=r"zm\.toml: name must be a text"):
        add(box, report)
    write_card(box, "name = 'Twin'")
    write_card(box, "name = 'TWIN'", "other")
    with pytest.raises(ConfigError, match="cards of one name"):
        add(box, report)
    write_card(box, "name = 'Sapt'\naliases = ['THE colonel']")
    write_card(box, "name = 'Fritz'\naliases = ['Colonel']\nconfidential = true", "other")
    with pytest.raises(ConfigError, match="list the same alias") as caught:
        add(box, report)
    assert "olonel" not in str(caught.value)
    assert box.log.head()[0] == 0


# --- what goes in


def test_a_report_is_one_transaction_with_all_that_was_read_in_it(
    box: Box, report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    appended: list[list[str]] = []
    real = Log.append

    def append(log: Log, entries: list[Entry], **options: int) -> int:
        appended.append([e.KIND for e in entries])
        return real(log, entries, **options)

    monkeypatch.setattr(Log, "append", append)
    done = add(box, report)
    (kinds,) = appended
    assert kinds[0] == "report"
    assert {"claim", "incident", "link"} <= set(kinds)
    assert (len(done.added), done.claims > 0, len(done.founded)) == (1, True, 1)
    book = pipeline.book(box)
    (entered,) = book.reports.values()
    assert (entered.title, entered.publisher, entered.document) == ("Attack in Zenda", "Gazette", "zenda")
    assert entered.said_on == date(2022, 1, 21)
    assert box.kept.fetch(entered.original) == report.read_bytes()
    for claim in book.claims.values():
        assert box.text(entered)[claim.span.start : claim.span.end] == claim.quote
        assert claim.recorded_at == entered.recorded_at == NOW
        assert book.incident_of[claim.id] == done.founded[0].id


def test_the_same_report_twice_changes_nothing(box: Box, report: Path, tmp_path: Path) -> None:
    add(box, report)
    head, kept = box.log.head(), box.kept.digests()
    shutil.copy(report, tmp_path / "under-another-name.txt")
    done = add(box, report, tmp_path / "under-another-name.txt", now=NOW + timedelta(days=1))
    assert (done.known, done.added) == (2, [])
    assert (box.log.head(), box.kept.digests()) == (head, kept)


def test_reports_on_one_event_meet_in_one_incident(box: Box, tmp_path: Path) -> None:
    for n, day in ((12, "2022-01-21"), (15, "2022-01-22")):
        (tmp_path / f"{n}.txt").write_text(text(n, day=day))
    done = add(box, tmp_path / "12.txt", tmp_path / "15.txt")
    assert len(done.founded) == 1
    assert set(pipeline.book(box).incident_of.values()) == {done.founded[0].id}


def test_a_run_leaves_the_book_that_a_full_reckoning_gives(box: Box, tmp_path: Path) -> None:
    for n in range(6):
        (tmp_path / f"{n}.txt").write_text(text(3 + n, town=("Zenda", "Hentzau")[n % 2]))
    run = pipeline.intake.Intake(box, NOW, dry_run=False)
    for n in range(6):
        for item in plugins.connectors()["built in"](str(tmp_path / f"{n}.txt")) or ():
            run.take(item)
    assert run.book == pipeline.book(box)


def test_what_cannot_be_read_is_kept_and_listed_and_the_others_go_on(box: Box, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a-empty.txt").write_bytes(b"")
    (folder / "b-binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "c-good.txt").write_text(text())
    told: list[tuple[int, int, str]] = []
    done = add(box, folder, progress=lambda *step: told.append(step))
    assert [u.document for u in done.unread] == ["a-empty", "b-binary"]
    assert [r.document for r in done.added] == ["c-good"]
    assert told == [(1, 3, "a-empty"), (2, 3, "b-binary"), (3, 3, "c-good")]
    unread = {u.document: u for u in pipeline.book(box).unread.values()}
    assert box.kept.fetch(unread["b-binary"].original) == bytes(range(256)) * 40
    assert all(u.reason for u in unread.values())
    head = box.log.head()
    assert len(add(box, folder, now=NOW + timedelta(days=1)).unread) == 2
    assert box.log.head() == head


class Broken:
    """A reader that fails at one word."""

    @plugins.hookimpl
    def readers(self) -> Mapping[str, plugins.Reader]:
        return {"broken": plugins.Reader(self.read), "machine": plugins.Reader(self.dream, machine=True)}

    def read(self, _: Report, body: str) -> Reading:
        if "Hentzau" in body:
            raise ZeroDivisionError("a secret of the text")
        return Reading()

    def dream(self, report: Report, body: str) -> Reading:
        """One claim whose words are there, one that was dreamt, one of another report."""
        real = Claim(
            report=report.id, span=Span(0, 9), quote=body[:9], outcome=Outcome.KILLED, figure=exactly(12)
        )
        return Reading(claims=(real, real, replace(real, quote="99 people"), replace(real, report="0" * 16)))


@pytest.fixture
def broken() -> Iterator[None]:
    plugin = Broken()
    plugins.manager().register(plugin)
    yield
    plugins.manager().unregister(plugin)


@pytest.mark.usefixtures("broken")
def test_a_fault_of_ours_in_one_text_does_not_stop_the_others_and_tells_no_secret(
    box: Box, tmp_path: Path
) -> None:
    for town in ("Hentzau", "Zenda"):
        (tmp_path / f"{town}.txt").write_text(text(town=town))
    with_broken = replace(box, config=Config(reader="broken"))
    done = add(with_broken, tmp_path / "Hentzau.txt", tmp_path / "Zenda.txt")
    assert [r.document for r in done.added] == ["Zenda"]
    (unread,) = done.unread
    assert "the fault is tollbook's (ZeroDivisionError)" in unread.reason
    assert "secret" not in unread.reason
    assert box.kept.fetch(unread.original) == (tmp_path / "Hentzau.txt").read_bytes()
    # with a better reader it is read, and no longer waits
    assert [r.document for r in add(box, tmp_path / "Hentzau.txt").added] == ["Hentzau"]
    assert pipeline.book(box).unread == {}


def test_a_fault_in_matching_is_ours_too(box: Box, report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(incidents, "match", lambda *_: 1 / 0)
    done = add(box, report)
    assert done.added == []
    assert "ZeroDivisionError" in done.unread[0].reason
    assert {e.KIND for e in box.log.entries()} == {"unread"}


@pytest.mark.usefixtures("broken")
def test_a_machines_claims_wait_and_words_that_are_not_there_are_dropped(box: Box, report: Path) -> None:
    done = add(replace(box, config=Config(reader="machine")), report)
    book = pipeline.book(box)
    assert (len(book.waiting), len(book.claims)) == (1, 0)
    assert [note for _, note in done.notes] == [
        "the reader gave words that do not stand in the text, so no claim: “99 people”",
        "the reader gave words that do not stand in the text, so no claim: “12 people”",
    ]


def test_an_unknown_reader_is_told_with_those_that_are_there(box: Box, report: Path) -> None:
    with pytest.raises(BoxError, match="no reader 'oracle'; one of rules"):
        add(replace(box, config=Config(reader="oracle")), report)


def test_a_missing_target_is_told_after_the_others_are_done(box: Box, report: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.txt does not exist.*; all else \(1\) was done"):
        add(box, tmp_path / "nowhere.txt", report)
    assert len(pipeline.book(box).reports) == 1
    with pytest.raises(InputError, match=r"does not exist; check the name"):
        add(box, "nowhere")


def test_a_text_without_a_day_waits_until_somebody_says_the_day(box: Box, tmp_path: Path) -> None:
    path = tmp_path / "undated.txt"
    path.write_text("Twelve people were killed in an attack in Zenda on Saturday, the Zenda Monitor said.\n")
    (waiting,) = add(box, path).unread
    assert "--published DAY" in waiting.reason
    assert box.kept.fetch(waiting.original) == path.read_bytes()
    assert not pipeline.book(box).reports
    done = add(box, path, published=date(2022, 1, 23), now=NOW + timedelta(days=1))
    assert [r.said_on for r in done.added] == [date(2022, 1, 23)]
    book = pipeline.book(box)
    assert [c.date_from for c in book.claims.values()] == [date(2022, 1, 22)]
    assert not book.unread


def test_a_day_that_is_none_is_named_in_the_reason(box: Box, tmp_path: Path) -> None:
    path = tmp_path / "torn.txt"
    path.write_text(text(day="2022-02-31"))
    (waiting,) = add(box, path).unread
    assert "'2022-02-31' cannot be read as one day" in waiting.reason


@pytest.mark.parametrize(("ahead", "waits"), [(0, False), (1, False), (2, True), (400, True)])
def test_a_day_still_to_come_waits_but_for_the_other_side_of_the_date_line(
    box: Box, tmp_path: Path, ahead: int, waits: bool
) -> None:
    path = tmp_path / "future.txt"
    day = NOW.date() + timedelta(days=ahead)
    path.write_text(text(day=day.isoformat()))
    done = add(box, path)
    assert [str(day) in u.reason for u in done.unread] == [True] * waits
    assert [r.said_on for r in done.added] == [day] * (not waits)


def test_a_disk_that_fills_in_the_middle_says_what_is_done(
    box: Box, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n, town in enumerate(["Hentzau", "Strelsau", "Zenda"]):
        (tmp_path / f"{town}.txt").write_text(text(12 + n, town, "2022-01-21"))
    append, calls = type(box.log).append, []

    def full(log: Log, entries: Sequence[Entry], **options: int) -> int:
        calls.append(1)
        if len(calls) > 2:
            raise DiskFullError("the disk that holds the log is full")
        return append(log, entries, **options)

    monkeypatch.setattr(type(box.log), "append", full)
    with pytest.raises(DiskFullError, match=r"full; the 2 before it were done"):
        add(box, *sorted(tmp_path.glob("*.txt")))
    monkeypatch.undo()
    assert len(pipeline.book(box).reports) == 2
    done = add(box, *sorted(tmp_path.glob("*.txt")))
    assert (done.known, len(done.added)) == (2, 1)


def test_a_text_through_the_pipe(box: Box) -> None:
    done = add(box, "-", stdin=text().encode())
    assert [(r.document, r.origin) for r in done.added] == [("stdin", "stdin")]


def test_lines_of_one_file_are_reports_of_their_own(box: Box, tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    lines = [
        {
            "id": f"r{n}",
            "title": f"Attack {n}",
            "published": "2022-01-21",
            "publisher": "Gazette",
            "text": text(n),
        }
        for n in range(3, 6)
    ]
    path.write_text("\n".join(map(json.dumps, lines)))
    done = add(box, path)
    assert [r.document for r in done.added] == ["r3", "r4", "r5"]
    assert pipeline.verify(box) == []


def test_a_dry_run_says_the_same_and_writes_nothing(box: Box, report: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    write_card(box, 'name = "Zenda Monitor"')
    tried = add(box, report, tmp_path / "empty.txt", dry_run=True)
    assert box.log.head()[0] == 0
    assert box.kept.digests() == []
    assert tried == add(box, report, tmp_path / "empty.txt")


def test_a_second_writer_in_the_middle_is_seen_and_its_incident_met(
    box: Box, report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.txt"
    other.write_text(text(15, day="2022-01-22"))
    real, once = incidents.match, [True]

    def match(*given: object) -> object:
        if once:
            once.clear()
            with pipeline.open_box(box.folder) as second:
                add(second, other)
        return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(incidents, "match", match)
    done = add(box, report)
    assert done.founded == []
    book = pipeline.book(box)
    assert len(book.reports) == 2
    assert len(set(book.incident_of.values())) == len(book.incidents) == 1


def test_a_locked_box_is_told_and_left_as_it_was(box: Box, report: Path, tmp_path: Path) -> None:
    add(box, report)
    before = box.log.head()
    (tmp_path / "new.txt").write_text(text(99))
    holder = sqlite3.connect(box.folder / "log.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(LockedError, match="in use by another tollbook"):
        add(box, tmp_path / "new.txt")
    holder.execute("ROLLBACK")
    holder.close()
    assert box.log.head() == before


def test_an_interrupt_leaves_whole_reports_and_a_second_run_does_the_rest(
    box: Box, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(4):
        (folder / f"{n}.txt").write_text(text(3 + n))

    def stop(done: int, *_: object) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        add(box, folder, progress=stop)
    assert len(pipeline.book(box).reports) == 2
    done = add(box, folder)
    assert (done.known, len(done.added)) == (2, 2)


def test_documents_are_read_without_a_box(report: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    item, refused = pipeline.documents([str(report), str(tmp_path / "empty.txt")])
    assert isinstance(item, pipeline.Item)
    assert item.report.document == "zenda"
    assert [c.figure.low for c in item.reading.claims] == [12]
    assert [t.main for t in item.reading.topics] == [True]
    assert isinstance(refused, Refused)
    with pytest.raises(InputError, match="does not exist"):
        list(pipeline.documents(["nowhere"]))


@pytest.mark.usefixtures("broken")
def test_a_fault_of_ours_without_a_box_is_a_refusal(tmp_path: Path) -> None:
    (tmp_path / "h.txt").write_text(text(town="Hentzau"))
    (refused,) = pipeline.documents([str(tmp_path / "h.txt")], reader="broken")
    assert isinstance(refused, Refused)
    assert "the fault is tollbook's" in refused.reason


# --- what people decide


def only(box: Box) -> Claim:
    (claim,) = pipeline.book(box).claims.values()
    return claim


def decide(box: Box, verb: Verb, target: str, reason: str = "checked", **options: object) -> Judgement:
    later = NOW + timedelta(hours=box.log.head()[0])
    return pipeline.decide(box, verb, target, reason, now=later, by="an editor", **options)  # type: ignore[arg-type]


def test_a_judgement_is_recorded_and_does_what_it_says(box: Box, report: Path) -> None:
    add(box, report)
    claim = only(box)
    decide(box, Verb.CORRECT, claim.id, changes=[("figure", "20..")])
    assert only(box).figure == Figure(20, None, None, claim.figure.as_written)
    withdrawn = decide(box, Verb.WITHDRAW, claim.report, "the paper took it back")
    assert pipeline.book(box).fallen[claim.id][1] == "the paper took it back"
    undo = decide(box, Verb.UNDO, withdrawn.id)
    assert only(box).id == claim.id
    decide(box, Verb.UNDO, undo.id)
    assert not pipeline.book(box).claims


def test_the_same_judgement_twice_is_one_and_after_an_undo_it_counts_anew(box: Box, report: Path) -> None:
    add(box, report)
    claim = only(box)
    first = decide(box, Verb.REJECT, claim.id)
    head = box.log.head()
    again = Judgement(
        verb=Verb.REJECT,
        target=claim.id,
        reason="checked",
        said_on=first.said_on,
        recorded_at=NOW + timedelta(days=9),
    )
    assert pipeline.judge(box, again).id == first.id
    assert box.log.head() == head
    decide(box, Verb.UNDO, first.id)
    assert pipeline.book(box).claims
    assert pipeline.judge(box, again).id != first.id
    assert not pipeline.book(box).claims


def test_a_split_without_a_place_to_go_founds_one(box: Box, report: Path) -> None:
    add(box, report)
    claim, (old,) = only(box), pipeline.book(box).incidents
    judged = decide(box, Verb.SPLIT, old, claims=[claim.id])
    book = pipeline.book(box)
    assert book.incident_of[claim.id] == judged.other != old
    assert book.incidents[judged.other or ""].name.endswith("(split off)")
    decide(box, Verb.MERGE, judged.other or "", other=old)
    assert pipeline.book(box).incident_of[claim.id] == old


def test_a_finding_is_acknowledged_by_its_key(box: Box) -> None:
    decide(box, Verb.ACKNOWLEDGE, "stale:0123456789abcdef", "known")
    assert pipeline.book(box).acknowledged == {"stale:0123456789abcdef": "known"}


@pytest.mark.parametrize(
    ("verb", "target", "options", "says"),
    [
        (Verb.REJECT, "claim", {"reason": "  "}, "needs a reason"),
        (Verb.REJECT, "0123456789abcdef", {}, "there is no entry"),
        (
            Verb.RATE,
            "incident",
            {"changes": [("credibility", "2")]},
            "is an incident, and rate is for a claim",
        ),
        (Verb.RATE, "claim", {"changes": [("credibility", "7")]}, "no credibility '7'; there are 1, 2"),
        (Verb.GRADE, "incident", {"changes": [("grade", "superb")]}, "there are confirmed, fair"),
        (Verb.NEST, "incident", {"other": "incident"}, "is one thing; name another"),
        (Verb.UNDO, "claim", {}, "undo is for a judgement"),
        (Verb.MERGE, "claim", {"other": "incident"}, "merge is for an incident"),
        (Verb.MERGE, "incident", {"other": "claim"}, "there is no incident"),
        (Verb.MERGE, "incident", {"other": "incident"}, "cannot go into itself"),
        (Verb.SPLIT, "incident", {"claims": []}, "no claims of this box: none given"),
        (Verb.SPLIT, "incident", {"claims": ["incident"]}, "no claims of this box"),
        (Verb.CORRECT, "claim", {}, "nothing to correct"),
        (Verb.CORRECT, "claim", {"changes": [("figgure", "3")]}, "no field 'figgure'; it has report, span"),
        (Verb.CORRECT, "claim", {"changes": [("figure", "many")]}, "no figure: 'many'; write 373"),
        (Verb.CORRECT, "claim", {"changes": [("quote", "x")]}, "quote cannot be corrected: it is evidence"),
        (Verb.CORRECT, "claim", {"changes": [("outcome", "slain")]}, "slain"),
        (Verb.ACKNOWLEDGE, "claim", {}, "is no finding's key"),
    ],
)
def test_a_judgement_that_cannot_be_is_refused_and_nothing_recorded(
    box: Box, report: Path, verb: Verb, target: str, options: dict[str, object], says: str
) -> None:
    add(box, report)
    (incident,) = pipeline.book(box).incidents
    ids = {"claim": only(box).id, "incident": incident}
    head = box.log.head()
    meant = {k: ids.get(v, v) if isinstance(v, str) else v for k, v in options.items()}
    if isinstance(meant.get("claims"), list):
        meant["claims"] = [ids.get(c, c) for c in meant["claims"]]  # type: ignore[attr-defined]
    with pytest.raises(JudgementError) as caught:
        decide(box, verb, ids.get(target, target), **meant)  # type: ignore[arg-type]
    assert says in str(caught.value)
    assert box.log.head() == head


# --- what comes out


class Gazetteer:
    """A format that writes what it was given."""

    @plugins.hookimpl
    def formats(self) -> Mapping[str, object]:
        return {"slip": self.render}

    def render(
        self, book: object, incident: str, *, method: str, texts: object, **_: object
    ) -> dict[str, bytes]:
        words = " ".join(texts(i) for i in book.reports)  # type: ignore[operator, attr-defined]
        return {"b.txt": f"{method} {incident}".encode(), "a.txt": words.encode()}


@pytest.fixture
def slip() -> Iterator[None]:
    plugin = Gazetteer()
    plugins.manager().register(plugin)
    yield
    plugins.manager().unregister(plugin)


@pytest.mark.usefixtures("slip")
def test_a_publication_is_written_and_recorded_with_what_it_rests_on(
    box: Box, report: Path, tmp_path: Path
) -> None:
    add(box, report)
    (incident,) = pipeline.book(box).incidents
    head = box.log.head()
    paths = pipeline.publish(
        box, incident, "slip", tmp_path / "out", now=NOW, method="minmax", by="an editor"
    )
    assert [p.name for p in paths] == ["b.txt", "a.txt"]
    assert paths[0].read_text() == f"minmax {incident}"
    assert "market of Zenda" in paths[1].read_text()
    (record,) = pipeline.book(box).publications.values()
    assert (record.format, record.incident, record.made_by) == ("slip", incident, "an editor")
    assert (record.upto, record.head) == head
    assert record.digest == pipeline.release.digest({p.name: p.read_bytes() for p in paths})
    assert pipeline.verify(box) == []


@pytest.mark.usefixtures("slip")
def test_what_cannot_be_published_is_told_and_not_recorded(box: Box, report: Path, tmp_path: Path) -> None:
    add(box, report)
    (incident,) = pipeline.book(box).incidents
    head = box.log.head()
    (tmp_path / "file").write_text("")
    (tmp_path / "taken" / "a.txt" / "x").mkdir(parents=True)  # a folder where a file should stand
    for given_incident, name, folder, says in [
        (incident, "telegram", "out", "no format 'telegram'; one of .*slip"),
        ("0" * 16, "slip", "out", "no incident"),
        (incident, "slip", "file/out", "cannot be written"),
        (incident, "slip", "taken", "cannot be written"),
    ]:
        with pytest.raises(BoxError, match=says):
            pipeline.publish(box, given_incident, name, tmp_path / folder, now=NOW)
    assert box.log.head() == head
    assert not list(tmp_path.rglob("*.tmp"))


def test_verify_holds_the_log_to_the_heads_of_its_publications(box: Box, report: Path) -> None:
    add(box, report)
    false = (1, "ab" * 32)
    pipeline.record_publication(box, "slip", "", {"a": b""}, head=false, now=NOW, by="x")
    assert any("position 1:" in line for line in pipeline.verify(box))


def test_verify_names_a_report_whose_kept_bytes_are_gone_or_damaged(box: Box, report: Path) -> None:
    (entered,) = add(box, report).added
    box.kept.path(entered.text).write_bytes(b"other words")
    assert [line for line in pipeline.verify(box) if entered.id in line and "damaged" in line]
    box.kept.path(entered.original).unlink()
    assert len(pipeline.verify(box)) == 2
    with pytest.raises(LogError):
        box.text(entered)


def test_a_forgotten_report_is_nowhere_in_the_box_and_the_box_verifies(box: Box, tmp_path: Path) -> None:
    for n, town, day in ((12, "Zenda", "2022-01-21"), (140, "Hentzau", "2021-06-21")):
        (tmp_path / f"{town}.txt").write_text(text(n, town, day).replace("January 20", f"{day}"))
    add(box, tmp_path / "Zenda.txt", tmp_path / "Hentzau.txt")
    report = next(r for r in pipeline.book(box).reports.values() if r.document == "Hentzau")
    incident = next(i for i in pipeline.book(box).incidents.values() if "Hentzau" in i.name)
    assert pipeline.forget(box, report.id, "asked to", NOW) >= 3
    assert pipeline.forget(box, incident.id, "asked to", NOW) == 1
    left = [p for p in box.folder.rglob("*") if p.is_file() and b"Hentzau" in p.read_bytes()]
    assert left == []
    assert pipeline.verify(box) == []
    book = pipeline.book(box)
    assert [r.document for r in book.reports.values()] == ["Zenda"]
    assert {e.reason for e in box.log.entries() if isinstance(e, Forgotten)} == {"asked to"}
    with pytest.raises(MissingError):
        pipeline.forget(box, report.id, "again", NOW)


def test_a_source_can_be_forgotten_and_the_tolls_stay(box: Box, report: Path) -> None:
    write_card(box, 'name = "Rassendyll"\nconfidential = true')
    add(box, report)
    (source,) = pipeline.book(box).sources
    before = pipeline.book(box).claims
    (box.folder / "sources" / "zm.toml").unlink()
    pipeline.forget(box, source, "asked to", NOW)
    assert pipeline.book(box).claims == before
    assert not [p for p in box.folder.rglob("*") if p.is_file() and b"Rassendyll" in p.read_bytes()]


SECRET = 'name = "Rassendyll"\nconfidential = true'


def handle_of(box: Box, name: str = "Rassendyll") -> str:
    source = pipeline.book(box).source(name)
    assert source is not None
    return source.handle


def digests(text: str) -> set[str]:
    """Every digest that somebody who guesses would try first, in hexadecimal digits."""
    spelled = {text, text.casefold(), text.upper(), f"{text}\n", cards.card(SECRET, "x").id}
    return {hashlib.new(kind, s.encode()).hexdigest() for kind in ("md5", "sha1", "sha256", "sha512") for s in spelled} | {
        Source(name=text, confidential=True).id
    }  # fmt: skip


def test_a_pseudonym_is_not_made_from_the_name(tmp_path: Path) -> None:
    handles = set()
    for n in range(3):
        pipeline.init_box(tmp_path / str(n))
        with pipeline.open_box(tmp_path / str(n)) as box:
            write_card(box, SECRET)
            add(box)
            handles.add(handle_of(box))
            (source,) = pipeline.book(box).sources.values()
    assert len(handles) == 3  # the same card in three boxes
    assert all(re.fullmatch("source-[0-9a-f]{8}", h) for h in handles)
    drawn = {h.removeprefix("source-") for h in handles}
    assert not any(d in digest for d in drawn for digest in digests("Rassendyll"))
    assert source.id not in {replace(source, pseudonym="").id, cards.card(SECRET, "x").id}


def test_a_pseudonym_survives_an_edit_of_the_card(box: Box) -> None:
    write_card(box, SECRET)
    add(box)
    first = handle_of(box)
    edits = [
        SECRET + '\nreliability = "B"\naliases = ["the major"]',
        'name = "Rassendyll"',  # open for a while
        SECRET,
    ]
    for day, card in enumerate(edits, 1):
        write_card(box, card)
        assert len(add(box, now=NOW + timedelta(days=day)).cards) == 1
        assert handle_of(box) == (first if "confidential" in card else "Rassendyll")
    assert add(box, now=NOW + timedelta(days=9)).cards == []


def test_a_renamed_card_keeps_its_pseudonym_while_it_lists_the_old_name(box: Box) -> None:
    write_card(box, SECRET)
    add(box)
    first = handle_of(box)
    write_card(box, 'name = "Rudolf V"\naliases = ["Rassendyll"]\nconfidential = true')
    write_card(box, 'name = "Sapt"\naliases = ["the colonel"]\nconfidential = true', "sapt")
    add(box, now=NOW + timedelta(days=1))
    assert handle_of(box, "Rudolf V") == first
    assert handle_of(box, "Sapt") not in {first, "source-withheld"}


# --- plugins


def test_what_tollbook_brings_comes_through_the_door() -> None:
    assert list(plugins.connectors()) == ["built in"]
    assert list(plugins.readers()) == ["rules", "model", "parse"]
    assert "strict" in plugins.methods()
    assert {"one-origin", "sources-disagree"} <= set(plugins.checks())
    assert {"bulletin", "csv", "json"} <= set(plugins.formats())


def test_a_plugins_connector_is_asked_before_the_built_in_one(box: Box) -> None:
    class Radio:
        @plugins.hookimpl
        def connectors(self) -> Mapping[str, plugins.Connector]:
            return {"radio": self.listen}

        def listen(self, target: str, **_: object) -> Iterator[Incoming | Refused] | None:
            body = text()
            return (
                iter([Incoming(body.encode(), body, published=NOW.date(), document="wave")])
                if target == "radio:1"
                else None
            )

    plugin = Radio()
    plugins.manager().register(plugin)
    try:
        assert [r.document for r in add(box, "radio:1").added] == ["wave"]
        with pytest.raises(InputError):
            add(box, "radio:2")
    finally:
        plugins.manager().unregister(plugin)


def test_a_name_that_is_taken_is_an_error() -> None:
    class Usurper:
        @plugins.hookimpl
        def readers(self) -> Mapping[str, plugins.Reader]:
            return {"rules": plugins.Reader(lambda *_: Reading())}

    plugin = Usurper()
    plugins.manager().register(plugin)
    try:
        with pytest.raises(plugins.PluginError, match="two plugins offer rules among readers; remove one"):
            plugins.readers()
    finally:
        plugins.manager().unregister(plugin)


def test_a_package_whose_plugin_fails_is_named_by_its_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ImportError("no module named 'strelsau'")

    monkeypatch.setattr(pluggy.PluginManager, "load_setuptools_entrypoints", fail)
    plugins.manager.cache_clear()
    try:
        with pytest.raises(plugins.PluginError, match=r"no module named 'strelsau'.*update the package"):
            plugins.readers()
    finally:
        plugins.manager.cache_clear()
