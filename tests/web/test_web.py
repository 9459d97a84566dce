"""What hosts answer is understood, and nothing they do hangs the program, fills it or leads it astray."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import time
import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest

from pipeline.web import request as asking
from pipeline.web.guard import Address, anywhere, is_public
from pipeline.web.request import Manner, NoReply, request
from pipeline.web.robots import Robots, read
from pipeline.web.round import Asker, Pace, visits
from pipeline.web.turns import Turns
from pipeline.web.visit import Visit, joined, visit
from tests.web.lighthouse import LONG, PEM, Lighthouse, lit

TIMEOUT = 10.0
SHORT = 0.3
"""Seconds for what never answers, and for what does."""


@pytest.fixture
def house() -> Iterator[Lighthouse]:
    """A host that answers in every way."""
    with lit() as house:
        yield house


def only_first(address: Address) -> bool:
    """Allow 127.0.0.1 as if it were public, and of this machine's other addresses none."""
    return is_public(address) or address == ipaddress.ip_address("127.0.0.1")


def asker(pause: float = 0.0, **changed: Any) -> tuple[Asker, list[float]]:
    """One who asks at once what others ask after a while, and the times that were to be waited."""
    waits: list[float] = []
    manner = Manner(agent="a test", allowed=changed.pop("allowed", only_first), timeout=changed.pop("timeout", TIMEOUT))
    return Asker(manner, Pace(pause=pause), sleep=waits.append, **changed), waits


def visited(address: str) -> Visit:
    """What becomes of an address."""
    return visit(address, asker()[0])


@pytest.mark.parametrize(
    ("path", "result", "status", "moved_to", "final"),
    [
        ("/ok", "works", 200, None, None),
        ("/nothing", "dead", 404, None, None),
        ("/gone", "dead", 410, None, None),
        ("/closed", "unchecked", 403, None, None),
        ("/broken", "unchecked", 500, None, None),
        ("/odd", "unchecked", 799, None, None),
        ("/no-head", "works", 200, None, None),
        ("/head-lies", "works", 200, None, None),
        ("/head-breaks", "works", 200, None, None),
        ("/moved", "moved", 200, "/ok", "/ok"),
        ("/moved-too", "moved", 200, "/ok", "/ok"),
        ("/capitals", "moved", 200, "/ok", "/ok"),
        ("/for-now", "works", 200, None, "/ok"),
        ("/moved-then-for-now", "moved", 200, "/for-now", "/ok"),
        ("/moved-to-nothing", "dead", 404, None, "/nothing"),
        ("/moved-to-closed", "unchecked", 403, None, "/closed"),
        ("/moved-nowhere", "unchecked", 301, None, None),
        ("/round", "unchecked", 302, None, None),
        ("/to-file", "unchecked", 302, None, None),
        ("/to-script", "unchecked", 301, None, None),
        ("/to-nonsense", "unchecked", 302, None, None),
        ("/to-length", "unchecked", 301, None, None),
        ("/to-umlaut", "moved", 200, "/ok?stra%C3%9Fe=1%202", "/ok?stra%C3%9Fe=1%202"),
        ("/bomb", "works", 200, None, None),
    ],
)
def test_what_an_answer_means(
    house: Lighthouse, path: str, result: str, status: int, moved_to: str | None, final: str | None
) -> None:
    """Gone is what says so itself; only what moved for good has moved; all else is not known."""
    found = visited(house(path))
    assert (found.result, found.status) == (result, status)
    assert found.moved_to == (moved_to and house(moved_to))
    assert found.final == (final and house(final))
    assert bool(found.why) == (result not in ("works", "moved"))


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/hang", "no answer came within 0.3 seconds"),
        ("/drip", "no answer came within 0.3 seconds"),
        ("/go-on", "no answer came within 0.3 seconds"),
        ("/reset", "the connection failed"),
        ("/garbage", "its answer is not HTTP as the standard has it"),
        ("/long-head", "its answer is not HTTP as the standard has it"),
    ],
)
def test_a_host_that_fails_says_nothing_about_its_page(house: Lighthouse, path: str, why: str) -> None:
    """Nothing hangs however busy the host is, and nothing of it is called dead."""
    found = visit(house(path), asker(timeout=SHORT if "within" in why else TIMEOUT)[0])
    assert (found.result, found.status) == ("unchecked", None)
    assert why in str(found.why)


