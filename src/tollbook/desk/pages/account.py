"""One's own account: password, one-time codes, sessions, and keys for programs."""

from __future__ import annotations

from datetime import date

import pyotp
import segno
from markupsafe import Markup
from starlette.responses import RedirectResponse, Response

from tollbook.desk import render
from tollbook.desk.ask import Ask
from tollbook.desk.faults import RefusalError, absent
from tollbook.desk.pages.entrance import out, weak
from tollbook.desk.sessions import Session
from tollbook.desk.ways import Ways
from tollbook.people import Member, Right

ways = Ways()

ISSUER = "tollbook"


def _mine(ask: Ask) -> tuple[Member, Session]:
    """The account and session of who asks."""
    member = ask.desk.members.accounts.member(ask.person.name)
    session = ask.desk.members.session(ask.person, ask.now)
    if member is None or session is None or not ask.options.accounts:
        raise absent()
    return member, session


def _shown(ask: Ask, status: int = 200, **more: object) -> Response:
    members, name = ask.desk.members, ask.person.name
    context: dict[str, object] = {
        "member": members.accounts.member(name),
        "sessions": [s for s in members.sessions.live(ask.now) if s.name == name],
        "tokens": [t for t in members.accounts.tokens if t.member == name],
        "scopes": [r for r in Right if r in ask.person.rights and r is not Right.KEEP],
        "key": "", "wrong": {}, "done": "",
    }  # fmt: skip
    return render.page(ask, "me.html", status=status, **(context | more))


@ways.page("/me", personal=True)
def me(ask: Ask) -> Response:
    """One's own account."""
    return _shown(ask)


@ways.act("/me/password", Right.READ, personal=True)
def set_password(ask: Ask) -> Response:
    """Sets another password; every other session of this person ends."""
    member, session = _mine(ask)
    new = ask.form.get("new", "")
    said = weak(new, member.name) if isinstance(new, str) else "Enter a password."
    if said or not isinstance(new, str):
        return _shown(ask, 400, wrong={"new": said})
    try:
        # Always asked for, however fresh the session is: who finds a desk open must not take it over.
        ask.desk.members.confirm_anew(ask.person, ask.field("password"), ask.now)
    except RefusalError as refusal:
        return _shown(ask, refusal.status, wrong={"password": refusal.what})
    hashed = ask.desk.members.hashing.made(new).result()
    ask.desk.members.accounts.change(member.name, ask.now, member.name, password=hashed)
    ask.desk.members.sessions.end(lambda s: s.name == member.name and s is not session)
    return _shown(ask, done="Your password is another one now. Everywhere else you are signed out.")


@ways.page("/me/codes", personal=True)
def codes_page(ask: Ask) -> Response:
    """The picture and the text of the secret with which an app makes one-time codes."""
    return _codes(ask)


def _codes(ask: Ask, wrong: str = "") -> Response:
    member, session = _mine(ask)
    if not session.pending:
        session.pending = pyotp.random_base32()
    address = pyotp.TOTP(session.pending).provisioning_uri(name=member.name, issuer_name=ISSUER)
    drawn = segno.make(address, error="m").svg_inline(scale=5, border=4, svgclass="qr", lineclass=None)
    groups = " ".join(session.pending[at : at + 4] for at in range(0, len(session.pending), 4))
    return render.page(
        ask, "codes.html", status=400 if wrong else 200, member=member, drawn=Markup(drawn), secret=groups, wrong=wrong  # noqa: S704  (drawn here, of what we made)
    )  # fmt: skip


@ways.act("/me/codes", Right.READ, personal=True)
def set_codes(ask: Ask) -> Response:
    """Switches one-time codes on, given one that the app made."""
    member, session = _mine(ask)
    ask.confirm()
    if not session.pending:
        raise RefusalError(409, "The secret was not shown yet.", "Open the page for one-time codes again.")
    if not ask.desk.members.code(member, session.pending, ask.field("code"), ask.now):
        return _codes(ask, "That is not the code that the app shows now. Enter the newest one.")
    ask.desk.members.accounts.change(member.name, ask.now, member.name, secret=session.pending)
    session.pending = ""
    ask.desk.audit.note("switched codes on", ask.now, member=member.name, way=ask.way.name).result()
    return RedirectResponse("/me", 303)


@ways.act("/me/codes/off", Right.READ, personal=True)
def end_codes(ask: Ask) -> Response:
    """Switches one-time codes off."""
    member, _ = _mine(ask)
    ask.confirm()
    ask.desk.members.accounts.change(member.name, ask.now, member.name, secret="")
    return RedirectResponse("/me", 303)


@ways.act("/me/sessions/end", Right.READ, personal=True)
def end_mine(ask: Ask) -> Response:
    """Ends one session of one's own, or all of them."""
    which, name = ask.field("session"), ask.person.name
    if not ask.options.accounts:
        raise absent()
    ask.desk.members.sessions.end(lambda s: s.name == name and which in {"", s.number})
    return out() if which in {"", ask.person.session} else RedirectResponse("/me", 303)


@ways.act("/me/keys", Right.READ, personal=True)
def make_key(ask: Ask) -> Response:
    """Makes a key for a program; it is shown once."""
    name, wanted = ask.field("name")[:60], set(ask.fields("scope"))
    wrong: dict[str, str] = {}
    scopes = frozenset(r for r in Right if r in wanted)
    if not name or not name.isprintable():
        wrong["name"] = "Enter what the key is for."
    if not scopes or not scopes <= ask.person.rights - {Right.KEEP}:
        wrong["scope"] = "Choose what it may do: at most what you may do yourself."
    until = None
    if ask.field("until"):
        try:
            until = date.fromisoformat(ask.field("until"))
        except ValueError:
            wrong["until"] = "Enter the last day as 2022-01-31."
    if until is not None and until < ask.now.date():
        wrong["until"] = "Enter a day that is not over."
    if wrong:
        return _shown(ask, 400, wrong=wrong)
    ask.confirm()
    key = ask.desk.members.accounts.give(name, ask.person.name, scopes, until, ask.now)
    return _shown(ask, key=key)


@ways.act("/me/keys/end", Right.READ, personal=True)
def end_key(ask: Ask) -> Response:
    """Makes a key of one's own work no more."""
    ask.desk.members.accounts.revoke(ask.field("key"), ask.now, ask.person.name, owner=ask.person.name)
    return RedirectResponse("/me", 303)
