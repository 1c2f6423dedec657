"""A document whose console blocks are run: files it tells to save, commands it tells to type, outputs it shows.

The rules by which a shown output is compared with a real one:

- a line ``...`` stands for any number of lines;
- an id (16 or 64 hexadecimal digits) stands for another one, the same for the same wherever it stands, and in
  later commands the real one is typed in its place, or as much of it as the document types;
- a moment (``2026-11-24T09:30:00``) stands for any moment, and ``DAY`` for the day of the run;
- ``HOME`` stands for the folder in which the commands are run;
- everything else is compared sign by sign, blanks at the ends of lines aside.

A command must succeed, unless the next one is ``echo $?``. After a command that asks for the time the run waits
for the next second, so that what follows comes later by the clock, as it does for a person.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

HOME = "/home/you"
DAY = "2026-11-24"

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SAVED = re.compile(r"`([\w./-]+)`:\s*$")
_ID = re.compile(r"\b(?:[0-9a-f]{64}|[0-9a-f]{16})\b")
_PREFIX = re.compile(r"\b[0-9a-f]{6,64}\b")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:\+00:00|Z)?")
_MARK = "@@ done "


@dataclass(slots=True)
class Step:
    """One command of a document with the output shown under it, and where that output stands."""

    command: str
    shown: list[str]
    line: int


@dataclass(slots=True)
class Saved:
    """A file that the document tells to save."""

    name: str
    content: str


def steps(text: str) -> list[Step | Saved]:
    """What a reader of the document does, in order: files saved, commands typed."""
    found: list[Step | Saved] = []
    for block in _FENCE.finditer(text):
        saved = _SAVED.search(text[: block.start()].rstrip("\n").rpartition("\n")[2])
        if block[1] == "console":
            first = text.count("\n", 0, block.start(2)) + 1
            found += _commands(block[2].splitlines(), first)
        elif saved:
            found.append(Saved(saved[1], block[2]))
    return found


def _commands(lines: list[str], first: int) -> list[Step]:
    found: list[Step] = []
    for number, line in enumerate(lines, first):
        if line.startswith("$ "):
            found.append(Step(line[2:], [], number))
        elif line.startswith("> ") and found and not found[-1].shown:
            found[-1].command += f"\n{line[2:]}"
        elif found:
            found[-1].shown.append(line)
    return found


class Shell:
    """A shell in an empty folder, fed one command after the other."""

    def __init__(self, folder: Path) -> None:
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("TOLLBOOK", "COLUMNS", "PYTEST"))}
        path = f"{Path(sys.executable).parent}{os.pathsep}{clean.get('PATH', '')}"
        self._folder = folder.resolve()
        self._shell = subprocess.Popen(
            ["bash", "--norc", "--noprofile"],
            cwd=folder,
            env=clean
            | {"PATH": path, "LC_ALL": "C.UTF-8", "PYTHONWARNINGS": "ignore", "HOME": str(self._folder)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._shell.kill()
        self._shell.wait()
        for stream in (self._shell.stdin, self._shell.stdout):
            if stream:
                stream.close()

    def run(self, command: str) -> tuple[list[str], int]:
        """The lines that a command prints on either output, with the folder and the day masked, and its exit code."""
        assert self._shell.stdin
        assert self._shell.stdout
        wrapped = f"{{ {command}\n}} </dev/null\n_code=$?; printf '\\n{_MARK}%s\\n' $_code; (exit $_code)\n"
        self._shell.stdin.write(wrapped)
        self._shell.stdin.flush()
        lines: list[str] = []
        for line in self._shell.stdout:
            if line.startswith(_MARK):
                break
            lines.append(line.rstrip())
        else:
            raise AssertionError(f"the shell ended at: {command}")
        if lines and not lines[-1]:
            lines.pop()  # the line break before the mark
        today = datetime.now(UTC).date().isoformat()
        return [n.replace(str(self._folder), HOME).replace(today, DAY) for n in lines], int(
            line[len(_MARK) :]
        )


@dataclass
class Run:
    """A run of a document: the ids it shows with the real ones, and what went otherwise than shown."""

    real: dict[str, str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    outputs: list[tuple[Step, list[str]]] = field(default_factory=list)

    def follow(self, text: str, folder: Path) -> Run:
        """Does everything that the document says, in a folder."""
        done = steps(text)
        with Shell(folder) as shell:
            for step, following in zip(done, [*done[1:], None], strict=True):
                if isinstance(step, Saved):
                    path = folder / step.name
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_text(step.content, encoding="utf-8")
                    continue
                output, code = shell.run(self.typed(step.command))
                self.outputs.append((step, output))
                asked = isinstance(following, Step) and following.command == "echo $?"
                if code and not asked:
                    self.wrong.append(
                        f"line {step.line}: `{step.command}` ended with {code}:\n" + "\n".join(output)
                    )
                elif not self.matches([line.rstrip() for line in step.shown], output):
                    self.wrong.append(
                        f"line {step.line}: `{step.command}` shows\n"
                        + "\n".join(step.shown) + "\n--- but prints\n" + "\n".join(output)
                    )  # fmt: skip
                if "date " in step.command:
                    time.sleep(1.1)
        return self

    def typed(self, command: str) -> str:
        """A command with the real ids in place of the document's."""

        def instead(found: re.Match[str]) -> str:
            meant = [real for shown, real in self.real.items() if shown.startswith(found[0])]
            return meant[0][: len(found[0])] if len(meant) == 1 else found[0]

        return _PREFIX.sub(instead, command)

    def matches(self, shown: list[str], output: list[str]) -> bool:
        """Whether an output is as shown; ids that meet are remembered."""
        for at, line in enumerate(shown):
            if line == "...":
                return any(self._fits(shown[at + 1 :], output[k:]) for k in range(at, len(output) + 1))
            if at >= len(output) or not self.same(line, output[at]):
                return False
        return len(shown) == len(output)

    def _fits(self, shown: list[str], output: list[str]) -> bool:
        """As ``matches``, but pairs of ids are forgotten again when it does not fit."""
        before = dict(self.real)
        fits = self.matches(shown, output)
        if not fits:
            self.real = before
        return fits

    def same(self, shown: str, printed: str) -> bool:
        """Whether one line is as shown, moments aside; its ids are paired with the real ones."""
        if _plain(shown) != _plain(printed):
            return False
        pairs = list(zip(_ID.findall(shown), _ID.findall(printed), strict=True))
        if any(self.real.get(a, b) != b for a, b in pairs):
            return False
        self.real |= dict(pairs)
        return True


def _plain(line: str) -> str:
    return _ID.sub(lambda m: "#" * len(m[0]), _MOMENT.sub("MOMENT", line))


def rewritten(text: str, run: Run) -> str:
    """The document with what was really printed under each command that does not match; moments made even."""
    lines = text.splitlines()
    for step, output in reversed(run.outputs):
        if not run.matches([line.rstrip() for line in step.shown], output):
            start = step.line + step.command.count("\n")
            lines[start : start + len(step.shown)] = [_MOMENT.sub(f"{DAY}T09:30:00+00:00", n) for n in output]
    return "\n".join(lines) + "\n"
