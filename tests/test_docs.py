"""The documents: every link leads somewhere, what they name exists, what they show is what is printed.

``python tests/test_docs.py`` writes the real outputs into the tutorial and the README where they differ.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tempfile
import textwrap
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer

from conftest import written
from executed import HOME, Run, rewritten
from tollbook import checks, publish, toll
from tollbook.book import realise
from tollbook.cli.command import VERBS, app
from tollbook.config import Config
from tollbook.connectors import Raw, Refused
from tollbook.nouns import KINDS
from tollbook.plugins import Hooks

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "tollbook"
DOCS = ROOT / "docs"
PAGES = sorted(
    [ROOT / "README.md", ROOT / "CHANGELOG.md", *DOCS.glob("*.md"), *PACKAGE.rglob("README.md")],
    key=lambda p: p.relative_to(ROOT).as_posix(),
)
NAMES = [p.relative_to(ROOT).as_posix() for p in PAGES]

_LINK = re.compile(r"(?<!!)\[[^\]\n]+\]\(([^()\s]+)\)")
_FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_ROOTED = re.compile(r"(?:src|tests|docs|scripts|requirements)/[\w./-]+")
_TEST = re.compile(r"(tests/test_\w+\.py)::(test_\w+)")
_OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")


@cache
def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def prose(name: str) -> str:
    """A page without its fenced blocks."""
    return _FENCED.sub("", text(name))


def everything() -> str:
    return "\n".join(text(name) for name in NAMES)


def slug(heading: str) -> str:
    """The anchor that a heading has."""
    plain = re.sub(r"[`*_]|\[([^\]]+)\]\([^)]+\)", r"\1", heading.strip().lower())
    return re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")


def anchors(page: Path) -> set[str]:
    """The anchors that a page has; a folder has none."""
    if page.is_dir():
        return set()
    return {slug(h) for h in _HEADING.findall(_FENCED.sub("", page.read_text(encoding="utf-8")))}


# --- what is linked and named exists -----------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_every_link_leads_somewhere(name: str) -> None:
    broken = []
    for target in _LINK.findall(prose(name)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        meant = ((ROOT / name).parent / path).resolve() if path else ROOT / name
        if not meant.exists() or (anchor and anchor not in anchors(meant)):
            broken.append(target)
    assert not broken


@pytest.mark.parametrize("name", NAMES)
def test_every_file_that_is_named_is_there(name: str) -> None:
    named = {m.rstrip(".") for code in _CODE.findall(prose(name)) for m in _ROOTED.findall(code)}
    missing = [
        path for path in named if "NAME" not in path and "NEW" not in path and not (ROOT / path).exists()
    ]
    assert not missing


def test_every_test_that_is_named_is_there() -> None:
    named = set(_TEST.findall(everything()))
    there = {
        (path, node.name)
        for path in {path for path, _ in named}
        for node in ast.walk(ast.parse(text(path)))
        if isinstance(node, ast.FunctionDef)
    }
    assert named, "the page on safety names the tests that hold what it says"
    assert not named - there


@pytest.mark.parametrize("name", NAMES)
def test_every_make_target_that_is_named_is_there(name: str) -> None:
    targets = re.findall(r"^(\w+):", text("Makefile"), re.MULTILINE)
    named = re.findall(r"(?:`|^    |\$ )make (\w+)", text(name), re.MULTILINE)
    assert set(named) <= set(targets)


def options() -> set[str]:
    """Every long option of the command and its verbs."""
    root: Any = typer.main.get_command(app)
    return {o for verb in [root, *root.commands.values()] for p in verb.params for o in p.opts}


# Options of other programs and of scripts that the pages name.
FOREIGN = {"--require-hashes", "--strict", "--confusion"}


def test_every_option_that_is_named_is_there() -> None:
    named = {o for name in NAMES for o in _OPTION.findall(text(name))}
    assert not named - options() - FOREIGN - {"--help"}


# --- what exists is named ----------------------------------------------------------------------------


def test_every_verb_is_told() -> None:
    told = everything()
    untold = [v for verbs in VERBS.values() for v in verbs if not re.search(rf"tollbook {v}\b", told)]
    assert not untold


def test_every_finding_is_explained_and_no_other() -> None:
    explained = re.findall(r"^### `([a-z-]+)`$", text("docs/findings.md"), re.MULTILINE)
    assert len(set(explained)) == len(explained)
    assert set(explained) == {check.code for check in checks.CHECKS}


def test_every_finding_stands_under_its_tier() -> None:
    parts = re.split(r"^## (\w+)", text("docs/findings.md"), flags=re.MULTILINE)
    told = {
        code: tier.lower()
        for tier, part in zip(parts[1::2], parts[2::2], strict=True)
        for code in re.findall(r"^### `([a-z-]+)`$", part, re.MULTILINE)
    }
    assert told == {check.code: check.tier for check in checks.CHECKS}


def test_the_page_of_findings_is_what_the_checks_say() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "findings.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert not done.returncode, done.stderr


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads(text("pyproject.toml"))["project"]
    wanted = project["dependencies"] + [
        p for extra in project["optional-dependencies"].values() for p in extra
    ]
    names = {re.split(r"[<>=~\[]", line)[0] for line in wanted}
    decided = re.findall(r"^## \d{4}-\d\d-\d\d .*?`([\w-]+)`", text("docs/decisions.md"), re.MULTILINE)
    assert names <= set(decided)


def test_decisions_are_dated_and_the_newest_stands_last() -> None:
    headings = re.findall(r"^## (.+)$", text("docs/decisions.md"), re.MULTILINE)
    days = [h[:10] for h in headings]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", d) for d in days)
    assert days == sorted(days)


EXAMPLES = dict(
    re.findall(
        r"^### `([a-z-]+)`$.*?^```ledger\n(.*?)^```$", text("docs/findings.md"), re.MULTILINE | re.DOTALL
    )
)


@pytest.mark.parametrize("code", [check.code for check in checks.CHECKS])
def test_the_example_of_a_finding_gives_it(code: str) -> None:
    section = text("docs/findings.md").partition(f"### `{code}`\n")[2].partition("\n#")[0]
    tier = next(check.tier for check in checks.CHECKS if check.code == code)
    read_on = re.search(r"^Read on (\S+)\.$", section, re.MULTILINE)
    today = date.fromisoformat(read_on[1]) if read_on else None
    found = {f.code for f in checks.check(realise(written(EXAMPLES[code])), (tier,), today=today)}
    assert code in found
    assert found - {code} == set(re.findall(r"also give `([a-z-]+)`", section))


@pytest.mark.parametrize(
    ("page", "names"),
    [
        ("docs/design.md", list(KINDS)),
        ("docs/design.md", [f.name for f in fields(Config)]),
        ("docs/design.md", list(publish.formats())),
        ("docs/spec-toll.md", list(toll.METHODS)),
        ("docs/contributing.md", [n for n in vars(Hooks) if not n.startswith("_")]),
    ],
    ids=["kinds", "settings", "formats", "methods", "hooks"],
)
def test_every_name_of_a_kind_is_told(page: str, names: list[str]) -> None:
    told = {word for code in re.findall(r"`+([^`]+)`+", text(page)) for word in re.split(r"[^\w-]+", code)}
    assert not set(names) - told


def rooms() -> Iterator[Path]:
    yield from (p for p in sorted(PACKAGE.iterdir()) if (p / "__init__.py").exists())


@pytest.mark.parametrize("room", [p.name for p in rooms()])
def test_every_room_says_what_it_is_for(room: str) -> None:
    told = (PACKAGE / room / "README.md").read_text(encoding="utf-8")
    assert 20 <= len(told.splitlines()) <= 40
    assert told.startswith(f"# {room}\n")
    for question in ("Nouns in", "Nouns out", "May touch"):
        assert f"**{question}**" in told


@pytest.mark.parametrize("room", [p.name for p in rooms()])
def test_every_module_that_a_room_tells_of_is_there(room: str) -> None:
    told = (PACKAGE / room / "README.md").read_text(encoding="utf-8")
    lists = re.findall(r"^(?:- |\d+\. )((?:`\w+`(?:, | and )?)+):", told, re.MULTILINE)
    named = {name for names in lists for name in re.findall(r"`(\w+)`", names)}
    assert not {name for name in named if not (PACKAGE / room / f"{name}.py").exists()}


# --- the walks for contributors ----------------------------------------------------------------------


def block(kind: str, begins: str = "") -> str:
    """The first block of a kind on the page for contributors that begins so, moved to the left."""
    found = re.findall(rf"^ *```{kind}\n(.*?)^ *```$", text("docs/contributing.md"), re.MULTILINE | re.DOTALL)
    return next(b for b in map(textwrap.dedent, found) if b.startswith(begins))


def made(code: str) -> dict[str, Any]:
    """The names that a module of the page makes."""
    names: dict[str, Any] = {}
    exec(compile(code, "docs/contributing.md", "exec"), names)
    return names


def test_the_check_of_the_walk_finds_its_example_and_not_a_sharper_one() -> None:
    new = made(block("python", '"""``round-number``'))["CHECK"]
    example = block("ledger")
    (finding,) = checks.check(realise(written(example)), ("other",), [new])
    assert finding.code == "round-number"
    assert finding.claims
    assert not checks.check(realise(written(example.replace("300", "301"))), ("other",), [new])


