"""Signing in and out, the first start, and setting a password with an invitation."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future

from starlette.responses import RedirectResponse, Response

from tollbook.desk import render
from tollbook.desk.accounts import named
from tollbook.desk.acts import here
from tollbook.desk.ask import Ask
from tollbook.desk.faults import RefusalError, absent
from tollbook.desk.gate import origin
from tollbook.desk.ways import Ways
from tollbook.people import Member, Right
from tollbook.values import fold

ways = Ways()

SHORTEST = 12
_DISTINCT = 5
WRONG = "The name, the password or the code is not right."


def weak(password: str, name: str) -> str:
    """What is the matter with a new password, in a sentence; empty when it will do. Length is what counts."""
    if len(password) < SHORTEST:
        return f"Enter a password of at least {SHORTEST} characters. Several words are best."
    if len(set(password.casefold())) < _DISTINCT:
        return "Enter a password that is not the same few characters again and again."
    left = password.casefold().replace(fold(name), "").replace("tollbook", "")
    if len(left) < SHORTEST // 2:
        return "Enter a password that is not mostly your name."
    return ""


def _accounts(ask: Ask) -> None:
    """Raises where nobody signs in: there are no such pages then."""
    if not ask.options.accounts:
        raise absent()


def _door(ask: Ask, template: str, status: int = 200, **context: object) -> Response:
    """A form for somebody who is not known yet; their browser gets what it must show with it."""
    nonce = ""
    if not ask.person.csrf:
        ask.person, nonce = ask.desk.members.stranger()
    made = render.page(ask, template, status=status, **context)
    if nonce:
        ask.desk.members.remember(made, nonce)
    return made


@ways.page("/sign-in", None)
def sign_in_page(ask: Ask) -> Response:
    """The form to sign in; who is signed in goes on."""
    onward = here(ask.query("next")) or "/"
    if ask.person.name:
        return RedirectResponse(onward, 303)
    _accounts(ask)
    return _door(ask, "sign-in.html", wrong="", name="", onward=onward)


@ways.act("/sign-in", None)
async def sign_in(ask: Ask) -> Response:
    """Signs a person in: refused cheaply when tried too often, then one hash, whoever it is said to be."""
    _accounts(ask)
    members, name, address = ask.desk.members, ask.field("name")[:200], origin(ask.request)
    onward = here(ask.field("next")) or "/"
    try:
        members.knock(name, address)
        right = await asyncio.wrap_future(members.password(name, _secret(ask, "password")))
    except RefusalError as refusal:
        wrong = f"{refusal.what} {refusal.remedy}"
        return _door(ask, "sign-in.html", refusal.status, wrong=wrong, name=name, onward=onward)
    # The code is looked at only when the password was right: else a guesser could use it up.
    member = members.known(name, address, ask.field("code"), ask.now) if right else None
    if member is None:
        known = members.accounts.member(name)
        _note(ask, "failed to sign in", known.name if known else "")
        return _door(ask, "sign-in.html", 403, wrong=WRONG, name=name, onward=onward)
    await asyncio.wrap_future(_note(ask, "signed in", member.name))
    return _in(ask, member, onward)


def _secret(ask: Ask, name: str) -> str:
    """A field as it was typed: blanks at the ends of a password are its own."""
    value = ask.form.get(name, "")
    return value if isinstance(value, str) else ""


def _note(ask: Ask, act: str, member: str) -> Future[None]:
    """Puts on record what a person who is only now known did."""
    return ask.desk.audit.note(act, ask.now, member=member, way=ask.way.name)


def _in(ask: Ask, member: Member, onward: str) -> Response:
    made = RedirectResponse(onward, 303)
    ask.desk.members.come_in(ask.request, made, member, ask.now)
    return made


@ways.act("/sign-out", Right.READ, personal=True)
def sign_out(ask: Ask) -> Response:
    """Ends this session; the browser is told to forget what it holds of the desk."""
    _accounts(ask)
    ask.desk.members.leave(ask.request)
    return out()


def out() -> Response:
    """The way out: to the form to sign in, with nothing of the desk left in the browser."""
    made = RedirectResponse("/sign-in", 303)
    made.headers["clear-site-data"] = '"cache", "cookies", "storage"'
    return made


@ways.page("/start", None)
def start_page(ask: Ask) -> Response:
    """The form for who has a one-time code: the first keeper, or whom a keeper invited."""
    _accounts(ask)
    return _door(ask, "start.html", wrong={}, name="")


@ways.act("/start", None)
async def start(ask: Ask) -> Response:
    """Sets a password with a one-time code, and signs in."""
    _accounts(ask)
    members, name, password = ask.desk.members, ask.field("name")[:200], _secret(ask, "password")
    given = ask.field("code")[:100]
    wrong: dict[str, str] = {}
    try:
        members.knock("", origin(ask.request))
        name = named(name)
    except RefusalError as refusal:
        if refusal.status == 429:
            return _door(
                ask, "start.html", 429, wrong={"code": f"{refusal.what} {refusal.remedy}"}, name=name
            )
        wrong["name"] = f"{refusal.what} {refusal.remedy}"
    invited, first = members.accounts.invited(given, ask.now), members.first(given)
    if not first and (invited is None or fold(invited.name) != fold(name)):
        wrong["code"] = "This is not a code for this name, or it was used, or it is older than a week."
    if said := weak(password, name):
        wrong["password"] = said
    if wrong:
        return _door(ask, "start.html", 400, wrong=wrong, name=name)
    hashed = await asyncio.wrap_future(members.hashing.made(password))
    member = await asyncio.to_thread(_begun, ask, name if first else "", invited, hashed)
    await asyncio.wrap_future(_note(ask, "set a password", member.name))
    return _in(ask, member, "/me/codes")


def _begun(ask: Ask, first: str, invited: Member | None, hashed: str) -> Member:
    """The member with the password, written."""
    accounts = ask.desk.members.accounts
    if first:
        return accounts.first(first, hashed, ask.now)
    if invited is None or accounts.invited(ask.field("code"), ask.now) != invited:
        raise RefusalError(409, "This code was used just now.", "Ask the keeper for another one.")
    return accounts.change(invited.name, ask.now, invited.name, password=hashed, invited="", secret="")
