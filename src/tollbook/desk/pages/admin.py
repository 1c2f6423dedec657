"""The keeper's pages: people, their keys and sessions; where nobody signs in, how to make accounts."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from tollbook.desk import render
from tollbook.desk.accounts import named
from tollbook.desk.ask import Ask
from tollbook.desk.faults import RefusalError, absent
from tollbook.desk.ways import Ways
from tollbook.people import RIGHTS, Member, Right, Role
from tollbook.values import fold

ways = Ways()


def _shown(ask: Ask, status: int = 200, **more: object) -> Response:
    members = ask.desk.members
    context: dict[str, object] = {
        "people": members.accounts.members,
        "tokens": members.accounts.tokens,
        "sessions": members.sessions.live(ask.now),
        "roles": [(role, RIGHTS[role]) for role in Role],
        "code": "", "invited": "", "wrong": {}, "name": "",
    }  # fmt: skip
    return render.page(ask, "admin.html", status=status, **(context | more))


@ways.page("/admin", Right.KEEP, personal=True)
def admin(ask: Ask) -> Response:
    """People, keys and sessions."""
    return _shown(ask)


def _role(ask: Ask) -> Role:
    try:
        return Role(ask.field("role"))
    except ValueError:
        raise RefusalError(
            400, f"There is no role “{ask.field('role')}”.", f"There are: {', '.join(Role)}."
        ) from None


def _begin(ask: Ask) -> None:
    """What every act on accounts needs: accounts, and the keeper's password once more."""
    if not ask.options.accounts:
        raise absent()
    ask.confirm()


def _done(ask: Ask, what: str, name: str) -> None:
    """Puts on record what exactly was done to whom; that something was, the gate did."""
    ask.desk.audit.note(what, ask.now, member=ask.person.name, way=ask.way.name, target=name).result()


@ways.act("/admin/people", Right.KEEP, personal=True)
def invite(ask: Ask) -> Response:
    """Invites a person: a one-time code, shown once."""
    _begin(ask)
    role = _role(ask)
    try:
        name = _free(ask)
    except RefusalError as refusal:
        wrong = {"target": f"{refusal.what} {refusal.remedy}"}
        return _shown(ask, refusal.status, wrong=wrong, name=ask.field("target"))
    code = ask.desk.members.accounts.invite(name, role, ask.now, ask.person.name)
    _done(ask, f"invited as {role}", name)
    return _shown(ask, code=code, invited=name)


def _free(ask: Ask) -> str:
    """The name that the form asks for, which nobody has."""
    name = named(ask.field("target"))
    if ask.desk.members.accounts.member(name):
        raise RefusalError(409, "There is somebody of that name already.", "Choose another, or reset theirs.")
    if ask.state.veil(name) != name:
        raise RefusalError(409, "This name stands for something else in this book.", "Choose another.")
    return name


@ways.act("/admin/people/reset", Right.KEEP, personal=True)
def reset(ask: Ask) -> Response:
    """Voids a person's password and codes, signs them out, and gives a new one-time code."""
    _begin(ask)
    member = _known(ask)
    code = ask.desk.members.accounts.invite(member.name, member.role, ask.now, ask.person.name)
    _out(ask, member.name)
    _done(ask, "reset", member.name)
    return _shown(ask, code=code, invited=member.name)


@ways.act("/admin/people/role", Right.KEEP, personal=True)
def set_role(ask: Ask) -> Response:
    """Gives a person another role; it holds from their next request."""
    _begin(ask)
    made = ask.desk.members.accounts.change(_known(ask).name, ask.now, ask.person.name, role=_role(ask))
    _done(ask, f"made {made.role}", made.name)
    return RedirectResponse("/admin", 303)


@ways.act("/admin/people/active", Right.KEEP, personal=True)
def set_active(ask: Ask) -> Response:
    """Lets a person in no more, or again."""
    _begin(ask)
    active = ask.field("active") == "yes"
    made = ask.desk.members.accounts.change(_known(ask).name, ask.now, ask.person.name, active=active)
    if not active:
        _out(ask, made.name)
    _done(ask, "let in again" if active else "let in no more", made.name)
    return RedirectResponse("/admin", 303)


def _known(ask: Ask) -> Member:
    found = ask.desk.members.accounts.member(ask.field("target"))
    if found is None:
        raise RefusalError(
            404, f"Nobody here is called “{ask.field('target')}”.", "Look at the list of people."
        )
    return found


def _out(ask: Ask, name: str) -> None:
    ask.desk.members.sessions.end(lambda s: fold(s.name) == fold(name))


@ways.act("/admin/sessions/end", Right.KEEP, personal=True)
def end_session(ask: Ask) -> Response:
    """Ends anybody's session."""
    if not ask.options.accounts:
        raise absent()
    ask.desk.members.sessions.end(lambda s: s.number == ask.field("target"))
    return RedirectResponse("/admin", 303)


@ways.act("/admin/keys/end", Right.KEEP, personal=True)
def end_any_key(ask: Ask) -> Response:
    """Makes anybody's key work no more."""
    ask.desk.members.accounts.revoke(ask.field("target"), ask.now, ask.person.name)
    return RedirectResponse("/admin", 303)