def test_the_connector_of_the_walk_reads_the_words_and_keeps_the_bytes() -> None:
    module = made(block("python", '"""Subtitles'))
    times = "1\n00:00:01,000 --> 00:00:02,500\n{}\n\n2\n00:00:03,000 --> 00:00:04,000\n{}\n"
    film = times.format("Four people\nwere killed", "at the bridge.")
    assert module["known"](film)
    assert not module["known"]("1 person was killed at the bridge.")
    (found,) = module["read"](Raw(film.encode(), "film", "file"), film)
    assert (found.body, found.original) == ("Four people were killed\nat the bridge.", film.encode())
    empty = times.format("", "")
    (refusal,) = module["read"](Raw(empty.encode(), "film", "file"), empty)
    assert isinstance(refusal, Refused)


RULE = """
import copy, sys
from tollbook import figures, rules
plain = rules.table
def table(lang, name):
    found = copy.deepcopy(dict(plain(lang, name)))
    if name == "outcomes" and "verb" in sys.argv[1]: found["killed"]["done"].append("bayoneted")
    if name == "groups" and "thing" in sys.argv[1]: found["things"] += " sack"
    return found
rules.table = table
from tollbook.nouns import Report
from tollbook.reading import read
for sentence in sys.argv[2:]:
    claims = read(Report(original="0", text="0"), sentence).claims
    print("; ".join(f"{c.outcome} {figures.show(c.figure)}" for c in claims) or "-")
"""


