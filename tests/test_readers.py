"""The reader of a language model against a stub that speaks its protocol, hostile answers included; the parse reader."""

from __future__ import annotations

import importlib.util
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tollbook import pipeline
from tollbook.cli.command import main
from tollbook.codes import Outcome, Scope, Status, VictimsClass
from tollbook.config import ConfigError, Model
from tollbook.connectors import Refused
from tollbook.nouns import Report
from tollbook.readers import ReaderError
from tollbook.readers import model as reader

BODY = "At least 20 people, three of them children, were killed in Zenda on Monday, the mayor said.\n\nDozens were hurt."
REPORT = Report(said_on=date(2022, 1, 31), title="Zenda", original="0", text="0")
WHOLE = {
    "quote": "At least 20 people, three of them children, were killed", "outcome": "killed", "low": 20, "high": None,
    "as_written": "At least 20", "victims": "people", "victims_class": "mixed", "speaker": "the mayor",
    "perpetrator": None, "place": "Zenda", "date_from": "2022-01-31", "date_to": "2022-01-31",
    "scope": "incident", "status": "asserted", "part_of": None,
}  # fmt: skip
PART = dict(
    WHOLE, quote="three of them children", low=3, high=3, as_written="three", victims="children", part_of=0
)

Answer = tuple[int, bytes]


@dataclass
class Stub:
    """A chat endpoint on this machine: what it is asked, and what it answers."""

    answers: list[Answer] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    port: int = 0

    def says(self, claims: object, code: int = 200) -> Model:
        """The endpoint, with an answer that holds these claims."""
        content = json.dumps({"claims": claims})
        return self.sends(json.dumps({"choices": [{"message": {"content": content}}]}).encode(), code)

    def sends(self, data: bytes, code: int = 200) -> Model:
        """The endpoint, with these bytes as its answer."""
        self.answers.append((code, data))
        return Model(f"http://127.0.0.1:{self.port}/v1", "stub-1", key="secret-key-of-mine", patience=5)


@pytest.fixture
def stub() -> Iterator[Stub]:
    """A stub that listens for the length of a test."""
    found = Stub()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.asked.append({"path": self.path, **json.loads(body)})
            found.headers.append(dict(self.headers))
            code, data = found.answers[min(len(found.asked), len(found.answers)) - 1]
            self.send_response(code)
            if code in {301, 302, 307}:
                self.send_header("Location", "http://127.0.0.1:9/elsewhere")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Handler)
    found.port = server.server_port
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield found
    server.shutdown()
    server.server_close()


def test_a_good_answer_becomes_claims(stub: Stub) -> None:
    """Every field comes over, spans stand in the text, a share knows its whole."""
    found = reader.read(REPORT, BODY, stub.says([WHOLE, PART]))
    whole, part = found.claims
    assert [BODY[c.span.start : c.span.end] for c in found.claims] == [WHOLE["quote"], PART["quote"]]
    assert (whole.outcome, whole.figure.low, whole.figure.high) == (Outcome.KILLED, 20, None)
    assert (whole.speaker, whole.place, whole.victims_class) == ("the mayor", "Zenda", VictimsClass.MIXED)
    assert (whole.scope, whole.status, whole.date_from) == (
        Scope.INCIDENT,
        Status.ASSERTED,
        date(2022, 1, 31),
    )
    assert part.part_of == whole.id
    assert found.doubts == ()


def test_what_is_asked(stub: Stub) -> None:
    """One question: the protocol's path, a strict schema, the text as data, the key in its header alone."""
    reader.read(REPORT, BODY, stub.says([]))
    asked = stub.asked[0]
    assert asked["path"] == "/v1/chat/completions"
    assert asked["model"] == "stub-1"
    assert asked["response_format"]["json_schema"]["strict"] is True
    assert json.loads(asked["messages"][1]["content"])["text"] == BODY
    assert "secret-key-of-mine" not in json.dumps(asked)
    assert stub.headers[0]["Authorization"] == "Bearer secret-key-of-mine"


def test_blanks_in_a_quote_may_differ(stub: Stub) -> None:
    """A line break that the model made a blank is still the same words; the span is the text's own."""
    body = BODY.replace("three of", "three\n  of")
    (claim,) = reader.read(REPORT, body, stub.says([dict(PART, part_of=None)])).claims
    assert claim.quote == "three\n  of them children"


BAD: dict[str, Any] = {
    "words that are not there": dict(WHOLE, quote="At least 2,000 people were killed"),
    "no words": dict(WHOLE, quote="  "),
    "words that are no words": dict(WHOLE, quote=["At", "least"]),
    "unknown outcome": dict(WHOLE, outcome="vaporised"),
    "outcome of another kind": dict(WHOLE, outcome={"killed": 1}),
    "a row that is no object": "killed 20",
    "an endless quote": dict(WHOLE, quote="At least 20 people" * 10_000),
}


