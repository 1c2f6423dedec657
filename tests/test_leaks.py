"""A confidential source's identity leaves the box by no verb, no export, no page, no file name and no error."""

from __future__ import annotations

import json
import random
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tollbook import pipeline
from tollbook.cli import main
from tollbook.codes import Outcome
from tollbook.nouns import Claim, Report, Source, Span
from tollbook.publish.veil import Veil
from tollbook.values import Book

SYLLABLES = {
    "latin": ["ruk", "vol", "mir", "tash", "gor", "pel", "zun", "kev", "losh", "drim"],
    "cyrillic": ["ков", "лош", "тар", "гри", "мыр", "зун", "вел", "жук"],
    "arabic": ["قصير", "مرزوق", "شحاد", "طويل", "غنوم", "صباغ", "نحاس"],
}
JOBS = ["hospital clerk", "night porter", "grave digger", "school teacher", "ferry pilot"]
# Of what a name is not made, so that none of it is in an output by chance.
ALONE = "xqzjwk"


@dataclass(frozen=True)
class Identity:
    """A voice that must not be known, with everything that would tell who it is."""

    number: int
    name: str
    aliases: tuple[str, ...]

    @property
    def headline(self) -> str:
        return f"Headlinex{self.number}q tells"

    @property
    def stem(self) -> str:
        return f"stemx{self.number}q"

    @property
    def address(self) -> str:
        return f"https://addressx{self.number}q.example/{self.number}"

    @property
    def forms(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)


def word(draw: random.Random, script: str) -> str:
    made = "".join(draw.sample(SYLLABLES[script], 1 if script == "arabic" else 2))
    return made if script == "arabic" else made.capitalize()


def identity(number: int, draw: random.Random) -> Identity:
    """One at random: with a middle initial, an article, in Latin, Cyrillic or Arabic letters."""
    script = draw.choice(["latin", "latin", "cyrillic", "arabic"])
    first, last = word(draw, script), word(draw, script)
    tail = "".join(draw.choices(ALONE, k=3))
    if script == "latin":
        last += tail
    name = f"{first} {last}"
    if script == "latin" and draw.random() < 0.5:
        name = f"{first} {draw.choice('BDM')}. {last}"
    if script == "arabic":
        name = f"{first} ال{last}"
    job = f"{draw.choice(JOBS)} of {word(draw, 'latin')}{tail}"
    if draw.random() < 0.3:
        name = f"The {job}"
        job = f"{first} {last}"
    article = draw.choice(["the ", "a ", ""])
    return Identity(number, name, (f"{article}{job}", f"{tail.upper()}{number}"))


def bare(form: str) -> str:
    """A form as somebody would look for it: no article, no case, letters and digits alone."""
    text = unicodedata.normalize("NFKC", form).casefold()
    return re.sub(r"[\W_]+", "", re.sub(r"^(?:the|an?)\s+", "", text))


def variant(form: str, draw: random.Random) -> str:
    """A form as a writer might write it."""
    stripped = re.sub(r"^(?:the|an?)\s+", "", form, flags=re.IGNORECASE)
    return draw.choice([
        form, stripped, f"the {stripped}", stripped.upper(), f"{stripped}’s", stripped.replace(" ", "\u00a0"),
        stripped.replace(" ", "\n"), stripped.replace(" ", "-"), f"“{stripped}”", stripped.replace(" ", "  "),
    ])  # fmt: skip


def found(text: str, planted: list[Identity]) -> list[str]:
    """Whatever in a text tells who somebody is."""
    plain = bare(text)
    told = [form for one in planted for form in one.forms if bare(form) in plain]
    # An alias of three letters and a number is looked for as a word.
    return told + [m for one in planted for m in (one.headline, one.stem, one.address) if bare(m) in plain]


