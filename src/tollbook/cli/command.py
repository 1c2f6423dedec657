"""The command ``tollbook``: its verbs, and what becomes of an error."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from tollbook import notation, pipeline
from tollbook.cli import screen
from tollbook.cli.accept import accept
from tollbook.cli.acknowledge import acknowledge
from tollbook.cli.add import add
from tollbook.cli.apart import apart
from tollbook.cli.assign import assign
from tollbook.cli.balance import balance
from tollbook.cli.bench import bench
from tollbook.cli.check import check
from tollbook.cli.comment import comment
from tollbook.cli.correct import correct
from tollbook.cli.corrections import corrections
from tollbook.cli.dates import dates
from tollbook.cli.demo import demo
from tollbook.cli.desk import desk
from tollbook.cli.diff import diff
from tollbook.cli.explain import explain
from tollbook.cli.export import export
from tollbook.cli.findings import findings
from tollbook.cli.forget import forget
from tollbook.cli.found import found
from tollbook.cli.given import MistakeError
from tollbook.cli.grade import grade
from tollbook.cli.incidents import incidents
from tollbook.cli.init import init
from tollbook.cli.merge import merge
from tollbook.cli.methods import methods
from tollbook.cli.nest import nest
from tollbook.cli.places import places
from tollbook.cli.print import print_
from tollbook.cli.publish import publish
from tollbook.cli.queue import queue
from tollbook.cli.rate import rate
from tollbook.cli.read import read
from tollbook.cli.reject import reject
from tollbook.cli.review import review
from tollbook.cli.sources import sources
from tollbook.cli.split import split
from tollbook.cli.timeline import timeline
from tollbook.cli.toll import toll
from tollbook.cli.undo import undo
from tollbook.cli.unverifiable import unverifiable
from tollbook.cli.verify import verify
from tollbook.cli.withdraw import withdraw
from tollbook.toll import TollError

BAD = 2

# In the order in which a person meets them; each stands in the help under its panel.
VERBS: dict[str, dict[str, Callable[..., int | None]]] = {
    "Begin": {"demo": demo, "init": init, "add": add, "read": read, "desk": desk},
    "Look": {
        "toll": toll, "timeline": timeline, "balance": balance, "explain": explain, "diff": diff, "check": check, "findings": findings, "incidents": incidents, "queue": queue,
        "sources": sources,
        "methods": methods, "print": print_, "verify": verify, "dates": dates, "places": places, "bench": bench,
    },
    "Decide": {
        "accept": accept, "reject": reject, "correct": correct, "merge": merge, "split": split,
        "apart": apart, "found": found, "nest": nest,
        "review": review, "unverifiable": unverifiable, "grade": grade, "rate": rate, "assign": assign, "comment": comment,
        "withdraw": withdraw, "acknowledge": acknowledge, "undo": undo, "forget": forget,
    },
    "Give away": {"publish": publish, "corrections": corrections, "export": export},
}  # fmt: skip

app = typer.Typer(
    name="tollbook",
    help="A war monitor that shows its working: attributed claims in, a running toll out.",
    # A traceback drawn with the values of variables would show what must not leave the box.
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for panel, verbs in VERBS.items():
    for name, verb in verbs.items():
        app.command(name, rich_help_panel=panel)(verb)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"tollbook {version('tollbook')}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version, and stop.")
    ] = False,
) -> None:
    if context.invoked_subcommand is None and not version:
        print(context.get_help())


# Whose message is a sentence for the caller: what, where, what to do.
SENTENCES: tuple[type[Exception], ...] = (MistakeError, notation.BadLineError, TollError, *pipeline.ERRORS)


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command; returns its exit code: 0 well, 1 findings, 2 usage, input or interrupt.

    Args:
        argv: the words after ``tollbook``; those of this process when not given.
    """
    screen.behind(None)
    try:
        code = app(args=argv, prog_name="tollbook", standalone_mode=False)
    except typer.TyperException as error:
        return _complain(_usage(error))
    except SENTENCES as error:
        return _complain(str(error))
    except (KeyboardInterrupt, typer.Abort):
        return _interrupted()
    except (BrokenPipeError, SystemExit):
        # The reader of a pipe went away (head), of which typer makes an exit: nothing is wrong, and nothing more
        # can be said there.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0
    except OSError as error:
        rest = _DISK.get(error.errno or 0, "see that the disk is whole, and try again")
        return _complain(f"{error.filename or 'the disk'}: {error.strerror or 'failed'}; {rest}")
    except Exception as error:  # noqa: BLE001  (a traceback tells a stranger nothing, and its message may hold a name)
        return _complain(_fault(error))
    if code == _SIGNAL:
        return _interrupted()
    return code if isinstance(code, int) else 0


_SIGNAL = 130  # what typer returns when the key for an interrupt was pressed
_DISK = {
    errno.ENOSPC: "make room and try again",
    errno.EDQUOT: "make room and try again",
    errno.EACCES: "ask for the right, or choose another place",
    errno.EPERM: "ask for the right, or choose another place",
    errno.EROFS: "choose a place that can be written",
    errno.ENOENT: "see that it is there",
    errno.ENOTDIR: "see that it is a folder",
    errno.EISDIR: "see that it is a file",
    errno.EEXIST: "choose another name",
}


def _fault(error: Exception) -> str:
    """That it is no mistake of the caller: which fault and where in the program, with none of its words."""
    frame = error.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    where = f"{Path(frame.tb_frame.f_code.co_filename).name}, line {frame.tb_lineno}" if frame else "no line"
    return (
        f"a fault of tollbook itself ({type(error).__name__} in {where}); the book holds nothing half-written: tell "
        f"the maintainers the command and this line"
    )


def _usage(error: typer.TyperException) -> str:
    """What was wrong with the words of the command, and where its help is."""
    verb = getattr(getattr(error, "ctx", None), "command_path", "tollbook")
    said = error.format_message().rstrip(".").replace("Value error, ", "")
    return f"{said}; see: {verb} --help"


def _complain(message: str) -> int:
    line = " ".join(message.split())
    screen.say(f"tollbook: {line}")
    return BAD


def _interrupted() -> int:
    return _complain(
        "interrupted; what was not recorded yet is as if it had never begun: run the same command again"
    )
