"""The house as drawn in docs/design.md is the house as built: floors, doors, sizes and names.

Each rule is a function from modules to complaints, so that it can be shown a small wrong house and must
complain. What is allowed against a rule stands in EXCEPTIONS with its reason, and must still be needed.
"""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "tollbook"

# --- the drawing

FLOORS = {
    "": 0, "figures": 0, "entries": 0, "codes": 0, "statements": 0, "people": 0, "nouns": 0, "values": 0, "notation": 0, "config": 0,
    "text": 1, "rules": 1, "reading": 1, "places": 1, "incidents": 1, "toll": 1, "checks": 1, "scores": 1, "grading": 1, "waiting": 1, "releases": 1,
    "log": 2, "book": 2,
    "connectors": 3, "publish": 3, "readers": 3, "plugins": 3, "pipeline": 3, "views": 3,
    "desk": 4, "cli": 4, "demo": 4, "__main__": 4,
}  # fmt: skip

# Imports between rooms of one floor, which go one way.
BESIDE = {
    ("entries", "figures"), ("statements", "entries"), ("statements", "figures"), ("statements", "codes"),
    ("nouns", "entries"), ("nouns", "figures"), ("nouns", "codes"), ("nouns", "statements"), ("people", "entries"), ("nouns", "people"),
    ("values", "figures"), ("values", "codes"), ("values", "nouns"),
    ("notation", "figures"), ("notation", "codes"), ("notation", "nouns"), ("notation", "entries"), ("config", "codes"), ("config", "nouns"),
    ("rules", "text"), ("reading", "text"), ("reading", "rules"),
    ("places", "text"), ("incidents", "text"), ("toll", "text"), ("checks", "text"),
    ("incidents", "places"), ("checks", "toll"), ("checks", "places"), ("checks", "reading"), ("toll", "rules"), ("scores", "toll"), ("grading", "toll"), ("waiting", "toll"),
    ("plugins", "connectors"), ("plugins", "publish"), ("plugins", "readers"), ("pipeline", "readers"),
    ("views", "publish"), ("views", "plugins"), ("pipeline", "connectors"), ("pipeline", "publish"), ("pipeline", "plugins"),
    ("cli", "demo"), ("cli", "desk"), ("__main__", "cli"),
}  # fmt: skip

# Who may touch what; everybody else may not.
DISK = frozenset({"config", "log", "connectors", "pipeline", "cli", "demo"})
NETWORK = frozenset({"connectors", "readers"})
CLOCK = frozenset({"pipeline", "cli", "desk"})
SQL = frozenset({"log"})
PRINT = frozenset({"cli"})

NETWORK_MODULES = frozenset(
    ["socket", "ssl", "http", "urllib3", "urllib.request", "requests", "httpx", "aiohttp", "smtplib", "ftplib", "poplib", "imaplib", "telnetlib", "socketserver", "xmlrpc"]
)  # fmt: skip
DISK_MODULES = frozenset(["os", "shutil", "tempfile", "glob", "fileinput", "io.open", "mmap"])
DISK_CALLS = frozenset(
    ["read_text", "read_bytes", "write_text", "write_bytes", "unlink", "rmdir", "mkdir", "touch", "rename", "symlink_to", "hardlink_to", "chmod", "iterdir", "rglob"]
)  # fmt: skip
CLOCK_CALLS = frozenset(
    ["datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns", "time.monotonic", "time.perf_counter", "time.localtime", "time.gmtime", "time.sleep"]
)  # fmt: skip
SQL_MODULES = frozenset(["sqlalchemy", "sqlite3", "psycopg", "alembic"])
NOBODY = frozenset(
    ["pickle", "marshal", "shelve", "subprocess", "ctypes", "os.system", "eval", "exec", "compile"]
)
BANNED = frozenset(["utils", "util", "helpers", "helper", "common", "base", "misc", "manager", "managers", "service", "services", "core", "tools"])  # fmt: skip

FILE_LINES, FUNCTION_LINES, FIRST_LINE = 400, 50, 120


