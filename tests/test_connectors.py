"""What comes in well: every kind of input gives its text, exactly, with what it says about itself."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbook.connectors import Incoming, Refused, gather, plain
from tollbook.connectors.days import day
from tollbook.connectors.kind import Kind, sniff

BODY = "Three people were killed in Zenda on Monday.\n\nAnother 12 were wounded, the mayor said.\n"


def one(target: Path | str, **more: object) -> Incoming:
    """The one text of a target."""
    found = list(gather(str(target), **more))  # type: ignore[arg-type]
    assert len(found) == 1, found
    assert isinstance(found[0], Incoming), found[0]
    return found[0]


def piped(data: bytes) -> Incoming:
    return one("-", stdin=data)


Put = Callable[[str, str | bytes], Path]


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """Writes a file and gives its path."""

    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


# --- plain text


def test_text_with_a_header_gives_its_fields_and_exactly_the_rest(put: Put) -> None:
    head = "id: z-1\ntitle: Attack in Zenda\npublished: 2022-01-31\npublisher: Strelsau Post (AFP)\nlang: en\naddress: https://example.org/1\n\n"
    text = one(put("zenda.txt", head + "\n  " + BODY + "\n\n "))
    assert text.body == "\n  " + BODY + "\n\n "
    assert (text.title, text.published, text.publisher) == (
        "Attack in Zenda",
        date(2022, 1, 31),
        "Strelsau Post (AFP)",
    )
    assert (text.document, text.origin, text.lang, text.address) == (
        "zenda",
        "file",
        "en",
        "https://example.org/1",
    )
    assert text.notes == ()
    assert text.original == (head + "\n  " + BODY + "\n\n ").encode()


def test_text_without_a_header_is_all_body_and_takes_the_day_it_is_given(put: Put) -> None:
    text = one(put("zenda.txt", BODY), published=date(2022, 2, 1))
    assert (text.body, text.title, text.published) == (BODY, "", date(2022, 2, 1))


def test_a_headers_day_goes_before_the_day_that_is_given(put: Put) -> None:
    text = one(put("z.txt", f"published: 31 January 2022\n\n{BODY}"), published=date(2020, 1, 1))
    assert text.published == date(2022, 1, 31)


@pytest.mark.parametrize(
    "text",
    [
        "Zenda: three people were killed.\n\nThe mayor said so.\n",
        "Strelsau: 3 killed\nZenda: 4 killed\n\nThe mayor said so.\n",
        "Update: title: three killed\n\nmore\n",
        "UPDATE 2: three killed\nid: x\n\nmore\n",
        "title: Three people were killed in Zenda",  # no blank line, so no block
        "title: Three killed\nin Zenda on Monday\n\nmore\n",
        "source: locals\nwitness: a baker\n\nbut only one of the two keys is known\n",
        "date 2022-01-31 Zenda: three killed\n\nmore\n",
        "http://example.org/zenda\n\nmore\n",
    ],
)
def test_a_text_that_only_begins_like_a_header_is_all_body(put: Put, text: str) -> None:
    assert one(put("z.txt", text)).body == text


def test_lines_may_end_as_on_windows_and_the_body_keeps_them(put: Put) -> None:
    text = one(put("z.txt", "title: Zenda\r\nlang: en\r\n\r\nThree killed.\r\nFour hurt.\r\n"))
    assert (text.title, text.body) == ("Zenda", "Three killed.\r\nFour hurt.\r\n")


def test_a_header_line_may_be_folded_and_unknown_fields_are_said(put: Put) -> None:
    text = one(put("z.txt", f"title: Attack\n  in Zenda\npublished: 2022-01-31\nweather: fair\n\n{BODY}"))
    assert (text.title, text.body) == ("Attack in Zenda", BODY)
    assert any("weather" in note for note in text.notes)


def test_a_day_that_cannot_be_read_is_said(put: Put) -> None:
    text = one(put("z.txt", f"title: Zenda\npublished: 01/02/2022\n\n{BODY}"))
    assert text.published is None
    assert any("01/02/2022" in note for note in text.notes)


def test_a_day_in_the_future_is_kept(put: Put) -> None:
    assert one(put("z.txt", f"published: 2199-01-31\n\n{BODY}")).published == date(2199, 1, 31)


def test_a_pipe_is_named_by_its_header(put: Put) -> None:
    assert piped(f"id: z-7\ntitle: x\n\n{BODY}".encode()).document == "z-7"
    named = piped(BODY.encode())
    assert (named.document, named.origin, named.body) == ("stdin", "stdin", BODY)


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1),
    st.sampled_from(["\n", "\r\n"]),
)
def test_the_body_is_exactly_what_follows_the_blank_line(body: str, end: str) -> None:
    head = end.join(["title: Attack in Zenda", "published: 2022-01-31", "", ""])
    fields, start = plain.header(head + body)
    assert fields["title"] == "Attack in Zenda"
    assert (head + body)[start:] == body


@given(st.text(max_size=300))
def test_a_header_is_never_found_where_the_first_line_has_no_known_key(text: str) -> None:
    assert plain.header(f"Zenda: {text}") == ({}, 0)


# --- encodings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_an_encoding_with_its_mark_is_read(put: Put, encoding: str) -> None:
    said = "Trois morts à Zenda, « selon le maire » – dix blessés."
    text = one(put("z.txt", f"title: Zenda\n\n{said}".encode(encoding)))
    assert (text.title, text.body, text.notes) == ("Zenda", said, ())


def test_western_bytes_without_a_mark_are_taken_for_windows_and_it_is_said(put: Put) -> None:
    said = "Three people were killed – “all of them civilians” – in Café Zenda, the mayor’s office said."
    text = one(put("z.txt", said.encode("cp1252")))
    assert text.body == said
    assert any("cp1252" in note for note in text.notes)


def test_arabic_bytes_without_a_mark_are_taken_for_windows_and_it_is_said(put: Put) -> None:
    said = "قتل ثلاثة أشخاص في مدينة زندا يوم الاثنين، وأصيب اثنا عشر آخرون بحسب رئيس البلدية."
    text = one(put("z.txt", said.encode("cp1256")))
    assert text.body == said
    assert any("cp1256" in note for note in text.notes)


def test_a_few_broken_bytes_in_utf8_are_replaced_and_counted(put: Put) -> None:
    good = "Zürich, Łódź, Škofja Loka, Đurđevac, Çanakkale"
    text = one(put("z.txt", f"{good}: ".encode() + b"\xc3" + b" three killed"))
    assert text.body == f"{good}: \ufffd three killed"
    assert any("1 bytes" in note for note in text.notes)


def test_a_pages_own_word_on_its_encoding_is_taken(put: Put) -> None:
    html = '<html><head><meta charset="windows-1251"><title>Зенда</title></head><body><p>Погибли 3 человека в Зенде.</p></body></html>'
    text = one(put("z.html", html.encode("cp1251")))
    assert (text.title, text.body) == ("Зенда", "Погибли 3 человека в Зенде.")


# --- days


@pytest.mark.parametrize(
    "written",
    [
        "2022-01-31", "2022-01-31T23:30:00-05:00", "2022-01-31T23:30:00Z", "20220131", "2022/01/31", "31.01.2022",
        "31/01/2022", "01/31/2022", "Mon, 31 Jan 2022 23:30:00 -0500", "Mon, 31 Jan 22 23:30:00 GMT",
        "31 January 2022", "31st of January, 2022", "January 31, 2022", "Jan. 31st, 2022", "JAN 31 2022",
        "Monday, January 31, 2022 at 10:30 pm", "31-Jan-2022", " 2022-01-31 10:00 ",
    ],
)  # fmt: skip
def test_a_day_is_read_as_written_in_its_own_zone(written: str) -> None:
    assert day(written) == date(2022, 1, 31)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "soon",
        "01/02/2022",
        "2022",
        "31 January",
        "2022-13-45",
        "30 February 2022",
        "2022-01-31 or 2022-02-01",
        "1643587200",
        "0000-00-00",
    ],
)
def test_a_day_that_is_none_or_two_is_not_read(written: str) -> None:
    assert day(written) is None


@given(st.dates(min_value=date(1800, 1, 1)))
def test_every_day_comes_back_from_every_unambiguous_form(when: date) -> None:
    forms = [
        when.isoformat(),
        f"{when.day} {when:%B} {when.year:04}",
        f"{when:%b} {when.day}, {when.year:04}",
    ]
    assert [day(f) for f in forms] == [when] * 3


# --- kinds


@pytest.mark.parametrize(
    ("text", "suffix", "kind"),
    [
        (BODY, "", Kind.PLAIN),
        ("<!DOCTYPE html><html><p>x</p></html>", ".txt", Kind.PAGE),
        ("<p>Three killed</p>", ".txt", Kind.PLAIN),
        ("<div><p>Three killed</p></div>", "", Kind.PAGE),
        ("  \n<?xml version='1.0'?><rss version='2.0'><channel/></rss>", "", Kind.FEED),
        ("<feed xmlns='http://www.w3.org/2005/Atom'></feed>", ".html", Kind.FEED),
        ("<?xml version='1.0'?><!DOCTYPE html><html></html>", ".xml", Kind.PAGE),
        ('{"text": "x"}\n{"text": "y"}', "", Kind.LINES),
        ('[{"text": "x"}]', ".txt", Kind.PLAIN),
        ("[1] Three killed", "", Kind.PLAIN),
        ("From: a@example.org\nSubject: x\nDate: Mon, 31 Jan 2022 10:00:00 +0000\n\nx", "", Kind.MAIL),
        ("Received: from x\n by y\nMessage-ID: <1@example.org>\n\nx", ".txt", Kind.MAIL),
        ("Subject: three killed\n\nx", "", Kind.PLAIN),
        ("Date: today\nSubject: three killed\n\nx", "", Kind.PLAIN),
        ("title: x\nsource: <html>\n\n<html>", "", Kind.PLAIN),
    ],
)
def test_the_kind_is_told_from_the_content(text: str, suffix: str, kind: Kind) -> None:
    assert sniff(text, suffix) is kind


# --- pages

PAGE = """<!DOCTYPE html><html lang="en-GB"><head><title>Attack in Zenda - Strelsau Post</title>
<meta property="og:site_name" content="Strelsau Post">
<meta property="article:published_time" content="2022-01-31T23:30:00+03:00">
<link rel="canonical" href="https://post.example/zenda">
<style>.teaser {{ display: none }} @media print {{ .story {{ display: none }} }}</style>
<script>var tally = "77 people were killed by a script";</script></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/war">War</a></li></ul></nav>
<article class="story"><h1>Attack in Zenda</h1>
{inside}
</article><footer><p>Copyright 2022 Strelsau Post. All rights reserved.</p></footer></body></html>"""
STORY = """<p>Three people were killed in Zenda on Monday, the mayor of the town said in a statement.</p>
<p>Another 12 were <b>wounded</b>, four of them children, when a shell hit the market at noon.</p>
<p>It was the second such attack in the valley since the truce of last autumn, residents said.</p>"""
TEXT = (
    "Three people were killed in Zenda on Monday, the mayor of the town said in a statement.\n\n"
    "Another 12 were wounded, four of them children, when a shell hit the market at noon.\n\n"
    "It was the second such attack in the valley since the truce of last autumn, residents said."
)


def test_a_page_gives_its_paragraphs_and_its_card(put: Put) -> None:
    text = one(put("z.html", PAGE.format(inside=STORY)))
    assert text.body == TEXT
    assert (text.title, text.published, text.publisher) == (
        "Attack in Zenda",
        date(2022, 1, 31),
        "Strelsau Post",
    )
    assert (text.address, text.lang, text.document, text.notes) == (
        "https://post.example/zenda",
        "en",
        "z",
        (),
    )


@pytest.mark.parametrize(
    "hidden",
    [
        '<p style="display : NONE">Ghosts: 99 killed.</p>',
        '<p style="visibility:hidden">Ghosts: 99 killed.</p>',
        "<div hidden><p>Ghosts: 99 killed.</p></div>",
        '<p class="teaser">Ghosts: 99 killed.</p>',
        '<p style="font-size:0">Ghosts: 99 killed.</p>',
        "<script>Ghosts: 99 killed.</script>",
        "<template><p>Ghosts: 99 killed.</p></template>",
        "<!-- Ghosts: 99 killed. -->",
        "<noscript>Ghosts: 99 killed.</noscript>",
        '<img alt="Ghosts: 99 killed." src="x.png">',
    ],
)
def test_what_nobody_sees_is_not_read(put: Put, hidden: str) -> None:
    for inside in (STORY + hidden, hidden + STORY, hidden.join(STORY.split("\n"))):
        text = one(put("z.html", PAGE.format(inside=inside)))
        assert "99" not in text.body
        assert "Three people were killed" in text.body
        assert "second such attack" in text.body


def test_a_list_of_dead_inside_the_article_is_not_lost(put: Put) -> None:
    dead = "".join(f"<li>{n} people were killed in the hamlet of Hentzau-{n}</li>" for n in range(2, 30))
    text = one(put("z.html", PAGE.format(inside=f"{STORY}<ul>{dead}</ul>")))
    for n in range(2, 30):
        assert f"{n} people were killed in the hamlet of Hentzau-{n}\n" in text.body + "\n"
    assert "Home" not in text.body


def test_where_main_content_is_lost_the_whole_visible_text_is_taken_and_said(put: Put) -> None:
    html = f"<html><body><div><p>Zenda, the town on the river, woke to shelling.</p></div><div class='sidebar'>{STORY}</div></body></html>"
    text = one(put("z.html", html))
    assert "woke to shelling" in text.body
    assert TEXT in text.body
    assert any("whole visible text" in note for note in text.notes)


def test_lines_with_numbers_that_are_left_out_are_said(put: Put) -> None:
    rows = "".join(f"<p><a href='/{n}'>{n} dead in the fighting for Hentzau</a></p>" for n in range(2, 6))
    text = one(
        put(
            "z.html",
            f"<html><body><article>{STORY}</article><aside class='sidebar'>{rows}</aside></body></html>",
        )
    )
    assert text.body == TEXT
    assert any("left out" in note for note in text.notes)


def test_a_text_under_a_hundred_thousand_elements_is_not_lost(put: Put) -> None:
    text = one(
        put("z.html", "<html><body>" + "<div>" * 100_000 + STORY + "</div>" * 100_000 + "</body></html>")
    )
    assert text.body == TEXT


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2022-01-31T10:00:00Z"}</script>', date(2022, 1, 31)),
        ('<script type="application/ld+json">{"@graph": [{"@type": "WebPage"}, {"@type": ["NewsArticle"], "datePublished": "2022-01-31"}]}</script>', date(2022, 1, 31)),
        ('<meta name="date" content="31 January 2022">', date(2022, 1, 31)),
        ('<meta itemprop="datePublished" content="2022-01-31">', date(2022, 1, 31)),
        ('<script type="application/ld+json">{broken</script><meta name="pubdate" content="20220131">', date(2022, 1, 31)),
        ('<script type="application/ld+json">' + "[" * 5000 + "</script>", None),
        ("", None),
    ],
)  # fmt: skip
def test_the_day_of_a_page_is_found_where_it_is_said(put: Put, head: str, published: date | None) -> None:
    html = f"<html><head><title>Zenda</title>{head}</head><body><article>{STORY}</article></body></html>"
    assert one(put("z.html", html)).published == published


def test_the_day_of_a_page_may_stand_in_a_time_element(put: Put) -> None:
    html = (
        f"<html><body><article><time datetime='2022-01-31T08:00'>today</time>{STORY}</article></body></html>"
    )
    assert one(put("z.html", html)).published == date(2022, 1, 31)


def test_two_days_of_publication_are_said(put: Put) -> None:
    html = f"<html><head><meta name=pubdate content=2022-01-31><meta name=date content=2022-03-01></head><body>{STORY}</body></html>"
    text = one(put("z.html", html))
    assert text.published == date(2022, 1, 31)
    assert any("two days" in note for note in text.notes)


# --- mail

LETTER = (
    "From: Strelsau Desk <desk@example.org>\nTo: a@example.org\nSubject: =?utf-8?q?Attack_in_Z=C3=A9nda?=\n"
    "Date: Mon, 31 Jan 2022 23:30:00 -0500\nMIME-Version: 1.0\n"
)


def test_a_message_gives_its_text_its_day_and_its_sender(put: Put) -> None:
    text = one(put("z.eml", f"{LETTER}Content-Type: text/plain; charset=utf-8\n\n{BODY}"))
    assert (text.body, text.title, text.published) == (BODY, "Attack in Zénda", date(2022, 1, 31))
    assert (text.publisher, text.document, text.origin) == ("Strelsau Desk", "z", "mail")


def test_a_message_without_a_charset_is_still_read_as_utf8(put: Put) -> None:
    assert one(put("z.eml", f"{LETTER}\nÀ Zénda, 3 morts.\n")).body == "À Zénda, 3 morts.\n"


def multipart(kind: str, *parts: str) -> str:
    return (
        f'{LETTER}Content-Type: multipart/{kind}; boundary="b"\n\n'
        + "".join(f"--b\n{p}\n" for p in parts)
        + "--b--\n"
    )


def test_of_alternatives_the_plain_text_is_taken_once(put: Put) -> None:
    letter = multipart(
        "alternative", f"Content-Type: text/plain\n\n{BODY}", f"Content-Type: text/html\n\n<p>{BODY}</p>"
    )
    assert one(put("z.eml", letter)).body.strip() == BODY.strip()


def test_a_plain_part_that_only_points_to_its_twin_gives_way(put: Put) -> None:
    letter = multipart(
        "alternative", "Content-Type: text/plain\n\nSee the HTML.", f"Content-Type: text/html\n\n{STORY}"
    )
    assert one(put("z.eml", letter)).body == TEXT


def test_a_message_of_html_alone_is_cleaned(put: Put) -> None:
    assert one(put("z.eml", f"{LETTER}Content-Type: text/html; charset=utf-8\n\n{STORY}")).body == TEXT


def test_attachments_are_read_or_refused_each_by_name(put: Put) -> None:
    letter = multipart(
        "mixed",
        f"Content-Type: text/plain\n\n{BODY}",
        'Content-Type: text/plain; charset=cp1252\nContent-Disposition: attachment; filename="list.txt"\n'
        "Content-Transfer-Encoding: quoted-printable\n\ntitle: List\nlang: en\n\nCaf=E9: 3 killed",
        f'Content-Type: text/html\nContent-Disposition: attachment; filename="page.html"\n\n{STORY}',
        'Content-Type: application/pdf\nContent-Disposition: attachment; filename="../../scan.pdf"\n'
        "Content-Transfer-Encoding: base64\n\nJVBERi0xLjQK",
        f"Content-Type: message/rfc822\n\n{LETTER}\nForwarded: 5 killed\n",
    )
    found = list(gather(str(put("z.eml", letter))))
    assert [f.document for f in found] == ["z", "list", "page", "scan", "z-4"]
    read = [f.body.strip() for f in found if isinstance(f, Incoming)]
    assert read == [BODY.strip(), "Café: 3 killed", TEXT, "Forwarded: 5 killed"]
    refusal = found[3]
    assert isinstance(refusal, Refused)
    assert "application/pdf" in refusal.reason
    assert refusal.original == b"%PDF-1.4\n"
    assert {f.published for f in found if isinstance(f, Incoming)} == {date(2022, 1, 31)}


# --- feeds

RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Strelsau Post</title><language>en-gb</language>
<item><guid>urn:z:1</guid><title>Attack in Zenda</title><link>https://post.example/1</link>
<pubDate>Mon, 31 Jan 2022 23:30:00 -0500</pubDate><description>&lt;p&gt;Three &lt;b&gt;killed&lt;/b&gt; in Zenda.&lt;/p&gt;&lt;script&gt;99 killed&lt;/script&gt;</description></item>
<item><title>Twelve hurt in Hentzau</title><pubDate>soon</pubDate></item>
<item><guid>urn:z:3</guid></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Monitor</title>
<entry><id>urn:a:1</id><title type="html">Zenda &amp;amp; Hentzau</title><published>2022-01-31T10:00:00Z</published>
<summary>short</summary><content type="html">&lt;p&gt;Three killed in Zenda.&lt;/p&gt;&lt;p&gt;Twelve hurt.&lt;/p&gt;</content></entry></feed>"""


