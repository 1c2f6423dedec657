"""What a handler is given: the request with who asks, the state of the book, and the moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from tollbook.desk.faults import RefusalError
from tollbook.desk.live import Live, State
from tollbook.desk.members import Person
from tollbook.desk.opened import Desk
from tollbook.desk.options import Options
from tollbook.desk.ways import Way
from tollbook.people import Right
from tollbook.releases import secret
from tollbook.values import Book


@dataclass(frozen=True, slots=True)
class View:
    """Which book is looked at: of which moment, of what was said up to which day, counted by which method.

    Attributes:
        book: the snapshot.
        as_of: the day, None for everything said.
        known_at: the moment, None for now.
        method: name of the method.
        query: the same as query parameters, those at their default left out.
    """

    book: Book
    as_of: date | None
    known_at: datetime | None
    method: str
    query: Mapping[str, str]

    @property
    def past(self) -> bool:
        """Whether it is not the newest book, so nothing may be judged from it."""
        return self.as_of is not None or self.known_at is not None


@dataclass
class Ask:
    """One request.

    Attributes:
        request: as it came.
        way: the route.
        desk: the whole desk.
        state: the book's state, the same for the whole request.
        person: who asks; nobody where the route is for everybody and nobody is signed in.
        now: the moment it came, UTC.
        form: the fields of a posted form; empty for GET.
    """

    request: Request
    way: Way
    desk: Desk
    state: State
    person: Person
    now: datetime
    form: FormData = field(default_factory=FormData)

    @property
    def live(self) -> Live:
        """The live book."""
        return self.desk.live

    @property
    def options(self) -> Options:
        """How the desk was opened."""
        return self.desk.options

    @property
    def book(self) -> Book:
        """The newest book; pages that take ``as_of`` and the like use ``view.book``."""
        return self.state.book

    def may(self, right: Right) -> bool:
        """Whether who asks has this right."""
        return right in self.person.rights

    def confirm(self) -> None:
        """Raises unless they gave their password in the last five minutes, or give it in this form (``password``).

        A form that calls this shows ``{{ confirm(ask) }}`` above its button. Where nobody signs in there is none.

        Raises:
            RefusalError: the password is wrong or missing, or a key asks.
        """
        self.desk.members.confirm(self.person, self.field("password"), self.now)

    @property
    def here(self) -> str:
        """The address of this page within the desk, to come back to."""
        url = self.request.url
        return f"{url.path}?{url.query}" if url.query else url.path

    def under(self, href: str) -> bool:
        """Whether this page is that of the address, or below it."""
        path = self.request.url.path
        return path == href or (href != "/" and path.startswith(f"{href}/"))

    def part(self, name: str) -> str:
        """A parameter of the path."""
        return str(self.request.path_params[name])

    def query(self, name: str, default: str = "") -> str:
        """A parameter of the query, stripped."""
        return self.request.query_params.get(name, default).strip()

    def field(self, name: str, default: str = "") -> str:
        """A field of the form, stripped; a file counts as nothing."""
        value = self.form.get(name, default)
        return default if isinstance(value, UploadFile) else value.strip()

    def fields(self, name: str) -> tuple[str, ...]:
        """All values of a field of the form."""
        return tuple(v for v in self.form.getlist(name) if isinstance(v, str))

    @cached_property
    def secret(self) -> frozenset[str]:
        """Ids of the entries that who asks may not know of: drafts, embargoes and the words on them, without WORK."""
        return frozenset() if self.may(Right.WORK) else secret(self.book, self.now)

    @cached_property
    def view(self) -> View:
        """The book that the query asks for (``as_of``, ``known_at``, ``method``).

        Raises:
            RefusalError: a day, moment or method that is none.
        """
        as_of, known_at = self.query("as_of"), self.query("known_at")
        method = self.query("method") or "strict"
        upto, when = day(as_of), moment(known_at)
        name = method.partition(":")[0]
        if name not in self.state.methods:
            raise RefusalError(
                400, f"There is no method “{name}”.", f"There are: {', '.join(self.state.methods)}."
            )
        guarded(self.state, method)
        said = {"as_of": as_of, "known_at": known_at, "method": "" if method == "strict" else method}
        book = self.live.view(self.state, when, upto)
        return View(book, upto, when, method, {k: v for k, v in said.items() if v})


def guarded(state: State, method: str) -> None:
    """Raises where a method names a confidential voice by anything but its handle: a guess would be confirmed.

    Raises:
        RefusalError: as where nobody of that name says anything.
    """
    name = method.partition(":")[2].strip()
    card = state.book.source(name) if name else None
    if card is not None and card.confidential and name.casefold() != card.handle.casefold():
        raise nobody()


def nobody() -> RefusalError:
    """The one answer for a voice that there is not, and for one that may not be asked for by its name."""
    return RefusalError(400, "Nobody of that name says anything in this book.", "/sources lists the voices.")


def day(text: str) -> date | None:
    """The day that was written, None for nothing.

    Raises:
        RefusalError: it is no day.
    """
    return the_day(text) if text else None


def the_day(text: str) -> date:
    """The day that was written.

    Raises:
        RefusalError: it is no day.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise RefusalError(400, f"“{text}” is no day.", "Write it as 2022-01-31.") from None


def moment(text: str) -> datetime | None:
    """The moment that was written, UTC; of a bare day its last; None for none.

    Raises:
        RefusalError: it is no moment.
    """
    if not text:
        return None
    try:
        if len(text) == len("2022-01-31"):
            return datetime.combine(date.fromisoformat(text), time.max, UTC)
        # A plus sign in an address arrives as a blank.
        found = datetime.fromisoformat(text.replace(" ", "+") if text.count(":") > 1 else text)
    except ValueError:
        raise RefusalError(
            400, f"“{text}” is no moment.", "Write it as 2022-01-31 or 2022-01-31T18:00."
        ) from None
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    return found if found.microsecond else found + timedelta(microseconds=999_999)