def test_the_rule_of_the_walk_reads_its_sentence_and_then_spares_its_twin() -> None:
    pairs = [line.partition(" => ") for line in block("examples").splitlines()]
    expected = [gives for _, _, gives in pairs]

    def told(rules: str) -> list[str]:
        words = [sys.executable, "-c", RULE, rules, *(sentence for sentence, _, _ in pairs)]
        return subprocess.run(words, capture_output=True, text=True, check=True).stdout.splitlines()

    assert told("") == ["-", "-"]
    assert told("verb") == [expected[0], expected[0]]
    assert told("verb and thing") == expected


# --- what is shown is what is printed ----------------------------------------------------------------


@pytest.mark.slow
def test_the_tutorial_can_be_followed(tmp_path: Path) -> None:
    run = Run().follow(text("docs/tutorial.md"), tmp_path)
    assert len(run.outputs) > 20
    assert not run.wrong, "\n\n".join(run.wrong)


@pytest.mark.parametrize("page", ["sources", "verification"])
def test_the_pages_of_the_desk_can_be_followed(page: str, tmp_path: Path) -> None:
    run = Run().follow(text(f"docs/{page}.md"), tmp_path)
    assert len(run.outputs) > 4
    assert not run.wrong, "\n\n".join(run.wrong)


def test_the_page_of_balances_can_be_followed(tmp_path: Path) -> None:
    run = Run().follow(text("docs/balance.md"), tmp_path)
    assert len(run.outputs) == 3
    assert not run.wrong, "\n\n".join(run.wrong)


def demo(folder: Path) -> str:
    """What the demonstration prints, in an empty folder."""
    command = [str(Path(sys.executable).parent / "tollbook"), "demo"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


_PICTURE = re.compile(
    r"(<!-- printed by: tollbook demo -->\n```text\n)(.*?)(^```$)", re.MULTILINE | re.DOTALL
)


def running_toll(printed: str) -> str:
    """The section of the running toll in what the demonstration prints."""
    section = re.search(r"^The running toll\n-+\n.*?(?=^$)", printed, re.MULTILINE | re.DOTALL)
    assert section
    return "".join(f"{line.rstrip()}\n" for line in section[0].splitlines())


@pytest.mark.slow
def test_the_picture_in_the_readme_is_what_the_demo_prints(tmp_path: Path) -> None:
    shown = _PICTURE.search(text("README.md"))
    assert shown
    assert shown[2] == running_toll(demo(tmp_path))
    assert len(shown[2].splitlines()) > 10


def write() -> None:
    """Writes what is really printed into the tutorial and the README where it differs."""
    page, front = DOCS / "tutorial.md", ROOT / "README.md"
    with tempfile.TemporaryDirectory() as folder:
        run = Run().follow(page.read_text(encoding="utf-8"), Path(folder))
    page.write_text(rewritten(page.read_text(encoding="utf-8"), run), encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        picture = running_toll(demo(Path(folder)))
    whole = front.read_text(encoding="utf-8")
    front.write_text(_PICTURE.sub(lambda m: m[1] + picture + m[3], whole), encoding="utf-8")
    for trouble in run.wrong:
        sys.stdout.write(f"{trouble}\n\n")
    sys.stdout.write(f"{len(run.outputs)} commands run; {HOME} stands for the folder\n")


if __name__ == "__main__":
    write()