@dataclass(frozen=True)
class Module:
    """One file of the package: its dotted name below tollbook, and its text."""

    name: str
    text: str
    package: bool = False
    known: frozenset[str] = field(default=frozenset(), compare=False)

    @property
    def room(self) -> str:
        return self.name.partition(".")[0]

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @cached_property
    def imports(self) -> frozenset[str]:
        """Dotted names of everything imported anywhere in the file; a module rather than a name out of it."""
        found: set[str] = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found.update(a.name for a in node.names)
            elif isinstance(node, ast.ImportFrom):
                base = node.module or ""
                if node.level:
                    parts = f"tollbook.{self.name}".rstrip(".").split(".")
                    up = parts[: len(parts) - node.level + (1 if self.package else 0)]
                    base = ".".join([*up, *([node.module] if node.module else [])])
                found.update(f"{base}.{a.name}" for a in node.names)
        return frozenset(found)

    @cached_property
    def own(self) -> frozenset[str]:
        """The modules of this package that it imports, below tollbook."""
        found: set[str] = set()
        for name in self.imports:
            if name == "tollbook" or not name.startswith("tollbook."):
                continue
            below = name.removeprefix("tollbook.")
            while below and below not in self.known:
                below = below.rpartition(".")[0]
            found.add(below)
        return frozenset(found - {self.name})

    @cached_property
    def calls(self) -> frozenset[str]:
        """What is called, as written: ``open``, ``path.read_text``, ``datetime.now``."""
        return frozenset(ast.unparse(n.func) for n in ast.walk(self.tree) if isinstance(n, ast.Call))

    def takes(self, modules: Iterable[str]) -> set[str]:
        """Which of the modules it imports, in whole or in part."""
        return {m for m in modules for i in self.imports if i == m or i.startswith(f"{m}.")}


def house() -> list[Module]:
    """Every module of the package."""
    files = {p.relative_to(SOURCE): p.read_text(encoding="utf-8") for p in sorted(SOURCE.rglob("*.py"))}
    return build({str(p): text for p, text in files.items()})


def build(files: dict[str, str]) -> list[Module]:
    """A house of files below tollbook, path to text."""
    named = {}
    for path, text in files.items():
        parts = path.removesuffix(".py").split("/")
        package = parts[-1] == "__init__"
        named[".".join(parts[:-1] if package else parts)] = (text, package)
    known = frozenset(named)
    return [Module(name, text, package, known) for name, (text, package) in named.items()]


# --- the rules

Rule = Callable[[Sequence[Module]], Iterator[tuple[str, str]]]  # (module, complaint)


def floors(modules: Sequence[Module]) -> Iterator[tuple[str, str]]:
    """Imports only go down, or sideways where the drawing says so."""
    for m in modules:
        if m.room not in FLOORS:
            yield m.name, f"the room {m.room} is not in the drawing; give it a floor or move it"
            continue
        for other in sorted(m.own):
            room = other.partition(".")[0]
            if room in {m.room, ""} or room not in FLOORS:
                continue
            down = FLOORS[room] < FLOORS[m.room]
            if room == "config" and FLOORS[m.room] <= 1:
                yield m.name, "config is not for the lower floors; pass the value in"
            elif not down and (m.room, room) not in BESIDE:
                yield (
                    m.name,
                    f"imports {other}, which is not below it; move the line to the room it belongs to",
                )


def cycles(modules: Sequence[Module]) -> Iterator[tuple[str, str]]:
    """No module imports itself through others."""
    graph = {m.name: m.own for m in modules}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        ring = list(error.args[1])
        yield ring[0], f"an import cycle: {' <- '.join(ring)}"


def names(modules: Sequence[Module]) -> Iterator[tuple[str, str]]:
    """Modules are one word of the domain, and none is a drawer for everything."""
    for m in modules:
        for part in m.name.split("."):
            if part in BANNED:
                yield m.name, f"a module named {part} says nothing; name it after what is in it"
            if "_" in part.strip("_"):
                yield m.name, f"{part} is two words; a module has one"