def test_asks_by_head_and_leaves_it_there_where_that_is_enough(house: Lighthouse) -> None:
    """A page that is there is asked for once, one that isn't by GET too."""
    visited(house("/ok"))
    visited(house("/nothing"))
    assert house.asked == ["HEAD /ok", "HEAD /nothing", "GET /nothing"]


def test_says_who_asks_and_wants_nothing_packed(house: Lighthouse) -> None:
    """The headers are few and honest; what stands before an @ in an address isn't sent."""
    visited(f"http://user:secret@{house.host}/ok#part")
    lines = house.heads[0].strip().split("\r\n")
    assert sorted(lines) == [
        "Accept-Encoding: identity", "Accept: */*", "Connection: close", f"Host: {house.host}", "User-Agent: a test",
    ]  # fmt: skip
    assert house.asked == ["HEAD /ok"]


@pytest.mark.parametrize("path", ["/endless", "/bomb"])
def test_takes_next_to_nothing_of_a_body(house: Lighthouse, path: str) -> None:
    """An endless page and one that unpacks to a thousand times its size are left where they are."""
    ask, _ = asker()
    ask(house("/ok"))
    tracemalloc.start()
    assert ask(house(path)).status == 200
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 1_000_000
    assert house.sent < 8_000_000


def test_waits_as_long_as_a_busy_host_asks(house: Lighthouse) -> None:
    """Seconds in Retry-After are waited, and then the page is there."""
    ask, waits = asker()
    assert visit(house("/busy"), ask).result == "works"
    assert waits == [7.0]


def test_leaves_a_host_alone_that_asks_for_too_long(house: Lighthouse) -> None:
    """Neither the page nor another of that host is asked for again."""
    ask, waits = asker()
    assert visit(house("/much-later"), ask).status == 429
    second = visit(house("/ok"), ask)
    assert (second.result, second.status) == ("unchecked", None)
    assert "wanted no more questions" in str(second.why)
    assert (waits, house.asked) == ([], ["HEAD /much-later"])


@pytest.mark.parametrize(("path", "requests"), [("/broken", 3), ("/bad-wait", 3), ("/reset", 3), ("/closed", 2)])
def test_tries_again_what_may_pass(house: Lighthouse, path: str, requests: int) -> None:
    """Twice, and each time after a longer wait; what is said for good is believed at once."""
    ask, waits = asker()
    visit(house(path), ask)
    assert len(house.asked) == requests
    assert [wait for wait in waits if wait] == ([2.0, 4.0] if requests == 3 else [])


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("3", [3.0]),
        ("Tue, 24 Nov 2026 12:00:05 GMT", [5.0]),
        ("Tue, 24 Nov 2026 11:00:00 GMT", [0.0]),
        ("-3", [2.0]),
        ("²", [2.0]),
        ("9" * 400, []),
        ("Tue, 24 Nov 9999999 12:00:05 GMT", [2.0]),
    ],
)
def test_reads_how_long_to_wait(monkeypatch: pytest.MonkeyPatch, said: str, expected: list[float]) -> None:
    """A number of seconds or a day and time; what is neither counts as nothing said."""
    from pipeline.web import round as going
    from pipeline.web.request import Reply

    answers = iter([Reply(503, retry_after=said), Reply(200)])
    monkeypatch.setattr(going, "request", lambda *_: next(answers))
    ask, waits = asker(clock=lambda: 1_795_521_600.0, robots={"http://example.org": Robots()})
    ask("http://example.org/")
    assert waits == expected


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:{port}/ok",
        "http://localhost:{port}/ok",
        "http://127.1:{port}/ok",
        "http://2130706433:{port}/ok",
        "http://0x7f000001:{port}/ok",
        "http://0:{port}/ok",
        "http://[::ffff:127.0.0.1]:{port}/ok",
        "http://example.org@127.0.0.1:{port}/ok",
    ],
)
def test_asks_no_machine_of_a_private_network(house: Lighthouse, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """However its address is written; the host hears nothing. A machine without /etc/hosts knows no localhost."""
    look_up = socket.getaddrinfo
    known = {"localhost": "127.0.0.1"}
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *args, **more: look_up(known.get(host, host), *args, **more)
    )
    ask, _ = asker(allowed=is_public)
    found = visit(address.format(port=house.server_address[1]), ask)
    assert found.result == "unchecked"
    assert "lies in a private network" in str(found.why)
    assert house.asked == []