@pytest.mark.parametrize("row", BAD.values(), ids=BAD)
def test_what_does_not_stand_is_left_out(row: object, stub: Stub) -> None:
    """The bad row is no claim; the good one behind it is."""
    found = reader.read(REPORT, BODY, stub.says([row, dict(PART, part_of=0)]))
    assert [c.figure.low for c in found.claims] == [3]
    assert found.claims[0].part_of is None


@pytest.mark.parametrize(("low", "high"), [(200, None), (20, 3), (7, 7), (None, 21)])
def test_a_number_that_its_words_do_not_say_is_a_doubt(low: int | None, high: int | None, stub: Stub) -> None:
    """A figure must stand in its quote; else an editor is asked."""
    found = reader.read(REPORT, BODY, stub.says([dict(WHOLE, low=low, high=high)]))
    assert found.claims == ()
    (doubt,) = found.doubts
    assert "which its words do not say" in doubt.why


def test_names_must_be_words_of_the_text(stub: Stub) -> None:
    """A speaker, a place or a perpetrator that the text does not name is dropped; the claim stays."""
    row = dict(
        WHOLE, speaker="General Black", place="Strelsau", perpetrator="x" * 9_000, victims=7, date_from="soon"
    )
    (claim,) = reader.read(REPORT, BODY, stub.says([row])).claims
    assert (claim.speaker, claim.place, claim.perpetrator, claim.victims) == (None, None, None, None)
    assert (claim.date_from, claim.date_to) == (None, date(2022, 1, 31))


@pytest.mark.parametrize("value", [True, -4, 2.5, "20", 10**30, [20]])
def test_a_number_is_a_number(value: object, stub: Stub) -> None:
    """What is no count is no figure."""
    (claim,) = reader.read(REPORT, BODY, stub.says([dict(WHOLE, low=value)])).claims
    assert (claim.figure.low, claim.figure.high) == (None, None)


ANSWERS: dict[str, tuple[Answer, str]] = {
    "no JSON": ((200, b"Sure! Here are the claims you asked for"), "no answer by the protocol"),
    "no choices": ((200, b'{"choices": []}'), "no answer by the protocol"),
    "prose inside": ((200, b'{"choices": [{"message": {"content": "I cannot"}}]}'), "no answer by the protocol"),
    "a list inside": ((200, b'{"choices": [{"message": {"content": "[1]"}}]}'), "something else than an object"),
    "nothing inside": ((200, b'{"choices": [{"message": {"content": null}}]}'), "no answer by the protocol"),
    "nested for ever": ((200, b"[" * 100_000), "no answer by the protocol"),
    "refused": ((401, b'{"error": "bad key secret-key-of-mine"}'), "code 401"),
    "led elsewhere": ((302, b""), "code 302"),
    "busy for ever": ((429, b""), "code 429"),
    "a flood": ((200, b"x" * 4_000_001), "larger than"),
}  # fmt: skip


