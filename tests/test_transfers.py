"""Who died of wounds is one of the dead and no more of the wounded, by the word of the same origin."""

from __future__ import annotations

from datetime import date

from conftest import Ids, ledger
from tollbook import toll
from tollbook.codes import Outcome
from tollbook.figures import show
from tollbook.values import ALL, Book


def _both(book: Book, day: str | None = None, group: str = ALL) -> tuple[str, str]:
    """Killed and wounded."""
    as_of, i = date.fromisoformat(day) if day else None, next(iter(book.incidents))
    killed, wounded = (
        show(toll.compute(book, i, o, group, as_of=as_of).figure) for o in (Outcome.KILLED, Outcome.WOUNDED)
    )
    return killed, wounded


@ledger
def test_one_of_the_wounded_dies_days_later(book: Book, ids: Ids) -> None:
    """
    i = 2031-03-04 incident name="Shelling of Zenda"
    k = 2031-03-04 claim outcome=killed figure=10 speaker=Monitor
    w = 2031-03-04 claim outcome=wounded figure=30 speaker=Monitor
    d = 2031-03-06 claim outcome=killed figure=1 mode=increment formerly=wounded victims=wounded speaker=Monitor
    """
    assert (_both(book, "2031-03-05"), _both(book, "2031-03-06")) == (("10", "30"), ("11", "29"))
    found = toll.compute(book, ids["i"], Outcome.WOUNDED)
    assert [(u.claim, u.rule) for u in found.used] == [(ids["w"], "latest-total"), (ids["d"], "left")]
    days = toll.history(book, ids["i"], Outcome.WOUNDED)
    assert [(d.day, show(t.figure)) for d, t in days] == [(4, "30"), (6, "29")]
    kinds = [c.kind for c in toll.changes(book, ids["i"], Outcome.KILLED)]
    assert kinds == ["first figure", "died of wounds"]


@ledger
def test_a_later_total_of_the_wounded_counts_those_who_live(book: Book) -> None:
    """
    i = 2031-03-04 incident name="Shelling of Zenda"
    w = 2031-03-04 claim outcome=wounded figure=30 speaker=Monitor
    d = 2031-03-06 claim outcome=killed figure=2 mode=increment formerly=wounded speaker=Monitor
    v = 2031-03-08 claim outcome=wounded figure=31 speaker=Monitor
    """
    assert _both(book)[1] == "31"


@ledger
def test_on_one_day_nobody_knows_which_was_counted_first(book: Book) -> None:
    """
    i = 2031-03-04 incident name="Shelling of Zenda"
    w = 2031-03-06 claim outcome=wounded figure=30 speaker=Monitor
    d = 2031-03-06 claim outcome=killed figure=2 mode=increment formerly=wounded speaker=Monitor
    """
    assert _both(book)[1] == "28..30"


@ledger
def test_a_share_of_the_wounded_who_died_is_taken_from_them(book: Book) -> None:
    """
    i = 2031-03-04 incident name="Shelling of Zenda"
    w = 2031-03-06 claim outcome=wounded figure=30 speaker=Monitor
    d = 2031-03-06 claim outcome=killed figure=2 mode=increment part_of=w formerly=wounded speaker=Monitor
    """
    assert _both(book)[1] == "28"


@ledger
def test_another_voice_moves_nobody_out_of_this_one_s_figure(book: Book) -> None:
    """
    i = 2031-03-04 incident name="Shelling of Zenda"
    w = 2031-03-04 claim outcome=wounded figure=30 speaker=Monitor
    d = 2031-03-06 claim outcome=killed figure=2 mode=increment formerly=wounded speaker=Mayor
    """
    assert _both(book)[1] == "30"


@ledger
def test_the_same_death_in_two_papers_leaves_once(book: Book) -> None:
    """
    i = 2031-03-04 incident name="Shelling of Zenda"
    w = 2031-03-04 claim outcome=wounded figure=30 speaker=Monitor
    2031-03-06 claim outcome=killed figure=1 mode=increment formerly=wounded speaker=Monitor publisher=Gazette
    2031-03-07 claim outcome=killed figure=1 mode=increment formerly=wounded speaker=Monitor publisher=Post
    """
    assert _both(book)[1] == "29"


@ledger
def test_a_death_of_no_named_group_may_be_of_any_group(book: Book) -> None:
    """
    i = 2031-03-04 incident name="Shelling of Zenda"
    w = 2031-03-04 claim outcome=wounded figure=30 speaker=Monitor
    s = 2031-03-04 claim outcome=wounded figure=12 party=Army part_of=w speaker=Monitor
    d = 2031-03-06 claim outcome=killed figure=1 mode=increment formerly=wounded speaker=Monitor
    """
    assert (_both(book)[1], _both(book, group="Army")[1]) == ("29", "11..12")