def test_follows_no_redirect_into_a_private_network(house: Lighthouse) -> None:
    """What could be asked by name can't be asked by a redirect either."""
    found = visited(house("/to-private"))
    assert (found.result, found.status) == ("unchecked", 302)
    assert "the host '127.0.0.2' lies in a private network" in str(found.why)
    assert house.asked == ["HEAD /to-private"]
    assert visit(f"http://127.0.0.2:{house.server_address[1]}/secret", asker(allowed=anywhere)[0]).status == 404


def test_a_name_that_leads_to_two_places_needs_both_allowed(house: Lighthouse, monkeypatch: pytest.MonkeyPatch) -> None:
    """And the name is looked up once, so that it can't lead elsewhere when it has been judged."""
    lookups = []

    def look_up(host: str, port: int, **_: Any) -> list[Any]:
        lookups.append(host)
        places = ["203.0.114.1", "10.0.0.1"] if host == "mixed.example" else ["127.0.0.1"]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (place, port)) for place in places]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    assert "private" in str(visited("http://mixed.example/").why)
    assert lookups == ["mixed.example"]
    lookups.clear()
    assert visited(f"http://light.example:{house.server_address[1]}/ok").result == "works"
    assert lookups == ["light.example"] * 2, "once for robots.txt, and once for the page"


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("0.0.0.0", False),
        ("10.1.2.3", False),
        ("100.64.0.1", False),
        ("127.9.9.9", False),
        ("169.254.169.254", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("198.18.0.1", False),
        ("224.0.1.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::1", False),
        ("fe80::1", False),
        ("fe80::1%eth0", False),
        ("fec0::1", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("64:ff9b::a00:1", False),
        ("64:ff9b::5db8:d822", True),
        ("2002:a00:1::", False),
        ("::10.0.0.1", False),
    ],
)
def test_knows_private_addresses(address: str, public: bool) -> None:
    """Those packed in others too."""
    assert is_public(ipaddress.ip_address(address)) == public


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://host:99999/", "it is not an address"),
        ("http://[::1/", "it is not an address"),
        (f"http://{'a' * 70}.example/", "it is not an address"),
        ("http://a..b/", "it is not an address"),
        ("http://:80/", "it is not an address"),
        ("ftp://example.org/", "an address that begins with 'ftp:' is not asked for"),
        ("gopher://example.org/", "an address that begins with 'gopher:' is not asked for"),
    ],
)
def test_refuses_what_is_no_address_of_the_web(address: str, why: str) -> None:
    """It is not known to be dead, either."""
    assert visited(address) == Visit(result="unchecked", why=why)


def test_a_host_that_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No such name is a dead link; a failing look-up is not."""

    def look_up(host: str, *_: Any, **__: Any) -> list[Any]:
        raise socket.gaierror(socket.EAI_NONAME if host == "gone.example" else socket.EAI_AGAIN, "")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    assert visited("http://gone.example/") == Visit(result="dead", why="there is no host 'gone.example'", unfound=True)
    assert visited("http://later.example/") == Visit(
        result="unchecked", why="the host 'later.example' could not be looked up"
    )


def test_a_host_that_refuses_to_speak() -> None:
    """A closed port is nothing known of the page."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        found = visited(f"http://127.0.0.1:{closed.getsockname()[1]}/")
    assert (found.result, found.why) == ("unchecked", "the connection failed: Connection refused")