@pytest.mark.parametrize(("answer", "sentence"), ANSWERS.values(), ids=ANSWERS)
def test_an_endpoint_that_misbehaves_is_one_sentence(
    answer: Answer, sentence: str, stub: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever comes back is a sentence for the caller, without the key and without the endpoint's words."""
    monkeypatch.setattr("tollbook.readers.endpoint.BACKOFF", 0)
    with pytest.raises(ReaderError, match=sentence) as caught:
        reader.read(REPORT, BODY, stub.sends(answer[1], answer[0]))
    assert "secret" not in str(caught.value)


def test_a_busy_endpoint_is_asked_again(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice busy, then an answer: the answer counts."""
    monkeypatch.setattr("tollbook.readers.endpoint.BACKOFF", 0)
    stub.sends(b"", 503)
    stub.sends(b"", 429)
    assert len(reader.read(REPORT, BODY, stub.says([WHOLE])).claims) == 1
    assert len(stub.asked) == 3


def test_an_endpoint_elsewhere_needs_a_safe_line() -> None:
    """Plain http is for this machine alone: the text of a report may not travel in the open."""
    with pytest.raises(ReaderError, match="https"):
        reader.read(REPORT, BODY, Model("http://models.example/v1", "m"))
    with pytest.raises(ReaderError, match="gives no answer"):
        reader.read(REPORT, BODY, Model("http://127.0.0.1:1/v1", "m", patience=2))


def test_a_long_text_is_asked_about_in_pieces(stub: Stub) -> None:
    """Each piece is a part of the text, together they are the text, and spans count from its beginning."""
    body = "Nothing happened in Zenda today.\n\n" * 900 + BODY
    found = reader.read(REPORT, body, stub.says([WHOLE]))
    pieces = [json.loads(a["messages"][1]["content"])["text"] for a in stub.asked]
    assert "".join(pieces) == body
    assert len(pieces) > 2
    assert [body[c.span.start : c.span.end] for c in found.claims] == [WHOLE["quote"]]


JUNK: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.sampled_from(list(WHOLE.values())),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(list(WHOLE)), inner, max_size=8),
    max_leaves=20,
)  # fmt: skip


@given(st.lists(JUNK | st.fixed_dictionaries({k: JUNK | st.just(v) for k, v in WHOLE.items()}), max_size=5))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_answer_gives_sound_claims(stub: Stub, rows: list[Any]) -> None:
    """Whatever a model answers, a claim stands in the text, its figure is in order, its codes are known."""
    stub.answers.clear()
    stub.asked.clear()
    found = reader.read(REPORT, BODY, stub.says(rows))
    for claim in found.claims:
        assert BODY[claim.span.start : claim.span.end] == claim.quote != ""
        low, high = claim.figure.low, claim.figure.high
        assert low is None or high is None or 0 <= low <= high


def test_its_claims_wait_for_a_person(stub: Stub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A claim of a model enters no toll before somebody accepts it."""
    model = stub.says([WHOLE])
    monkeypatch.setenv("TOLLBOOK_MODEL_URL", model.url)
    monkeypatch.setenv("TOLLBOOK_MODEL", model.name)
    text = tmp_path / "zenda.txt"
    text.write_text(f"published: 2022-01-31\n\n{BODY}")
    pipeline.init_box(tmp_path / "box")
    (tmp_path / "box" / "tollbook.toml").write_text('reader = "model"\n')
    box = pipeline.open_box(tmp_path / "box")
    done = pipeline.ingest(box, [str(text)], now=datetime(2022, 2, 1, tzinfo=UTC))
    assert done.claims == 1
    book = pipeline.book(box)
    assert len(book.waiting) == 1
    assert not book.claims or all(c.proposed for c in book.claims.values())


def test_without_an_endpoint_it_says_what_to_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No endpoint is ever chosen for the user."""
    monkeypatch.delenv("TOLLBOOK_MODEL_URL", raising=False)
    text = tmp_path / "zenda.txt"
    text.write_text(BODY)
    assert main(["read", "--reader", "model", str(text)]) == 2
    assert "set TOLLBOOK_MODEL_URL" in capsys.readouterr().err
    monkeypatch.setenv("TOLLBOOK_MODEL_URL", "http://127.0.0.1:1/v1")
    monkeypatch.setenv("TOLLBOOK_MODEL", "m")
    monkeypatch.setenv("TOLLBOOK_MODEL_SECONDS", "soon")
    with pytest.raises(ConfigError, match="must be a number"):
        Model.named()


def test_a_dead_endpoint_loses_no_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the model cannot read is refused with the reason, one text after the other."""
    monkeypatch.setenv("TOLLBOOK_MODEL_URL", "http://127.0.0.1:1/v1")
    monkeypatch.setenv("TOLLBOOK_MODEL", "m")
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(BODY)
    found = list(pipeline.documents([str(tmp_path)], reader="model"))
    assert all(isinstance(f, Refused) and "gives no answer" in f.reason for f in found)
    assert len(found) == 2


SPACY = importlib.util.find_spec("spacy") is not None


@pytest.mark.skipif(SPACY, reason="spaCy is installed here; without it the reader says how to get it")
def test_the_parse_reader_says_how_to_get_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A missing extra answers with the line to install it."""
    text = tmp_path / "zenda.txt"
    text.write_text(BODY)
    assert main(["read", "--reader", "parse", str(text)]) == 2
    assert "pip install 'tollbook[parse]'" in capsys.readouterr().err


@pytest.mark.skipif(
    not SPACY, reason="spaCy is not installed; pip install 'tollbook[parse]' to test the parse reader"
)
@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Twelve villagers were killed in Zenda.", [("killed", 12)]),
        ("Gunmen killed three soldiers and wounded five.", [("killed", 3), ("wounded", 5)]),
        ("Two people died and nine were injured.", [("killed", 2), ("wounded", 9)]),
        ("The army bought 40 lorries.", []),
    ],
)
def test_the_parse_reader(text: str, figures: list[tuple[str, int]]) -> None:
    """The parser tells who met which fate."""
    from tollbook.readers import parse  # noqa: PLC0415  (needs spaCy)

    found = parse.read(REPORT, text)
    assert [(str(c.outcome), c.figure.low) for c in found.claims] == figures