def disk(modules: Sequence[Module]) -> Iterator[tuple[str, str]]:
    """Only the rooms with a door to the disk open files; the others read what the package itself holds."""
    for m in modules:
        if m.room in DISK:
            continue
        resources = bool(m.takes(["importlib.resources"]))
        touched = m.takes(DISK_MODULES)
        for call in m.calls:
            name = call.rpartition(".")[2]
            if call.startswith("self."):
                continue  # a method of its own; what that does is seen there
            if call == "open" or (name == "open" and not resources):
                touched.add(call)
            if name in DISK_CALLS and not (resources and name in {"read_text", "read_bytes", "iterdir"}):
                touched.add(call)
        yield from (
            (m.name, f"touches the disk by {t}; that is for {', '.join(sorted(DISK))}")
            for t in sorted(touched)
        )


def network(modules: Sequence[Module]) -> Iterator[tuple[str, str]]:
    """Only connectors open a network."""
    for m in modules:
        if m.room not in NETWORK:
            yield from (
                (m.name, f"imports {t}; the network is for connectors")
                for t in sorted(m.takes(NETWORK_MODULES))
            )


def clock(modules: Sequence[Module]) -> Iterator[tuple[str, str]]:
    """Only the front of the house asks what time it is; ``now`` is passed down."""
    for m in modules:
        if m.room in CLOCK:
            continue
        for call in sorted(m.calls):
            if any(call == c or call.endswith(f".{c}") for c in CLOCK_CALLS):
                yield m.name, f"asks {call}; pass now in"
        for name in sorted(m.takes(["time.time", "time.monotonic", "time.sleep", "time.perf_counter"])):
            yield m.name, f"imports {name}; pass now in"


def sql(modules: Sequence[Module]) -> Iterator[tuple[str, str]]:
    """Only the log speaks SQL."""
    for m in modules:
        if m.room not in SQL:
            yield from ((m.name, f"imports {t}; SQL is for the log") for t in sorted(m.takes(SQL_MODULES)))


def forbidden(modules: Sequence[Module]) -> Iterator[tuple[str, str]]:
    """What nobody needs: code from data, other programs, unsafe stores; printing is for the cli."""
    for m in modules:
        found = m.takes(NOBODY) | (m.calls & NOBODY)
        yield from ((m.name, f"uses {t}, which nobody here may") for t in sorted(found))
        if m.room not in PRINT and "print" in m.calls:
            yield m.name, "prints; that is for the cli"