def plant(folder: Path, planted: list[Identity], draw: random.Random) -> list[str]:
    """Cards and reports of and about them; the files to be added."""
    files = []
    for one in planted:
        aliases = json.dumps(list(one.aliases), ensure_ascii=False)
        (folder / "box" / "sources" / f"{one.number}.toml").write_text(
            f"name = {json.dumps(one.name, ensure_ascii=False)}\naliases = {aliases}\nconfidential = true\n"
            'party = "Partyxq"\n',
            encoding="utf-8",
        )
        n, day = 10 + one.number % 80, 1 + one.number % 20
        form = variant(draw.choice(one.forms), draw)
        spoken = variant(draw.choice(one.forms), draw)
        texts = {
            one.stem: (one.headline, draw.choice(one.forms), f"{n} people were killed in an attack on the market of Zenda."),
            f"letter-{one.number}-{bare(one.name)}": (
                f"What {form} saw",
                "Gazette",
                (f"{n + 1} people were killed in an attack on the market of Zenda on March 1, {spoken} said.\n\n"
                f"{form} counted {n + 2} people who were wounded in the attack.\n\nThe attack on the market killed {spoken} and {n + 3} others."),
            ),
        }  # fmt: skip
        for name, (title, publisher, body) in texts.items():
            path = folder / f"{name}.jsonl"
            thing = {
                "title": title, "published": f"2024-03-{day:02}", "publisher": publisher, "text": body,
                "url": one.address if name == one.stem else "https://gazette.example/a", "id": name,
            }  # fmt: skip
            path.write_text(json.dumps(thing, ensure_ascii=False), encoding="utf-8")
            files.append(str(path))
    return files