def test_http_where_https_is_asked_for(house: Lighthouse) -> None:
    """A host that speaks no TLS is not dead, and no key is taken from it."""
    found = visit(house("/ok").replace("http:", "https:"), asker(timeout=SHORT)[0])
    assert (found.result, found.status) == ("unchecked", None)


def test_https_needs_a_certificate_that_is_trusted(house: Lighthouse, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that the host gave itself doesn't count, one that is trusted has to be for that very host."""
    house.speak_tls()
    address = house("/ok").replace("http:", "https:")
    alone = visited(address)
    assert (alone.result, alone.why) == ("unchecked", "its certificate is not valid: self-signed certificate")
    trusting = ssl.create_default_context(cafile=PEM)
    monkeypatch.setattr(asking, "_tls", lambda: trusting)
    assert visited(address) == Visit(result="works", status=200)
    assert house.asked == ["HEAD /ok"]
    other = visit(address.replace("127.0.0.1", "127.0.0.2"), asker(allowed=anywhere)[0])
    assert "its certificate is not valid" in str(other.why)


def test_nothing_can_be_slipped_into_a_request(house: Lighthouse) -> None:
    """Line ends and spaces in an address become codes."""
    manner = Manner(agent="a test", allowed=only_first, timeout=TIMEOUT)
    assert request("GET", f"http://{house.host}/ok?a=b c\x0bé", manner).status == 200
    assert house.asked == ["GET /ok?a=b%20c%0B%C3%A9"]
    assert joined("http://a.example/", "/x y\r\nHost: b") == "http://a.example/x%20yHost:%20b"


def test_one_request_to_a_host_at_a_time(house: Lighthouse) -> None:
    """Redirects from one host to another wait for their turn there; other hosts go on meanwhile."""
    port = house.server_address[1]
    ask, _ = asker(allowed=anywhere)
    addresses = [f"http://127.0.0.{number}:{port}/capitals?{number}" for number in range(1, 9)]
    done = dict(visits(addresses, ask, 8))
    assert {found.moved_to for found in done.values()} == {house("/ok")}
    assert house.times("/ok") == 8
    gate = threading.Event()
    inside: list[str] = []
    turns = Turns(0.0)

    def hold(host: str) -> None:
        with turns.at(host):
            inside.append(host)
            gate.wait(LONG)

    threads = [threading.Thread(target=hold, args=(host,)) for host in ("a", "a", "b")]
    for thread in threads:
        thread.start()
    end = time.monotonic() + LONG
    while len(inside) < 2 and time.monotonic() < end:
        time.sleep(0.005)
    assert sorted(inside) == ["a", "b"]
    gate.set()
    for thread in threads:
        thread.join()
    assert sorted(inside) == ["a", "a", "b"]


ROBOTS = """\
# For all
User-agent: *
Disallow: /
Allow: /ok

User-Agent: SomeBot
User-agent: OpenBrief/2.0
Disallow: /closed   # not for programs
Allow: /closed/but-open
Disallow: /*/tree/*.html$
Disallow: /a*b
nonsense
Crawl-delay: 3
Disallow:
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("", True),
        ("/ok", True),
        ("/closed", False),
        ("/closed-too?x", False),
        ("/closed/but-open", True),
        ("/x/tree/y.html", False),
        ("/x/tree/y.html?z", True),
        ("/tree/y.html", True),
        ("/a/c/b/d", False),
        ("/a/c", True),
    ],
)
def test_knows_what_robots_may_visit(path: str, allowed: bool) -> None:
    """The group that names us holds, the longest pattern decides, and jokers are known."""
    robots = read(ROBOTS)
    assert robots.delay == 3.0
    assert robots.allow(f"http://a.example{path}") == allowed


@pytest.mark.parametrize(
    ("text", "allowed", "delay"),
    [
        ("", True, 0.0),
        ("User-agent: *\nDisallow: /", False, 0.0),
        ("\ufeffuser-agent:*\r\ndisallow:/x\r\ndisallow:/y\r\n", False, 0.0),
        ("User-agent: openbrief\n\nUser-agent: *\nDisallow: /", False, 0.0),
        ("User-agent: openbrief\nDisallow:\n\nUser-agent: *\nDisallow: /", True, 0.0),
        ("User-agent: *\nDisallow: /x\nAllow: /x", True, 0.0),
        ("User-agent: *\nCrawl-delay: 1e9\nCrawl-delay: inf\nCrawl-delay: ²", True, 0.0),
        ("User-agent: *\nCrawl-delay: .5", True, 0.5),
        ("Disallow: /\n\0\xff", True, 0.0),
        ("User-agent: *\nDisallow: /" + "*x" * 30_000, True, 0.0),
    ],
)
def test_reads_every_robots_txt(text: str, allowed: bool, delay: float) -> None:
    """Odd ones too, and those that are written to keep readers busy."""
    robots = read(text)
    assert (robots.allow("http://a.example/x/" + "x" * 2_000 + "y"), robots.delay) == (allowed, delay)


def test_keeps_to_what_a_host_asks_of_programs(house: Lighthouse) -> None:
    """A page that programs are kept from isn't asked for; robots.txt is read once for a host."""
    house.robots = "User-agent: *\nDisallow: /nothing\n"
    ask, _ = asker()
    found = visit(house("/nothing"), ask)
    assert (found.result, found.status) == ("unchecked", None)
    assert found.why == "its host's robots.txt asks programs not to visit it"
    assert visit(house("/ok"), ask).result == "works"
    assert (house.asked, house.robots_asked) == (["HEAD /ok"], 1)


def test_follows_a_robots_txt_that_has_moved(house: Lighthouse) -> None:
    """To another host too, where what it says still holds for the first; not into a private network."""
    with lit() as other:
        house.robots_answer = f"301 Moved Permanently\r\nLocation: {other('/robots.txt')}"
        other.robots = "User-agent: openbrief\nDisallow: /"
        assert "robots.txt" in str(visited(house("/ok")).why)
    house.robots_answer = "302 Found\r\nLocation: http://127.0.0.2:{port}/robots.txt"
    house.robots_asked = 0
    assert visited(house("/ok")).result == "works"
    assert house.robots_asked == 1
    house.robots_answer = "302 Found\r\nLocation: /robots.txt"
    assert visited(house("/ok")).result == "works"
    assert house.robots_asked == 1 + 6


def test_reads_whole_lines_of_a_robots_txt_that_is_too_long(house: Lighthouse) -> None:
    """A line that is cut off could keep us from a whole site."""
    head = "User-agent: *\nDisallow: /nothing\n"
    house.robots = f"{head}{'#' * (65_536 - len(head) - 12)}\nDisallow: /ok/but/only/this\n"
    ask, _ = asker()
    assert visit(house("/ok"), ask).result == "works"
    assert visit(house("/nothing"), ask).result == "unchecked"


def test_pauses_between_requests_to_a_host(monkeypatch: pytest.MonkeyPatch) -> None:
    """As long as it was told, and only there."""
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    monkeypatch.setattr(time, "monotonic", lambda: 100.0)
    turns = Turns(1.5)
    for host in ("a", "b", "a"):
        with turns.at(host):
            pass
    assert slept == [0.0, 0.0, 1.5]
    turns.slow("a", 4.0)
    for _ in range(2):
        with turns.at("a"):
            pass
    assert slept[3:] == [1.5, 4.0]


def test_a_mistake_of_ours_is_not_taken_for_the_webs() -> None:
    """What fails in a thread fails in the program."""

    def ask(_: str) -> Any:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(visits(["http://a.example/"], ask, 2))


def test_leaves_off_when_the_caller_does() -> None:
    """The rest of a host is not asked for."""
    asked: list[str] = []
    go = threading.Event()

    def ask(address: str) -> Any:
        asked.append(address)
        if len(asked) == 2:
            go.wait(LONG)
        raise NoReply("", "refused")

    going = visits([f"http://a.example/{number}" for number in range(5)], ask, 1)
    next(going)
    going.close()
    go.set()
    time.sleep(0.05)
    assert len(asked) <= 2