def sizes(modules: Sequence[Module]) -> Iterator[tuple[str, str]]:
    """Files of at most 400 lines, functions of at most 50."""
    for m in modules:
        lines = m.text.count("\n")
        if lines > FILE_LINES:
            yield m.name, f"has {lines} lines; {FILE_LINES} are the most"
        for node in ast.walk(m.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                if length > FUNCTION_LINES:
                    yield m.name, f"{node.name} has {length} lines; {FUNCTION_LINES} are the most"


def docstrings(modules: Sequence[Module]) -> Iterator[tuple[str, str]]:
    """Every module, public class and public function says in one short line what it is."""
    for m in modules:
        for node, name in _spoken(m):
            first = (ast.get_docstring(node) or "").partition("\n")[0]
            if not first.strip():
                yield m.name, f"{name} has no docstring; say what it is or returns"
            elif len(first) > FIRST_LINE:
                yield (
                    m.name,
                    f"the first docstring line of {name} has {len(first)} characters; {FIRST_LINE} are the most",
                )


Spoken = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def _spoken(m: Module) -> Iterator[tuple[Spoken, str]]:
    """The module and the public things in it, methods of public classes included."""
    yield m.tree, "the module"
    waiting: list[tuple[ast.Module | ast.ClassDef, str]] = [(m.tree, "")]
    while waiting:
        holder, prefix = waiting.pop()
        for node in holder.body:
            if not isinstance(
                node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
            ) or node.name.startswith("_"):
                continue
            if _by_contract(node, holder):
                continue
            yield node, prefix + node.name
            if isinstance(node, ast.ClassDef):
                waiting.append((node, f"{prefix}{node.name}."))


def _by_contract(node: ast.AST, holder: ast.AST) -> bool:
    """Whether a method is described where it is promised: a hook by its spec, a member of a protocol by its class."""
    decorators = {ast.unparse(d).partition("(")[0] for d in getattr(node, "decorator_list", ())}
    protocol = any(
        ast.unparse(b).partition("[")[0].endswith("Protocol") for b in getattr(holder, "bases", ())
    )
    return bool(decorators & {"hookimpl", "overload", "override"}) or protocol


RULES: dict[str, Rule] = {
    rule.__name__: rule
    for rule in (floors, cycles, names, disk, network, clock, sql, forbidden, sizes, docstrings)
}

# (rule, module): why it may. Each must still be needed.
EXCEPTIONS: dict[tuple[str, str], str] = {
    (
        "forbidden",
        "cli.yardstick",
    ): "the scorers are other people's scripts in the folder that the caller names, run as they are, apart from us",
    (
        "floors",
        "incidents.matching",
    ): "says a day in a sentence with the words of toll.wording, which are pure",
    (
        "floors",
        "incidents.profiles",
    ): "a profile keeps figures apart by group, and what a group is stands in toll.sifting",
    (
        "floors",
        "checks.anchors",
    ): "background is told from the event once, in incidents.topics, not in two places",
    (
        "floors",
        "checks.overlap",
    ): "which names a place has is told from its words once, in incidents.spots, for matching and for this",
    ("network", "log.tables"): "pathname2url writes the address of a SQLite file; nothing is opened by it",
    ("clock", "connectors.web"): "a fetch ends at its deadline; monotonic time dates nothing",
}


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_the_house_keeps_the_rule(rule: Rule) -> None:
    complaints = [
        f"{module}: {what}" for module, what in rule(house()) if (rule.__name__, module) not in EXCEPTIONS
    ]
    assert not complaints, "\n" + "\n".join(complaints)


def test_every_exception_is_still_needed_and_has_a_reason() -> None:
    needed = {(name, module) for name, rule in RULES.items() for module, _ in rule(house())}
    assert EXCEPTIONS.keys() <= needed
    assert all(len(reason.split()) >= 5 for reason in EXCEPTIONS.values())


def test_the_house_is_not_empty() -> None:
    """A rule over no modules would never complain."""
    rooms = {m.room for m in house()}
    assert len(house()) > 50
    assert {"figures", "nouns", "reading", "toll", "checks", "log", "book", "connectors", "cli"} <= rooms


# --- a wrong house: each rule must complain of each

WRONG: dict[str, list[dict[str, str]]] = {
    "floors": [
        {"toll/__init__.py": "from tollbook.log import Log", "log/__init__.py": ""},
        {"reading/x.py": "def f():\n    import tollbook.pipeline", "pipeline.py": ""},
        {"toll.py": "from tollbook import incidents", "incidents.py": ""},
        {"text.py": "from tollbook.rules.en import x", "rules/en/__init__.py": ""},
        {"log.py": "from .cli import main", "cli.py": ""},
        {"places/x.py": "from .. import book", "book.py": ""},
        {"places.py": "from tollbook.config import Config", "config.py": ""},
        {"nouns.py": "from tollbook.values import Book", "values.py": ""},
        {"attic.py": ""},
    ],
    "cycles": [
        {"toll/a.py": "from tollbook.toll import b", "toll/b.py": "from tollbook.toll.a import x"},
        {"toll/a.py": "from . import b", "toll/b.py": "from . import c", "toll/c.py": "def f():\n    from .a import x"},
    ],
    "names": [{"toll/utils.py": ""}, {"helpers/x.py": ""}, {"toll/base.py": ""}, {"toll/toll_table.py": ""}],
    "disk": [
        {"toll.py": "open('x')"},
        {"toll.py": "from pathlib import Path\nPath('x').read_text()"},
        {"publish/x.py": "from pathlib import Path\nPath('x').write_bytes(b'')"},
        {"book.py": "import os"},
        {"reading.py": "from importlib.resources import files\nfiles('x').write_text('')"},
        {"reading.py": "from pathlib import Path\nwith Path('x').open() as f: pass"},
    ],
    "network": [{"toll.py": "import socket"}, {"pipeline.py": "from urllib.request import urlopen"}, {"cli/x.py": "import urllib3.util"}, {"log.py": "import http.client"}],
    "clock": [
        {"toll.py": "from datetime import datetime\ndatetime.now()"},
        {"book.py": "import datetime\ndatetime.date.today()"},
        {"log.py": "import time\ntime.time()"},
        {"reading.py": "from time import time\ntime()"},
    ],
    "sql": [{"toll.py": "import sqlite3"}, {"pipeline.py": "from sqlalchemy import select"}],
    "forbidden": [{"log.py": "import pickle"}, {"cli.py": "import subprocess"}, {"toll.py": "eval('1')"}, {"toll.py": "print('x')"}],
    "sizes": [{"toll.py": "x = 1\n" * 401}, {"toll.py": "def f():\n" + "    x = 1\n" * 50}],
    "docstrings": [
        {"toll.py": "x = 1"},
        {"toll.py": "'''A toll.'''\ndef f(): pass"},
        {"toll.py": "'''A toll.'''\nclass Toll:\n    '''A toll.'''\n    def f(self): pass"},
        {"toll.py": "'''" + "A long toll " * 20 + "'''"},
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "files"), [(RULES[name], files) for name, wrong in WRONG.items() for files in wrong]
)
def test_each_rule_can_fail(rule: Rule, files: dict[str, str]) -> None:
    assert list(rule(build(files))), f"{rule.__name__} does not see {files}"


RIGHT = {
    "figures.py": "'''Figures.'''\n",
    "nouns.py": "'''Nouns.'''\nfrom tollbook.figures import x\n",
    "rules/__init__.py": "'''Rules.'''\nfrom importlib.resources import files\nfiles('x').joinpath('y').read_text()\n",
    "reading/__init__.py": "'''Reading.'''\nfrom tollbook.reading.b import x\n",
    "reading/b.py": "'''B.'''\nfrom tollbook import rules\nfrom tollbook.nouns import x\ndef _f(text): return text.replace('a', 'b')\n",
    "cli/__init__.py": "'''Cli.'''\nfrom datetime import datetime\nprint(datetime.now())\n",
}


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_no_rule_complains_of_a_right_house(rule: Rule) -> None:
    assert list(rule(build(RIGHT))) == []


# --- scripts, and every file that is handed on


def scripts() -> list[Module]:
    return [Module(p.stem, p.read_text(encoding="utf-8")) for p in sorted((ROOT / "scripts").glob("*.py"))]


@pytest.mark.parametrize("rule", [sizes, docstrings])
def test_scripts_keep_to_the_sizes_and_say_what_they_are(rule: Rule) -> None:
    assert scripts()
    assert list(rule(scripts())) == []


# Written in two pieces, so that this file does not hold what it forbids.
LEFT_BEHIND = re.compile("|".join([r"\bTO" + r"DO\b", r"\bFIX" + r"ME\b", r"\bXX" + r"X\b"]))
REGISTRIES = re.compile(
    "|".join(
        a + b
        for a, b in (
            (r"pypi\.", "org"), (r"pythonhosted\.", "org"), (r"registry\.npmjs", r"\.org"), (r"npmjs\.", "com"), (r"crates\.", "io"),
            (r"proxy\.golang", r"\.org"), (r"rubygems\.", "org"), (r"repo1?\.maven", r"\."), (r"conda\.", "anaconda"), (r"\b--(?:extra-)?index", "-url [^ ]*:"),
        )
    )
)  # fmt: skip
# A path of the machine it was made on: the top folder of a work place, or a home.
PLACES = re.compile(r"(?<![\w.:/~-])/(?:wo" + r"rk|ro" + r"ot|ho" + r"me/(?!you\b)\w+)/\w")
PATTERNS = {"left behind": LEFT_BEHIND, "registry": REGISTRIES, "place": PLACES}


def tracked() -> list[Path]:
    """The files that are handed on: those that git tracks, or all but caches where there is no git."""
    if shutil.which("git") and (ROOT / ".git").exists():
        command = ["git", "-C", str(ROOT), "ls-files", "-z"]
        listed = subprocess.run(command, check=True, capture_output=True).stdout.decode().split("\0")
        return [ROOT / name for name in listed if name and (ROOT / name).is_file()]
    hidden = {".venv", "__pycache__", "dist", "build"}
    return [p for p in ROOT.rglob("*") if p.is_file() and not hidden & set(p.relative_to(ROOT).parts)]


def betrays(text: str) -> Iterator[str]:
    """What a text must not hold: work left behind, hosts of registries, paths of the machine it was made on."""
    for number, line in enumerate(text.splitlines(), 1):
        for name, pattern in PATTERNS.items():
            if pattern.search(line):
                yield f"{number}: {name}: {line.strip()[:100]}"


def test_no_file_betrays_where_it_was_made_or_what_is_undone() -> None:
    found = []
    for path in tracked():
        data = path.read_bytes()
        if b"\0" not in data[:8000]:
            text = data.decode("utf-8", "replace")
            found += [f"{path.relative_to(ROOT)}:{what}" for what in betrays(text)]
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize(
    "line",
    [
        "# TO" + "DO: later", "x = 1  # FIX" + "ME", "see https://pypi." + "org/project/x", "https://registry.npmjs" + ".org/x",
        "open('/wo" + "rk/main/x')", "cd /ro" + "ot/x", "/ho" + "me/someone/x", "files.pythonhosted." + "org",
    ],
)  # fmt: skip
def test_the_search_for_what_betrays_can_find(line: str) -> None:
    assert list(betrays(line))


@pytest.mark.parametrize(
    "line", ["a mastodon", "https://example.org/work/x", "src/work/x", "the work/rest ratio", "to do so"]
)
def test_the_search_for_what_betrays_leaves_the_rest(line: str) -> None:
    assert list(betrays(line)) == []


def test_every_dependency_has_its_decision() -> None:
    decisions = ROOT / "docs" / "decisions.md"
    if not decisions.exists():
        pytest.skip("docs/decisions.md is not written yet")
    text = decisions.read_text(encoding="utf-8").lower()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [d for group in project["optional-dependencies"].values() for d in group]
    wanted = [re.split(r"[^\w.-]", d, maxsplit=1)[0].lower() for d in [*project["dependencies"], *extras]]
    assert wanted
    missing = [name for name in wanted if not re.search(rf"\b{re.escape(name)}\b", text)]
    assert not missing, f"docs/decisions.md does not say why we depend on {', '.join(missing)}"


def test_no_dependency_is_used_that_is_not_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {
        re.split(r"[^\w.-]", d, maxsplit=1)[0].lower().replace("-", "_") for d in project["dependencies"]
    }
    # typer brings rich and click with it, jinja2 brings markupsafe: they are declared for these
    allowed = declared | {"rich", "click", "markupsafe", "tollbook"}
    standard = set(__import__("sys").stdlib_module_names)
    used = {i.partition(".")[0] for m in house() if not {m.room, m.name} & EXTRA.keys() for i in m.imports}
    assert used - standard - allowed == set()
    for room, (extra, brought) in EXTRA.items():
        more = {
            IMPORTED.get(name, name.replace("-", "_"))
            for d in project["optional-dependencies"][extra]
            for name in (re.split(r"[^\w.-]", d, maxsplit=1)[0].lower(),)
        }
        used = {i.partition(".")[0] for m in house() if room in {m.room, m.name} for i in m.imports}
        assert used - standard - allowed - more - brought == set()


# Rooms and modules that need an extra, with what its packages bring with them by declaration of theirs.
EXTRA: dict[str, tuple[str, set[str]]] = {
    "desk": ("desk", {"starlette", "pydantic"}),
    "publish.paper": ("desk", set()),
}
# Packages that are imported by another name.
IMPORTED = {"argon2-cffi": "argon2"}