LINES = [
    "toll", "toll --json", "toll --by origin", "toll --by party --json", "toll --method minmax", "toll --method all",
    "toll --method all --json", "explain --method ged", "methods graded", "explain", "explain --json",
    "diff 2024-03-01 2024-03-20", "diff 2024-03-01 2024-03-20 --json", "diff --known 2020-01-01 2100-01-01 --json",
    "diff --known 2020-01-01 2100-01-01", "check --tier other --all", "check --tier other --all --json", "check --kinds",
    "incidents", "incidents --json", "sources", "sources --json", "sources --quarantine", "sources --quarantine --json",
    "methods", "print", "print --json", "print --ids", "print --upto 250", "print report --json", "verify", "verify --json",
    "toll --known-at 2020-01-01", "explain --known-at 2100-01-01",
    *(f"export --format csv --of {of}" for of in ("claims", "tolls")),
    *(f"export --format json --of {of}" for of in ("claims", "tolls", "findings", "changes")),
    "publish --format bulletin --format csv --format json", "publish --dry-run", "publish --method minmax",
]  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_two_hundred_planted_identities_leave_the_box_nowhere(
    seed: int, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    draw = random.Random(seed)
    planted: list[Identity] = []
    while len(planted) < 50:
        one = identity(len(planted), draw)
        if one.name not in {p.name for p in planted}:
            planted.append(one)
    monkeypatch.setenv("TOLLBOOK_BOX", str(tmp_path / "box"))
    assert main(["init", str(tmp_path / "box")]) == 0
    files = plant(tmp_path, planted, draw)
    capsys.readouterr()
    said: dict[str, str] = {}

    def run(*words: str) -> str:
        main(list(words))
        out = capsys.readouterr()
        said[" ".join(words)] = out.out + out.err
        return out.out

    added = json.loads(run("add", "--json", *files))
    assert (len(added["added"]), added["unread"]) == (len(files), [])
    for line in LINES:
        run(*line.split())
    with pipeline.open_box(tmp_path / "box") as box:
        book = pipeline.book(box)
    named = [c for c in book.claims.values() if c.speaker and Veil(book).name(c.speaker) != c.speaker]
    assert len(named) >= len(planted) // 3, "most of them are not even read as speakers"
    for claim in (named[0].id, next(c.id for c in book.claims.values() if Veil(book)(c.quote) != c.quote)):
        run("explain", claim)
        run("explain", claim, "--json")
    run("reject", named[1].id, "--reason", f"{planted[0].name} asked to", "--by", planted[1].name)
    run("correct", named[2].id, f'speaker="{planted[2].aliases[0]}"', "--reason", "x", "--dry-run")
    run("explain", named[1].id)
    run("toll", "--method", f"source:{planted[3].name}")
    for words in (
        "print",
        "check --tier other --all",
        "export",
        "explain",
        "publish --to " + str(tmp_path / "out"),
    ):
        run(*words.split())
    for path in (*(tmp_path / "box" / "published").rglob("*"), *(tmp_path / "out").rglob("*")):
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        said[f"file {path.relative_to(tmp_path)}"] = f"{path.relative_to(tmp_path)}\n{text}"
    assert any(name.endswith("bulletin.html") for name in said)
    typed = {"add", "toll --method source"}
    leaks = {
        what: told
        for what, text in said.items()
        if not any(what.startswith(f"{word} ") for word in typed) and (told := found(text, planted))
    }
    assert leaks == {}
    assert "a name is covered" in said["file out/bulletin.html"]


def test_the_search_of_this_test_finds_what_is_there() -> None:
    one = Identity(7, "The ferry pilot of Rukvolxqz", ("Rukmir B. Volgorxqz", "XQZ7"))
    for text in (
        "a FERRY-pilot of\nRukvolxqz said",
        "rukmir_b_volgorxqz",
        "see stemx7q.txt",
        one.address,
        one.headline.upper(),
    ):
        assert found(text, [one])
    assert not found("a pilot of Rukvol", [one])


letters = st.sampled_from(["Latinos", "Ковтун", "أحمد", "Sana'a", "José", "O'Neill", "St.", "B.", "李明"])


@given(
    st.lists(letters, min_size=2, max_size=4).map(" ".join),
    st.sampled_from(["{}", "the {}", "({})", "{}'s", "{}’s", "“{}”", "...{},", "{}:", "by {}-{}"]),
    st.booleans(),
    st.text(alphabet="ab .,\n", max_size=9),
)
def test_every_way_of_writing_a_name_is_covered(name: str, shape: str, loud: bool, around: str) -> None:
    assume(bare(name) not in bare(f"{around}{around}"))  # letters that stand there anyway are no name
    card = Source(name=name, confidential=True, pseudonym="5eaf")
    veil = Veil(Book(sources={card.id: card}))
    text = f"{around} {shape.replace('{}', name.upper() if loud else name)} {around}"
    assert bare(name) not in bare(veil(text))
    assert "source-5eaf" in veil(text)
    assert veil(veil(text)) == veil(text)


@pytest.mark.parametrize(
    ("names", "text", "shown"),
    [
        (["the hospital clerk"], "hospital clerk said", "source-5eaf said"),
        (["hospital clerk"], "The Hospital Clerk's list", "source-5eaf's list"),
        (["Hospital clerk"], "two hospital clerks", "two source-5eafs"),
        (["Karim B. Orsova"], "Karim Orsova, K. B. Orsova and K. Orsova", "source-5eaf, source-5eaf and source-5eaf"),
        (["Оксана Ковтун"], "сказала Оксане Ковтун", "сказала source-5eaf"),
        (["أحمد القصير"], "قال أحمد قصير", "قال source-5eaf"),
        (["أحمد القصير"], "واحمد القصير", "source-5eaf"),
        (["Jose Perez"], "JOSÉ PÉREZ", "source-5eaf"),
        (["Ras Sendyl"], "Ras\u200b Sen\u00addyl", "source-5eaf"),
        (["李明"], "记者李明说", "记者source-5eaf说"),
        (["source"], "a source said, source-5eaf", "source-5eaf said, source-5eaf"),
        (["the"], "the end", "the end"),
        (["Abe"], "12abe34 Abel", "12abe34 Abel"),
        (["Rudi"], "a rudimentary bridge", "a rudimentary bridge"),
        (["Hospital clerk"], "#HospitalClerk hospital_clerk24", "#source-5eaf source-5eaf24"),
    ],
)  # fmt: skip
def test_what_becomes_of_a_name(names: list[str], text: str, shown: str) -> None:
    card = Source(name=names[0], confidential=True, pseudonym="5eaf")
    assert Veil(Book(sources={card.id: card}))(text) == shown


@pytest.mark.parametrize(
    ("voice", "shown"),
    [
        ("teacher of Kevlosh", "source-5eaf"),
        ("Kevlosh", "source-5eaf"),
        ("the school teacher", "source-5eaf"),
        ("teacher", "teacher"),
        ("of", "of"),
        ("Kevloshi", "Kevloshi"),
    ],
)
def test_half_a_name_that_was_read_as_a_voice_is_covered(voice: str, shown: str) -> None:
    card = Source(name="Ruk", aliases=("the school teacher of Kevlosh",), confidential=True, pseudonym="5eaf")
    said = Claim(report="r", span=Span(0, 9), quote="", speaker=voice, outcome=Outcome.KILLED)
    veil = Veil(Book(sources={card.id: card}, claims={said.id: said}))
    assert veil(f"{voice} said") == f"{shown} said"
    assert veil.entry(said).speaker == shown


def test_a_name_that_runs_over_the_end_of_a_quote_is_covered_in_both() -> None:
    card = Source(name="Hospital Clerk", confidential=True, pseudonym="5eaf")
    veil = Veil(Book(sources={card.id: card}))
    assert veil.sentence("Nine died, the hospital", " clerk said", ".") == (
        "Nine died, source-5eaf",
        " said",
        ".",
    )


def test_of_a_report_of_a_confidential_publisher_no_headline_address_or_file_is_shown() -> None:
    card = Source(name="the Hospital Clerk", confidential=True, pseudonym="5eaf")
    veil = Veil(Book(sources={card.id: card}))
    report = Report(
        publisher="Hospital clerk (AFP)",
        title="A",
        address="https://b.example",
        document="c",
        original="",
        text="",
    )
    assert veil.hides(report)
    assert veil.document(report) == report.id
    covered = veil.entry(report)
    assert (covered.title, covered.address, covered.document, covered.publisher) == (
        "",
        "",
        "",
        "source-5eaf (AFP)",
    )


def card(box: pipeline.Box, text: str) -> None:
    (box.folder / "sources" / "one.toml").write_text(text, encoding="utf-8")


def test_who_is_hidden_stays_so_at_every_moment_and_after_every_edit(tmp_path: Path) -> None:
    from datetime import UTC, datetime, timedelta  # noqa: PLC0415

    from tollbook.codes import Verb  # noqa: PLC0415

    start = datetime(2024, 3, 1, tzinfo=UTC)
    pipeline.init_box(tmp_path)
    with pipeline.open_box(tmp_path) as box:

        def hides(name: str, day: int) -> bool:
            return Veil(pipeline.book(box, start + timedelta(days=day)))(name) != name

        card(box, 'name = "Rassendyll"\naliases = ["the old actor"]')
        pipeline.ingest(box, [], now=start)
        assert not hides("Rassendyll", 0)
        card(box, 'name = "Rassendyll"\nconfidential = true')
        assert hides("Rassendyll", 0), "the card says so, though nothing was added since"
        pipeline.ingest(box, [], now=start + timedelta(days=2))
        assert hides("Rassendyll", 1), "what is printed of an earlier moment, is printed today"
        assert hides("old actor", 3), "an alias that the card no longer has is still who it is"
        (source,) = pipeline.book(box).sources
        (box.folder / "sources" / "one.toml").unlink()
        pipeline.decide(box, Verb.WITHDRAW, source, "gone", now=start + timedelta(days=4), by="desk")
        assert hides("Rassendyll", 5)
        card(box, 'name = "Rassendyll"')
        pipeline.ingest(box, [], now=start + timedelta(days=6))
        assert not hides("Rassendyll", 7)