def test_each_item_of_a_feed_is_a_text(put: Put) -> None:
    first, second, third = gather(str(put("f.xml", RSS)))
    assert isinstance(first, Incoming)
    assert (first.body, first.title, first.published) == (
        "Three killed in Zenda.",
        "Attack in Zenda",
        date(2022, 1, 31),
    )
    assert (first.document, first.publisher, first.address) == (
        "urn:z:1",
        "Strelsau Post",
        "https://post.example/1",
    )
    assert (first.lang, first.origin) == ("en", "feed")
    assert isinstance(second, Incoming)
    assert (second.body, second.document, second.published) == ("Twelve hurt in Hentzau", "f-2", None)
    assert any("soon" in note for note in second.notes)
    assert isinstance(third, Refused)
    assert "item 3" in third.reason


def test_an_atom_feed_gives_its_fullest_text(put: Put) -> None:
    text = one(put("feed.txt", ATOM))
    assert (text.body, text.published, text.publisher) == (
        "Three killed in Zenda.\n\nTwelve hurt.",
        date(2022, 1, 31),
        "Monitor",
    )


# --- JSON


def test_each_line_is_a_text_and_a_bad_one_is_refused_by_its_number(put: Put) -> None:
    rows = [
        json.dumps(
            {
                "id": "a",
                "title": "T",
                "published": "2022-01-31",
                "publisher": "P",
                "url": "https://example.org",
                "text": BODY,
            }
        ),
        "{broken",
        "",
        json.dumps({"body": "  kept as it is \n"}),
        json.dumps({"id": 7, "content": "<p>Three killed.</p><p>Four hurt.</p>"}),
        json.dumps({"id": "e", "text": ""}),
        json.dumps(["no", "object"]),
        json.dumps({"text": "half \ud800 a character"}),
    ]
    a, broken, b, c, empty, array, half = gather(str(put("x.jsonl", "\n".join(rows))))
    assert isinstance(a, Incoming)
    assert (a.document, a.title, a.published, a.publisher, a.address, a.body) == (
        "a",
        "T",
        date(2022, 1, 31),
        "P",
        "https://example.org",
        BODY,
    )
    assert a.original == rows[0].encode()
    assert isinstance(broken, Refused)
    assert "line 2" in broken.reason
    assert isinstance(b, Incoming)
    assert (b.body, b.document) == ("  kept as it is \n", "x-4")
    assert isinstance(c, Incoming)
    assert (c.body, c.document) == ("Three killed.\n\nFour hurt.", "7")
    assert isinstance(empty, Refused)
    assert "line 6" in empty.reason
    assert isinstance(array, Refused)
    assert isinstance(half, Incoming)
    assert half.body == "half \ufffd a character"
    assert half.notes


