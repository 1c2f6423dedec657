"""Nothing becomes public by one person: the life of a publication, explored whole to depth 8 and at random; embargoes."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from tollbook.codes import Outcome, Verb
from tollbook.figures import exactly
from tollbook.nouns import Claim, Entry, Judgement, Publication, Span
from tollbook.people import RIGHTS, Right, Role
from tollbook.releases import SEEN, VERBS, Act, Release, Stage, against, alone, releases, secret, shown
from tollbook.values import Book

START = datetime(2022, 1, 31, 12, tzinfo=UTC)
STEP = timedelta(minutes=10)


@dataclass(frozen=True)
class Somebody:
    """A person of the desk."""

    name: str
    role: Role

    @property
    def rights(self) -> frozenset[Right]:
        return RIGHTS[self.role]


PEOPLE = (
    Somebody("Ada", Role.ANALYST),
    Somebody("Rupert", Role.PUBLISHER),
    Somebody("Flavia", Role.PUBLISHER),
    Somebody("Fritz", Role.REVIEWER),
    Somebody("Sapt", Role.KEEPER),
    Somebody("Antoinette", Role.READER),
)


def draft(
    by: str, *, embargo: datetime | None = None, at: datetime = START, digest: str = "d"
) -> Publication:
    return Publication(
        format="bulletin", upto=3, head="h", digest=digest, proposed=True, made_by=by, recorded_at=at, embargo=embargo,
    )  # fmt: skip


def word(act: Act, release: Release, by: str, at: datetime) -> Judgement:
    """What ``pipeline.drafts.act`` records of an act."""
    verb = Verb.UNDO if act is Act.KEEP else VERBS[act]
    target = release.asked.id if act is Act.KEEP and release.asked else release.id
    return Judgement(verb=verb, target=target, reason="x", made_by=by, recorded_at=at, nonce=at.isoformat())


def book(*entries: Entry) -> Book:
    return Book(
        publications={e.id: e for e in entries if isinstance(e, Publication)},
        judgements={e.id: e for e in entries if isinstance(e, Judgement)},
    )


def steps(
    made: Publication, before: tuple[Judgement, ...], at: datetime, own: frozenset[str]
) -> Iterator[tuple[Act, Somebody, Judgement]]:
    """Every act that nothing stands against, by everybody."""
    release = releases(book(made, *before), at)[made.id]
    for act, person in product(Act, PEOPLE):
        claims = ("claim",) if person.name in own else ()
        if not against(act, release, person.name, person.rights, claims):
            yield act, person, word(act, release, person.name, at)


@pytest.mark.parametrize("author", PEOPLE[:3], ids=lambda p: p.name)
@pytest.mark.parametrize("embargo", [None, START + 3 * STEP, START + 100 * STEP])
def test_no_path_of_eight_acts_leads_to_the_public_by_one_person(
    author: Somebody, embargo: datetime | None
) -> None:
    made = draft(author.name, embargo=embargo)
    own = frozenset({"Flavia"})  # she wrote a claim that nobody else has checked
    roles = {p.name: p for p in PEOPLE}
    # Where it stands is all that the past can do: two pasts of one standing go on alike.
    reached: dict[tuple[object, ...], tuple[Judgement, ...]] = {(): ()}
    public = 0
    for depth in range(8):
        at = START + (depth + 1) * STEP
        after: dict[tuple[object, ...], tuple[Judgement, ...]] = {}
        for past in reached.values():
            for _, _, said in steps(made, past, at, own):
                now = (*past, said)
                release = releases(book(made, *now), at)[made.id]
                by = [release.confirmed, release.held, release.asked, *release.withdrawn]
                key = (release.stage, release.public_from, *(j.made_by if j else None for j in by))
                after.setdefault(key, now)
                late = releases(book(made, *now), at + 1000 * STEP)[made.id]
                if late.stage in SEEN:
                    public += 1
                    second = late.confirmed
                    assert second is not None
                    assert second.made_by != author.name
                    assert second.made_by not in own
                    assert Right.PUBLISH in roles[second.made_by].rights
                if late.stage is Stage.WITHDRAWN:
                    one, two = late.withdrawn
                    assert one.made_by != two.made_by
                    assert Right.PUBLISH in roles[two.made_by].rights
        reached |= after
    assert public or author.name == "Rupert"  # then Flavia alone could confirm, and it rests on her own word


def test_no_random_sequence_leads_to_the_public_by_one_person() -> None:
    draw = random.Random(5)
    public = withdrawn = 0
    verbs = [Verb.ACCEPT, Verb.REJECT, Verb.WITHDRAW, Verb.UNDO, Verb.CORRECT, Verb.ACKNOWLEDGE]
    for _ in range(10_000):
        author = draw.choice(PEOPLE[:4]).name
        made = draft(author, embargo=draw.choice([None, START + draw.randrange(9) * STEP]))
        said: list[Judgement] = []
        for n in range(draw.randrange(1, 9)):
            # Whatever a log of another program may hold: any verb, by anybody, on anything, out of order.
            target = draw.choice([*[made.id] * 6, *(j.id for j in said)])
            at = START + draw.randrange(-2, 12) * STEP
            who = draw.choice([*(p.name for p in PEOPLE), author, f" {author.upper()} ", ""])
            said.append(
                Judgement(
                    verb=draw.choice(verbs),
                    target=target,
                    reason="x",
                    made_by=who,
                    recorded_at=at,
                    nonce=str(n),
                )
            )
        found = releases(book(made, *said), START + 50 * STEP)[made.id]
        if found.stage in SEEN:
            public += 1
            assert found.confirmed is not None
            assert found.confirmed.made_by.strip().casefold() not in {author.casefold(), ""}
        if found.withdrawn:
            withdrawn += 1
            assert len({j.made_by.strip().casefold() for j in found.withdrawn} - {""}) == 2
        assert releases(book(made, *reversed(said)), START + 50 * STEP)[made.id] == found
    assert public > 500
    assert withdrawn > 20


def test_of_ten_thousand_histories_none_is_known_before_its_embargo() -> None:
    draw = random.Random(7)
    early = known = 0
    for n in range(10_000):
        embargo = START + timedelta(seconds=draw.randrange(3600))
        made = draft("Ada", embargo=embargo, digest=str(n))
        confirmed = Judgement(
            verb=Verb.ACCEPT, target=made.id, reason="x", made_by="Rupert",
            recorded_at=START + timedelta(seconds=draw.randrange(3600)),
        )  # fmt: skip
        now = START + timedelta(seconds=draw.randrange(7200))
        there = book(made, confirmed)
        found = shown(releases(there, now), RIGHTS[Role.READER])
        out = now >= max(embargo, confirmed.recorded_at)
        early += made.id in found and not out
        known += made.id in found
        assert (made.id in found) is out
        assert secret(there, now) == (frozenset() if out else {made.id, confirmed.id})
    assert early == 0
    assert known > 1000


def test_a_correction_under_embargo_leaves_the_old_page_as_it_is() -> None:
    old = draft("Ada")
    yes = Judgement(verb=Verb.ACCEPT, target=old.id, reason="x", made_by="Rupert", recorded_at=START + STEP)
    new = replace(draft("Ada", embargo=START + 9 * STEP, at=START + 2 * STEP, digest="e"), replaces=old.id)
    again = Judgement(
        verb=Verb.ACCEPT, target=new.id, reason="x", made_by="Rupert", recorded_at=START + 3 * STEP
    )
    there = book(old, yes, new, again)
    before, after = releases(there, START + 8 * STEP), releases(there, START + 9 * STEP)
    assert before[old.id].stage is Stage.PUBLIC
    assert before[old.id] == releases(book(old, yes), START + 8 * STEP)[old.id]
    assert after[old.id].stage is Stage.CORRECTED
    assert after[old.id].corrected_by == new.id


def test_who_wrote_a_claim_that_nobody_checked_cannot_confirm_what_rests_on_it() -> None:
    claim = Claim(
        report="r", span=Span(0, 1), quote="x", outcome=Outcome.KILLED, figure=exactly(5), made_by="Rupert"
    )
    there = replace(book(), claims={claim.id: claim}, incident_of={claim.id: "i"})
    assert alone(there, "i", "rupert ") == (claim.id,)
    assert alone(there, "i", "Flavia") == ()
    checked = replace(there, accepted_by={claim.id: ("Rupert", "Flavia")})
    assert alone(checked, "i", "Rupert") == ()
    release = Release(draft("Ada"))
    rights = RIGHTS[Role.PUBLISHER]
    assert "rests on 1 claim" in against(Act.CONFIRM, release, "Rupert", rights, (claim.id,))
    assert against(Act.CONFIRM, release, "Rupert", rights) == ""
