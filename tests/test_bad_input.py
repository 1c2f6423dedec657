"""What comes in badly: one clear sentence each, nothing raised but what the caller did, no time lost, no address touched."""

from __future__ import annotations

import gzip
import os
import shutil
import socket
import ssl
import stat
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tollbook.connectors import LIMIT, Incoming, InputError, Raw, Refused, gather, page, read, web

STORY = "<p>Three people were killed in Zenda on Monday, the mayor said.</p>"


def refusal(target: Path | str, stdin: bytes | None = None) -> Refused:
    """The one refusal of a target."""
    found = list(gather(str(target), stdin=stdin))
    assert len(found) == 1, found
    assert isinstance(found[0], Refused), found[0]
    return found[0]


# --- files that cannot be read are kept and named


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t\r\n", "empty"),
        ("head.txt", b"title: Zenda\nlang: en\n\n\n", "no text after"),
        ("binary.txt", bytes(range(256)) * 40, "binary"),
        ("nul.txt", b"three killed\0in Zenda", "binary"),
        ("utf16.txt", "three killed in Zenda".encode("utf-16-le"), "UTF-16"),
        ("odd16.txt", b"\xff\xfet\x00h\x00r", "UTF-16"),
        ("odd8.txt", b"\xef\xbb\xbf\xff\xff\xff", "UTF-8"),
        ("koi.txt", "Погибли три человека в Зенде, сообщает мэр.".encode("koi8-r"), "encoding"),
        ("jis.txt", "ゼンダで三人が死亡した。市長が発表した。".encode("shift-jis"), "encoding"),
        ("scan.pdf", b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        ("scan.txt", b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        ("note.docx", b"PK\x03\x04\x14\x00", "zip"),
        ("note.doc", b"\xd0\xcf\x11\xe0\xa1\xb1", "office"),
        ("note.rtf", b"{\\rtf1\\ansi three killed}", "RTF"),
        ("photo.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF", "picture"),
        ("log.txt", b"\x1f\x8b\x08\x00", "gzip"),
        ("blank.html", b"<html><body><script>x</script></body></html>", "no text"),
        ("fonts.html", b"".join(b"<font size=%d>x" % n for n in range(5000)) + b"<p>x" * 5000, "open"),
        ("names.html", b"<p " + b" ".join(b"a%d" % n for n in range(5000)) + b">x", "attributes"),
        ("empty.eml", b"From: a@example.org\nSubject: x\nDate: x\n\n", "no text"),
        ("box.eml", b"From a@b Mon Jan 31 10:00 2022\nFrom: a@b\nSubject: x\n\none\n\nFrom c@d Mon Jan 31 11:00 2022\nFrom: c@d\n\ntwo", "mailbox"),
        ("none.xml", b"<rss version='2.0'><channel><title>x</title></channel></rss>", "no item"),
        ("cut.xml", b"<?xml version='1.0'?><rss version='2.0'><chan", "broken"),
        ("items.xml", b"<rss><channel>" + b"<item/>" * 6000, "5,000"),
        ("parts.eml", b"From: a@b\nDate: x\nSubject: x\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 3000, "parts"),
        ("none.jsonl", b"not\njson\nat all", "no line"),
        ("none.json", b"[]", "empty"),
        ("bare.json", b'{"title": "x"}', "no text"),
        ("items.json", b'{"items": []}', "no object"),
        ("deep.json", b"[" * 100_000, "item 1"),
        ("number.json", b'{"text": ' + b"9" * 10_000 + b"}", "no line"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_kept_and_told_why(
    tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    found = refusal(path)
    assert says in found.reason
    assert found.document == path.stem
    assert found.original == content or name.endswith(("json", "jsonl"))


def test_a_file_over_the_limit_is_not_read_into_memory(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    found = refusal(path)
    assert "larger than" in found.reason
    assert found.original == b""
    assert "more than" in refusal("-", stdin=b"x" * (LIMIT + 1)).reason


@pytest.mark.parametrize("name", ["absent.txt", "", "absent/\0nul", "x" * 5000])
def test_a_path_that_is_not_there_is_the_callers_fault(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="check the name"):
        list(gather(str(tmp_path / name) if name.startswith("absent.") else name))


def test_a_folder_without_a_file_is_the_callers_fault(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / ".hidden").touch()
    with pytest.raises(InputError, match="holds no file"):
        list(gather(str(tmp_path)))


def test_a_pipe_in_the_file_system_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "queue.txt")
    (tmp_path / "z.txt").write_text("Three killed.")
    with pytest.raises(InputError, match="pipe"):
        list(gather(str(tmp_path / "queue.txt")))
    first, second = gather(str(tmp_path))
    assert isinstance(first, Refused)
    assert "pipe" in first.reason
    assert isinstance(second, Incoming)


def test_links_in_a_circle_and_dead_links_are_said(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "b.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    (tmp_path / "c.txt").symlink_to(tmp_path / "gone.txt")
    found = list(gather(str(tmp_path)))
    assert [f.document for f in found] == ["a", "b", "c"]
    assert all(isinstance(f, Refused) for f in found)
    for name in ("a.txt", "c.txt"):
        with pytest.raises(InputError, match="check its name"):
            list(gather(str(tmp_path / name)))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_rights_is_said(tmp_path: Path) -> None:
    path = tmp_path / "locked.txt"
    path.write_text("Three killed.")
    path.chmod(0)
    with pytest.raises(InputError, match="rights"):
        list(gather(str(path)))
    found = list(gather(str(tmp_path)))
    assert isinstance(found[0], Refused)
    path.chmod(stat.S_IRUSR)


def test_a_file_that_the_system_does_not_give_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "locked.txt").write_text("Three killed.")

    def locked(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", locked)
    with pytest.raises(InputError, match="permission denied"):
        list(gather(str(tmp_path / "locked.txt")))
    assert "permission denied" in refusal(tmp_path).reason


def test_messages_in_messages_end_somewhere() -> None:
    letter = b"From: a@example.org\nSubject: x\nDate: Mon, 31 Jan 2022 10:00:00 +0000\n\ninnermost"
    for _ in range(40):
        letter = (
            b"From: a@example.org\nSubject: x\nMIME-Version: 1.0\nContent-Type: message/rfc822\n\n" + letter
        )
    assert "wrapped" in refusal("-", stdin=letter).reason


def test_markup_cannot_open_a_file_or_an_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "create_connection", _never)
    monkeypatch.setattr(socket, "getaddrinfo", _never)
    secret = tmp_path / "secret"
    secret.write_text("99 killed")
    feed = f"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}"><!ENTITY y SYSTEM "http://127.0.0.1/">]>
    <rss version="2.0"><channel><item><title>&x;&y; Zenda</title><description>Three killed &x;</description></item></channel></rss>"""
    found = list(gather("-", stdin=feed.encode()))
    assert found
    assert not any("99 killed" in getattr(f, "body", "") + getattr(f, "title", "") for f in found)


# --- fuzz: no bytes raise, and nothing is dropped without a word

HEADS = [
    b"", b"title: x\nlang: en\n\n", b"\xff\xfe", b"\xef\xbb\xbf", b"<html><body>", b"<!DOCTYPE html><meta charset=",
    b'<html><script type="application/ld+json">', b"<html><style>", b"<?xml version='1.0' encoding='", b"<rss><channel><item><title>",
    b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='html'>", b'{"text": "', b'[{"text": "', b'{"text": "x"}\n',
    b"From: a@b\nSubject: =?utf-8?", b"From: a@b\nDate: x\nSubject: y\nContent-Type: multipart/mixed; boundary=b\n\n--b\n",
    b"From: a@b\nDate: x\nSubject: y\nContent-Type: text/html; charset=", b"Received: x\nMIME-Version: 1.0\nContent-Transfer-Encoding: base64\n\n",
]  # fmt: skip
SUFFIXES = ["", ".txt", ".html", ".eml", ".xml", ".rss", ".json", ".jsonl", ".ndjson", ".pdf"]
PIECES = st.lists(
    st.one_of(
        st.binary(max_size=40),
        st.sampled_from(
            [b"<", b">", b"</p>", b"<b>", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"&#xD800;", b"&#x0000000000D800;", b"&#99999999999;", b"&lt;", b'"', b"'", b"\\u0000",
             b"\\ud800", b"{", b"}", b"]", b"\n", b"\r\n\r\n", b"--b\n", b"--b--", b"charset=", b"\0", b"\x80", b"3 killed in Zenda. ",
             b"<time datetime=", b"<article>", b"<style>.a{display:none}", b"=?x?q?", b"<item>", b"<pubDate>", b"\xd8\xa7\xd9\x84"]
        ),
    ),
    max_size=30,
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from(HEADS),
    PIECES,
    st.sampled_from(SUFFIXES),
    st.sampled_from([None, "utf-8", "x", "utf-7", "zlib"]),
)
@example(b"{", [b'"text": "\\ud800"}'], ".json", None)
@example(b"<html><script type='application/ld+json'>", [b'{"@graph": {"@graph": []}}'], ".html", None)
def test_no_bytes_raise_and_none_are_lost(
    head: bytes, pieces: list[bytes], suffix: str, charset: str | None
) -> None:
    data = head + b"".join(pieces)
    found = list(read(Raw(data=data, document="z", origin="file", suffix=suffix, charset=charset)))
    assert found, "something came in and nothing came out"
    for item in found:
        item.document.encode()
        if isinstance(item, Incoming):
            assert item.body.strip()
            for text in (item.body, item.title, item.publisher, item.address, item.lang, *item.notes):
                text.encode()
        else:
            assert item.reason
            assert "failed" not in item.reason, item.reason


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(SUFFIXES))
def test_random_bytes_never_raise(data: bytes, suffix: str) -> None:
    assert list(read(Raw(data=data, document="z", origin="file", suffix=suffix)))


# --- time: four times the text takes about four times as long

LONG = {
    "div": "<div>", "div with text": "<div>3 killed ", "p": "<p>3 killed in Zenda on Monday", "b": "<b>", "a and b": "<a><b>", "wrong order": "<i>x<b>y</i>",
    "table": "<table><tr><td>", "article": "<article><p>3 killed in Zenda on Monday</p>", "half tag": "<div ", "comment": "<!-- ", "entity": "&amp",
    "quote": '<p a="', "cdata": "<![CDATA[", "form": "<form><b></form>", "style": "<style>.a{display:none}</style><p class=a>3",
    "hidden": "<p hidden>3 ", "nested hidden": "<div hidden>3 ", "meta": "<meta name=date content=2022-01-31>", "list": "<ul><li>3 killed in Zenda on Monday",
    "json-ld": "<script type='application/ld+json'>[", "less": "<", "styled": "<div style='display:none'>3 ", "select": "<select><option>", "time": "<time datetime=",
    "css": "<style>{", "heading": "<h1>", "svg": "<svg>", "math": "<math><mi>", "template": "<template>", "nobr": "<nobr>x", "button": "<button>", "font": "<font size=1>x",
}  # fmt: skip


@pytest.mark.parametrize("pattern", LONG.values(), ids=LONG)
def test_a_page_that_is_made_to_take_long_does_not(pattern: str) -> None:
    def seconds(size: int) -> float:
        html = f"<html><body>{STORY}" + pattern * (size // len(pattern))
        began = time.process_time()
        assert list(read(Raw(data=html.encode(), document="z", origin="file", suffix=".html")))
        return time.process_time() - began

    small, large = seconds(100_000), seconds(400_000)
    assert large < max(0.5, 12 * small), (small, large)


@pytest.mark.parametrize(
    ("head", "pattern", "suffix"),
    [
        ("From: a@b\nSubject: x\nDate: x\nX: ", "=?utf-8?q?a?= ", ".eml"),
        ("From: a@b\nDate: x\nSubject: ", "(" , ".eml"),
        ("From: a@b\nDate: x\nSubject: ", "=?", ".eml"),
        ("From: ", "a,", ".eml"),
        ("From: a@b\nDate: x\nSubject: x\nContent-Type: multipart/mixed; boundary=b\n\n", "--b\n\nx\n", ".eml"),
        ("From: a@b\nDate: x\nSubject: x\nContent-Type: text/plain; ", "a=b; ", ".eml"),
        ("From: a@b\nDate: x\nSubject: x\n\n", "\nFrom x", ".eml"),
        ("", "X: y\n", ".eml"),
        ("", "\n", ".txt"),
        ("title: x\n", "title: x\n", ".txt"),
        ("", "{", ".jsonl"),
        ("", '{"text": "x"}\n', ".jsonl"),
        ("[", '{"text": "x"},', ".json"),
        ("<rss><channel>", "<item>", ".xml"),
        ("<rss><channel>", "<item><title>x</title></item>", ".xml"),
        ("<rss><channel><item><description>", "&lt;b", ".xml"),
        ("<rss><channel><item><description>", "<b>", ".xml"),
        ("<rss ", "<!ENTITY ", ".xml"),
        ("<?xml version='1.0'?>", "<!DOCTYPE ", ".xml"),
        ("<rss>", "<a ", ".xml"),
        ("<rss>", "&x", ".xml"),
    ],
)  # fmt: skip
def test_a_file_that_is_made_to_take_long_does_not(head: str, pattern: str, suffix: str) -> None:
    def seconds(size: int) -> float:
        data = (head + pattern * (size // len(pattern))).encode()
        began = time.process_time()
        assert list(read(Raw(data=data, document="z", origin="file", suffix=suffix)))
        return time.process_time() - began

    small, large = seconds(25_000), seconds(100_000)
    assert large < max(0.5, 12 * small), (small, large)


def test_an_honest_page_is_no_fault() -> None:
    assert page.fault(f"<html><body>{STORY * 5000}<p>He <b>said<p>It <i>went on</body>") == ""


# --- addresses: none of these is ever connected to


def _never(*_: object, **__: object) -> None:
    raise AssertionError("a connection was tried")


HOSTILE = [
    "http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/", "http://0/",
    "http://0.0.0.0/", "http://10.0.0.1/", "http://172.16.0.1/", "http://172.31.255.255/", "http://192.168.1.1/",
    "http://169.254.169.254/latest/meta-data/", "http://100.64.0.1/", "http://192.0.0.1/", "http://192.0.2.1/",
    "http://198.18.0.1/", "http://198.51.100.1/", "http://203.0.113.1/", "http://224.0.0.1/", "http://239.255.255.250/",
    "http://240.0.0.1/", "http://255.255.255.255/", "http://192.88.99.1/", "http://[::1]/", "http://[::]/",
    "http://[fe80::1]/", "http://[fc00::1]/", "http://[fd12:3456::1]/", "http://[ff02::1]/", "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:a00:1]/", "http://[::ffff:0:7f00:1]/", "http://[::7f00:1]/", "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b:1::1]/", "http://[2002:7f00:1::]/", "http://[2002:c0a8:101::1]/", "http://[2001:0:7f00:1::1]/",
    "http://[fec0::1]/", "http://[2001:db8::1]/", "http://[100::1]/", "http://①②⑦.⓪.⓪.①/", "http://127。0。0。1/",
    "ftp://example.org/", "file:///etc/passwd", "gopher://example.org/", "javascript://example.org/%0aalert(1)",
    "data://text/plain,x", "ldap://example.org/", "http://user:hunter2@example.org/", "http://user@example.org/",
    "http://example.org@127.0.0.1/", "http://example.org\\@127.0.0.1/", "http:///path", "http://?x", "http://[::1",
    "http://example.org:0/", "http://example.org:99999/", "http://example.org:x/", "http://exa mple.org/",
    "http://example.org/\r\nHost: evil", "http://example.org/\tx", "http://ex%61mple.org/", "http://%31%32%37.0.0.1/",
    "http://-example.org/", "http://" + "a" * 70 + ".org/", "http://example..org/", "http://example.org/" + "a" * 3000,
]  # fmt: skip


@pytest.fixture
def deaf(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine whose every attempt at a connection fails the test; numbers resolve, names do not."""
    real = socket.getaddrinfo

    def numbers(host: str, port: int, *_: object, **__: object) -> list[object]:
        return list(real(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST))

    monkeypatch.setattr(socket, "getaddrinfo", numbers)
    monkeypatch.setattr(socket, "create_connection", _never)
    monkeypatch.setattr(socket.socket, "connect", _never)


@pytest.mark.usefixtures("deaf")
@pytest.mark.parametrize("address", HOSTILE)
def test_a_hostile_address_is_refused_without_a_connection(address: str) -> None:
    with pytest.raises(InputError) as error:
        list(gather(address))
    assert "hunter2" not in str(error.value)
    assert "evil" not in str(error.value)


@pytest.mark.usefixtures("deaf")
@pytest.mark.parametrize("address", ["http://127.0.0.1/", "http://10.0.0.1/x", "http://192.168.1.1:8080/"])
def test_permission_for_private_networks_is_asked_for_and_given(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[object] = []

    def refuse(_: socket.socket, where: object) -> None:
        tried.append(where)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket.socket, "connect", refuse)
    with pytest.raises(InputError, match="private network"):
        list(gather(address))
    assert tried == []
    with pytest.raises(InputError, match="does not answer"):
        list(gather(address, allow_private=True))
    assert len(tried) == 1


@pytest.mark.parametrize("inside", ["127.0.0.1", "10.1.2.3", "::1", "::ffff:10.0.0.1", "fe80::1%eth0"])
def test_one_private_answer_among_public_ones_is_enough_to_refuse(
    monkeypatch: pytest.MonkeyPatch, inside: str
) -> None:
    def answers(_: str, port: int, **__: object) -> list[object]:
        return [(2, 1, 6, "", (number, port)) for number in ("8.8.8.8", inside)]

    monkeypatch.setattr(socket, "getaddrinfo", answers)
    monkeypatch.setattr(socket, "create_connection", _never)
    with pytest.raises(InputError, match="private network"):
        list(gather("https://rebinding.example/x"))


@pytest.mark.parametrize(
    "number",
    [
        "8.8.8.8",
        "1.1.1.1",
        "2606:4700::1111",
        "2a00:1450:4001::1",
        "64:ff9b::808:808",
        "2002:808:808::1",
        "::ffff:8.8.8.8",
    ],
)
def test_an_open_address_is_open(number: str) -> None:
    assert not web.closed(number)


@given(st.ip_addresses(v=4))
def test_an_address_wrapped_in_another_is_as_closed_as_itself(number: object) -> None:
    shut = web.closed(str(number))
    assert web.closed(f"::ffff:{number}") == shut
    assert web.closed(f"64:ff9b::{number}") == shut


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60), st.sampled_from(["http://", "https://", "HTTP://", "http:/", "//"]))
def test_no_address_raises_anything_else(rest: str, scheme: str) -> None:
    try:
        place = web.parse(scheme + rest)
    except InputError:
        return
    assert place.scheme in {"http", "https"}
    assert not set(place.full) & set(" \r\n\t\\@") or "@" in place.path
    assert place.full.isascii()


# --- servers that misbehave


Answer = Callable[[BaseHTTPRequestHandler], None]


@pytest.fixture
def serve() -> Iterator[Callable[[Answer], str]]:
    """Starts a server on the loopback that answers as it is told; gives its address."""
    running: list[ThreadingHTTPServer] = []

    def start(answer: Answer) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                answer(self)

            def log_message(self, *_: object) -> None:
                """Nothing is printed."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: object) -> None:
                """The client goes away on purpose."""

        server = Server(("127.0.0.1", 0), Handler)
        running.append(server)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}/zenda"

    yield start
    for server in running:
        server.shutdown()
        server.server_close()


def send(handler: BaseHTTPRequestHandler, status: int, data: bytes = b"", **headers: str) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(data)


def complaint(address: str) -> str:
    with pytest.raises(InputError) as error:
        list(gather(address, allow_private=True))
    return str(error.value)


@pytest.mark.parametrize("status", [204, 304, 401, 403, 404, 410, 429, 500, 503])
def test_an_error_is_said_by_its_number(serve: Callable[[Answer], str], status: int) -> None:
    assert f"answers {status}" in complaint(serve(lambda h: send(h, status)))


def test_a_circle_of_redirects_ends(serve: Callable[[Answer], str]) -> None:
    assert "leads on more than" in complaint(serve(lambda h: send(h, 302, Location="/zenda")))


@pytest.mark.parametrize(
    "onward",
    [
        "http://169.254.169.254/",
        "http://[::1]:9/",
        "//10.0.0.1/x",
        "file:///etc/passwd",
        "http://u:p@8.8.8.8/",
        "ftp://8.8.8.8/",
        "http://0x0a000001/",
    ],
)
def test_a_redirect_inside_is_refused_at_its_hop(
    serve: Callable[[Answer], str], monkeypatch: pytest.MonkeyPatch, onward: str
) -> None:
    address = serve(lambda h: send(h, 302, Location=onward))
    tried: list[str] = []
    real, closed = socket.create_connection, web.closed

    def watched(where: tuple[str, int], *rest: object, **more: object) -> socket.socket:
        tried.append(where[0])
        return real(where, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "create_connection", watched)
    # Only the server of this test passes for an open address.
    monkeypatch.setattr(web, "closed", lambda number: number != "127.0.0.1" and closed(number))
    with pytest.raises(InputError):
        list(gather(address))
    assert set(tried) <= {"127.0.0.1"}


def test_a_page_that_never_ends_is_cut(serve: Callable[[Answer], str]) -> None:
    def flood(handler: BaseHTTPRequestHandler) -> None:
        send(handler, 200, Content_Type="text/html")
        while True:
            handler.wfile.write(b"x" * 1_000_000)

    assert "larger than" in complaint(serve(flood))


def test_a_page_that_swells_when_unpacked_is_cut(serve: Callable[[Answer], str]) -> None:
    bomb = gzip.compress(b"\0" * 200_000_000, 9)
    assert "larger than" in complaint(serve(lambda h: send(h, 200, bomb, Content_Encoding="gzip")))


@pytest.mark.parametrize("where", ["head", "body", "silent"])
def test_a_server_that_drips_is_left(
    serve: Callable[[Answer], str], monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    monkeypatch.setattr(web, "TOTAL", 1.0)

    def drip(handler: BaseHTTPRequestHandler) -> None:
        if where == "body":
            send(handler, 200, Content_Type="text/html")
        else:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        for _ in range(100):
            if where != "silent":
                handler.wfile.write(b"x")
            time.sleep(0.1)

    began = time.monotonic()
    said = complaint(serve(drip))
    assert time.monotonic() - began < 5
    assert "longer than" in said or "broke off" in said or "does not answer" in said


@pytest.mark.parametrize(
    "nonsense",
    [b"", b"\0\0\0", b"HTTP/9 x\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nshort", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
     b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nno gzip", b"HTTP/1.1 302 Found\r\nLocation: http://[\r\n\r\n"],
)  # fmt: skip
def test_a_server_that_speaks_nonsense_is_said(serve: Callable[[Answer], str], nonsense: bytes) -> None:
    said = complaint(serve(lambda h: void(h.wfile.write(nonsense))))
    assert "broke off" in said or "malformed" in said


def void(_: object) -> None:
    """Takes a value and gives none."""


def test_a_name_that_is_not_known_and_a_port_that_is_shut_are_said() -> None:
    assert "cannot be found" in complaint("http://no-such-host.invalid/")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert "does not answer" in complaint(f"http://127.0.0.1:{port}/")


def test_what_is_asked_and_shown_holds_no_secret(serve: Callable[[Answer], str]) -> None:
    asked: list[str] = []

    def note(handler: BaseHTTPRequestHandler) -> None:
        asked.extend([handler.path, *map(str, handler.headers.items())])
        send(handler, 404)

    said = complaint(serve(note) + "?key=hunter2#part")
    assert "hunter2" not in said
    assert asked[0] == "/zenda?key=hunter2"
    assert not any("Python" in a or "urllib" in a for a in asked)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="a certificate is made with openssl")
def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        str(key),
        "-out",
        str(cert),
        "-days",
        "1",
        "-subj",
        "/CN=localhost",
    ]
    subprocess.run(command, check=True, capture_output=True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        assert "no valid certificate" in complaint(f"https://localhost:{server.server_port}/")
    finally:
        server.shutdown()
        server.server_close()
