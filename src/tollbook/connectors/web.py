"""Addresses: fetches one http or https address, and only one that stands on the open network.

Who can make a desk fetch an address could make it fetch the desk's own printer, router or cloud account.
So each address is resolved here, every answer is checked, and the connection goes to the address that was
checked, not to a name that may resolve otherwise a moment later. Every redirect is checked the same way.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import ssl
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import PurePosixPath
from urllib.parse import quote, unquote, urljoin, urlsplit

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from tollbook.connectors.item import LIMIT, InputError, Raw

# Slow servers of the region answer within ten seconds; a page that takes a minute is held open on purpose.
PATIENCE = 15.0
TOTAL = 60.0
# Shorteners and consent pages add up to three hops.
HOPS = 5
# Longer addresses are payloads.
LONGEST = 2048
_CHUNK = 65_536
_REDIRECTS = frozenset([301, 302, 303, 307, 308])
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?\.?")
_CONTROL = re.compile(r"[\x00-\x20\x7f\\]")
# Networks that carry an IPv4 address inside an IPv6 one; the inner address is what is reached.
_CARRIERS = (
    (ipaddress.ip_network("::/96"), 0),
    (ipaddress.ip_network("::ffff:0:0/96"), 0),
    (ipaddress.ip_network("::ffff:0:0:0/96"), 0),
    (ipaddress.ip_network("64:ff9b::/96"), 0),
    (ipaddress.ip_network("2002::/16"), 80),
)
_CLOSED = tuple(
    map(ipaddress.ip_network, ("192.88.99.0/24", "fec0::/10", "64:ff9b:1::/48", "2001::/32", "100::/64"))
)
_SUFFIXES = {
    "text/html": ".html", "application/xhtml+xml": ".html", "application/json": ".json",
    "application/x-ndjson": ".jsonl", "message/rfc822": ".eml", "text/plain": ".txt",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """An address taken apart: what to ask for, of whom."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def shown(self) -> str:
        """The address as it may be shown: without the query, which may hold a key."""
        return f"{self.scheme}://{self.named}{self.path.partition('?')[0]}"

    @property
    def full(self) -> str:
        """The whole address."""
        return f"{self.scheme}://{self.named}{self.path}"

    @property
    def named(self) -> str:
        """The host with its port where that is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.scheme == "https" else 80) else f"{host}:{self.port}"


def fetch(address: str, *, allow_private: bool = False) -> Raw:
    """The bytes that stand at an address, after at most five redirects.

    Raises:
        InputError: the address is malformed, not http or https, not on the open network, does not
            answer in time, answers with an error, or with more than the limit.
    """
    deadline = time.monotonic() + TOTAL
    place = parse(address)
    for _ in range(HOPS + 1):
        answer = _ask(place, deadline, allow_private=allow_private)
        if isinstance(answer, Raw):
            return answer
        further = _further(place, answer)
        if place.scheme == "https" and further.scheme == "http":
            raise InputError(
                f"{place.shown} leads from https to plain http; open it in a browser and save the page"
            )
        place = further
    raise InputError(f"{parse(address).shown} leads on more than {HOPS} times; give the address it ends at")


def _further(place: Place, onward: str) -> Place:
    """Where a redirect leads, checked like any address."""
    try:
        return parse(urljoin(place.full, onward))
    except (InputError, ValueError) as error:
        why = error if isinstance(error, InputError) else "the address is malformed"
        raise InputError(f"{place.shown} leads on to where nobody may go: {why}") from error


def parse(address: str) -> Place:
    """The address taken apart.

    Raises:
        InputError: it is no plain http or https address.
    """
    if len(address) > LONGEST:
        raise InputError(f"the address has more than {LONGEST} characters; give a shorter one")
    if _CONTROL.search(address):
        raise InputError(
            "the address holds blanks, backslashes or control characters; write it as a browser shows it"
        )
    try:
        parts = urlsplit(address)
        port = parts.port
        host = (
            (parts.hostname or "").encode("idna").decode()
            if ":" not in (parts.hostname or "")
            else parts.hostname
        )
    except (ValueError, UnicodeError) as error:
        raise InputError("the address is malformed; write it as https://host/path") from error
    if parts.scheme not in {"http", "https"}:
        raise InputError(f"{parts.scheme or 'no scheme'}: only http and https addresses are fetched")
    if "@" in parts.netloc:
        raise InputError("the address holds a user name or password; give it without")
    if not host or not (":" in host or _HOST.fullmatch(host)):
        raise InputError("the address has no valid host name; write it as https://host/path")
    if port == 0:
        raise InputError("the address names port 0; give it without a port")
    path = quote(parts.path or "/", safe="%/:=&~+!$,;'@()*[].-_")
    query = "?" + quote(parts.query, safe="%/:=&?~+!$,;'@()*[].-_") if parts.query else ""
    return Place(parts.scheme, host, port or (443 if parts.scheme == "https" else 80), path + query)


def closed(number: str) -> bool:
    """Whether an IP address lies outside the open network: private, loopback, link-local, multicast, reserved."""
    try:
        ip = ipaddress.ip_address(number.partition("%")[0])
    except ValueError:
        return True
    if "%" in number or any(ip.version == net.version and ip in net for net in _CLOSED):
        return True
    for net, shift in _CARRIERS:
        if ip.version == 6 and ip in net:
            return closed(str(ipaddress.IPv4Address(int(ip) >> shift & 0xFFFFFFFF)))
    return not ip.is_global or ip.is_multicast or ip.is_reserved or ip.is_unspecified


def _resolve(place: Place, *, allow_private: bool) -> list[str]:
    """The IP addresses of a host, all of them checked."""
    try:
        answers = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise InputError(f"{place.host} cannot be found; check the name and the connection") from error
    numbers = list(dict.fromkeys(str(a[4][0]) for a in answers))
    if not numbers:
        raise InputError(f"{place.host} has no address; check the name")
    if not allow_private and any(closed(n) for n in numbers):
        raise InputError(f"{place.host} is inside a private network, not on the open one; it is not fetched")
    return numbers


def _ask(place: Place, deadline: float, *, allow_private: bool) -> Raw | str:
    """The bytes at a place, or the address that it leads on to."""
    trouble: Exception | None = None
    for number in _resolve(place, allow_private=allow_private)[:4]:
        connection = _connection(place, number, deadline)
        try:
            connection.connect()
        except (HTTPError, OSError) as error:
            trouble = error
            connection.close()
            continue
        return _talk(place, connection, deadline)
    if isinstance(trouble, ssl.SSLError) or "SSL" in type(trouble).__name__:
        raise InputError(f"{place.host} has no valid certificate; the page could be anybody's") from trouble
    raise InputError(f"{place.host} does not answer; try again later") from trouble


def _connection(place: Place, number: str, deadline: float) -> HTTPConnection:
    patience = max(0.1, min(PATIENCE, deadline - time.monotonic()))
    if place.scheme == "http":
        return HTTPConnection(number, place.port, timeout=patience)
    return HTTPSConnection(
        number,
        place.port,
        timeout=patience,
        ssl_context=ssl.create_default_context(),
        server_hostname=place.host,
        assert_hostname=place.host,
    )


def _talk(place: Place, connection: HTTPConnection, deadline: float) -> Raw | str:
    """Asks and reads; a timer shuts the line down, since a server may drip a byte at a time for ever."""
    # The line is taken now: http.client forgets it as soon as the answer is the last on it.
    line = connection.sock
    timer = threading.Timer(max(0.0, deadline - time.monotonic()), _shut, [line])
    timer.daemon = True
    timer.start()
    answer = None
    try:
        connection.request(
            "GET",
            place.path,
            headers={
                "Host": place.named,
                "User-Agent": "tollbook",
                "Accept": "*/*",
                "Accept-Encoding": "gzip",
            },
            preload_content=False,
        )
        answer = connection.getresponse()
        if answer.status in _REDIRECTS and answer.headers.get("Location"):
            return str(answer.headers["Location"])
        if answer.status != 200:
            raise InputError(f"{place.shown} answers {answer.status}, not with a page; check the address")
        return _raw(place, answer, _body(place, answer, deadline))
    except (HTTPError, HTTPException, OSError, ValueError) as error:
        if time.monotonic() >= deadline:
            raise InputError(
                f"{place.shown} takes longer than {TOTAL:.0f} seconds; try again later"
            ) from error
        raise InputError(f"{place.shown} broke off or answers nonsense; try again later") from error
    finally:
        timer.cancel()
        if answer is not None:
            answer.close()
        connection.close()
        if line is not None:
            line.close()


def _shut(line: socket.socket | None) -> None:
    # Shut, not closed: closing does not wake who waits for it. It may be shut already.
    with suppress(OSError):
        if line is not None:
            line.shutdown(socket.SHUT_RDWR)


def _body(place: Place, answer: BaseHTTPResponse, deadline: float) -> bytes:
    data = bytearray()
    while True:
        chunk = answer.read(_CHUNK, decode_content=True)
        if not chunk:
            if time.monotonic() >= deadline:
                # what was shut down looks like a page that ended
                raise InputError(f"{place.shown} takes longer than {TOTAL:.0f} seconds; try again later")
            return bytes(data)
        data += chunk
        if len(data) > LIMIT:
            raise InputError(
                f"{place.shown} is larger than {LIMIT // 2**20} MB; save the part that is wanted"
            )


def _raw(place: Place, answer: BaseHTTPResponse, data: bytes) -> Raw:
    declared = str(answer.headers.get("Content-Type", ""))
    kind = declared.partition(";")[0].strip().lower()
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", declared, re.IGNORECASE)
    path = PurePosixPath(unquote(place.path.partition("?")[0]))
    return Raw(
        data=data,
        document=path.stem.strip(".") or place.host,
        origin="url",
        suffix=_SUFFIXES.get(kind, path.suffix.lower()),
        address=place.full,
        charset=charset[1] if charset else None,
    )