def test_an_array_and_a_single_object_are_read_too(put: Put) -> None:
    rows = [{"id": "a", "text": "Three killed."}, {"id": "b", "text": "Four hurt."}]
    for indent in (None, 2):
        found = list(gather(str(put("x.json", json.dumps(rows, indent=indent)))))
        assert [f.document for f in found] == ["a", "b"]
        assert one(put("y.json", json.dumps(rows[0], indent=indent))).body == "Three killed."
    assert [json.loads(f.original)["id"] for f in found] == ["a", "b"]


def test_what_stands_before_a_break_in_an_array_is_read(put: Put) -> None:
    first, rest = gather(str(put("x.json", '[{"text": "Three killed."}, {"text": "Fo')))
    assert isinstance(first, Incoming)
    assert isinstance(rest, Refused)
    assert "item 2" in rest.reason


# --- folders


def test_a_folder_is_read_sorted_and_deep_without_what_is_hidden(put: Put, tmp_path: Path) -> None:
    for name in ("in/b.txt", "in/a/z.txt", "in/a/a.txt", "in/.hidden.txt", "in/.git/x.txt", "in/c/d/e.txt"):
        put(name, BODY)
    put("outside.txt", "Secret: 99 killed.")
    (tmp_path / "in" / "leads-out.txt").symlink_to(tmp_path / "outside.txt")
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "again.txt").symlink_to(tmp_path / "in" / "b.txt")
    found = list(gather(str(tmp_path / "in")))
    assert [f.document for f in found] == ["again", "b", "leads-out", "loop", "a", "z", "e"]
    assert [f.document for f in found if isinstance(f, Refused)] == ["leads-out", "loop"]
    assert not any(b"Secret" in f.original for f in found)


# --- addresses


@pytest.fixture
def server() -> Iterator[str]:
    """A small web of its own on the loopback."""

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path.startswith("/hop"):
                self.send_response(302)
                self.send_header("Location", "/zenda.html?key=secret")
                self.end_headers()
                return
            data = PAGE.format(inside=STORY).encode("cp1252")
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=windows-1252")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Nothing is printed."""

    web = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=web.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{web.server_port}"
    web.shutdown()
    web.server_close()
    thread.join()


def test_a_page_is_fetched_through_a_redirect(server: str) -> None:
    text = one(f"{server}/hop", allow_private=True)
    assert (text.body, text.origin, text.document) == (TEXT, "url", "zenda")
    # the page says that it stands on another host, which who fetched it knows better
    assert text.address == f"{server}/zenda.html?key=secret"
