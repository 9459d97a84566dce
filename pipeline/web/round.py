"""Go through many addresses: addresses in, visits out as they end; patient, and a few hosts at a time."""

from __future__ import annotations

import email.utils
import queue
import threading
import time
from collections.abc import Callable, Generator, Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from pipeline.web.request import Manner, NoReply, Reply, request
from pipeline.web.robots import Robots, read
from pipeline.web.turns import Turns
from pipeline.web.visit import REDIRECTS, Visit, joined, visit

METHODS = ("HEAD", "GET", "GET")
"""What is tried: some hosts answer HEAD wrongly or not at all, so only good news is believed of it."""
BUSY = 429
MOST_OF_ROBOTS = 65_536
"""Bytes of a robots.txt that are read."""
MOST_HOPS = 5
"""Redirects of a robots.txt that are followed (RFC 9309, section 2.3.1.2)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pace:
    """How fast hosts are asked, in seconds."""

    pause: float = 1.0
    """Between two requests to one host."""
    back_off: float = 2.0
    """Before the first repetition; twice as long before the next."""
    longest: float = 30.0
    """The most that is waited when a host asks for it with Retry-After."""
    slowest: float = 10.0
    """The most between two requests to a host that asks for it in its robots.txt."""
    workers: int = 8
    """How many hosts are asked at a time."""


@dataclass(slots=True)
class Asker:
    """Asks for one address after another, again where that may help."""

    manner: Manner
    pace: Pace
    turns: Turns = field(init=False)
    closed: set[str] = field(default_factory=set)
    """The hosts that want to be left alone."""
    robots: dict[str, Robots] = field(default_factory=dict)
    """What hosts ask of programs, by scheme and host."""
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.time

    def __post_init__(self) -> None:
        self.turns = Turns(self.pace.pause)

    def __call__(self, address: str) -> Reply:
        """Ask by HEAD, then by GET unless that says enough; raises NoReply."""
        host = _host(address)
        if host in self.closed:
            raise NoReply(f"its host wanted no more questions: it had answered {BUSY}", "passing")
        if not self._robots(address, host).allow(address):
            raise NoReply("its host's robots.txt asks programs not to visit it", "refused")
        outcome: Reply | NoReply = NoReply("it was not asked for", "passing")
        for number, method in enumerate(METHODS):
            outcome = self._once(method, address, host)
            if _settled(outcome, method):
                break
            wait = self._wait(outcome, number)
            if wait > self.pace.longest:
                self.closed.add(host)
                break
            if number < len(METHODS) - 1:
                self.sleep(wait)
        if isinstance(outcome, NoReply):
            raise outcome
        if outcome.status == BUSY:
            self.closed.add(host)
        return outcome

    def _robots(self, address: str, host: str) -> Robots:
        """What a host asks of us: nothing where its robots.txt can't be had; raises NoReply where it isn't asked."""
        if not host:
            return Robots()
        origin = f"{urlsplit(address).scheme}://{host}"
        if origin not in self.robots:
            here = f"{origin}/robots.txt"
            reply = self._once("GET", here, host, MOST_OF_ROBOTS)
            if isinstance(reply, NoReply) and reply.kind in ("unfound", "refused"):
                raise reply
            for _ in range(MOST_HOPS):
                if isinstance(reply, NoReply) or reply.status not in REDIRECTS:
                    break
                here = joined(here, reply.location)
                reply = self._once("GET", here, _host(here), MOST_OF_ROBOTS)
            self.robots[origin] = _asked_of_us(reply)
            self.turns.slow(host, min(self.robots[origin].delay, self.pace.slowest))
        return self.robots[origin]

    def _once(self, method: str, address: str, host: str, take: int = 0) -> Reply | NoReply:
        with self.turns.at(host):
            try:
                return request(method, address, self.manner, take)
            except NoReply as lack:
                return lack

    def _wait(self, outcome: Reply | NoReply, number: int) -> float:
        """Seconds until the address may be asked for again: none where another method is all that is needed."""
        if not _is_passing(outcome):
            return 0.0
        wanted = outcome.retry_after if isinstance(outcome, Reply) else ""
        return max(0.0, _seconds(wanted, self.clock()) or self.pace.back_off * 2**number)


def _asked_of_us(reply: Reply | NoReply) -> Robots:
    if isinstance(reply, NoReply) or not 200 <= reply.status < 300:
        return Robots()
    whole = len(reply.start.encode()) < MOST_OF_ROBOTS
    return read(reply.start if whole else reply.start.rpartition("\n")[0])


def _settled(outcome: Reply | NoReply, method: str) -> bool:
    """Whether an outcome is what there is to know."""
    if isinstance(outcome, NoReply):
        return outcome.kind in ("unfound", "refused") or (method == "GET" and outcome.kind == "broken")
    return outcome.status < 400 or (method == "GET" and not _is_passing(outcome))


def _is_passing(outcome: Reply | NoReply) -> bool:
    if isinstance(outcome, NoReply):
        return outcome.kind == "passing"
    return outcome.status in (408, 425, BUSY) or (outcome.status >= 500 and outcome.status != 501)


def _seconds(wanted: str, now: float) -> float | None:
    """How long Retry-After asks to wait: a number of seconds, or a day and time (RFC 9110, section 10.2.3)."""
    wanted = wanted.strip()
    if wanted.isascii() and wanted.isdecimal():
        return float(wanted[:9])
    try:
        return email.utils.parsedate_to_datetime(wanted).timestamp() - now
    except (ValueError, OverflowError):
        return None


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""


def visits(addresses: Iterable[str], ask: Callable[[str], Reply], workers: int) -> Generator[tuple[str, Visit]]:
    """Visit all addresses, those of one host one after another; leave off when the caller does."""
    waiting, done = _by_host(addresses), queue.SimpleQueue[tuple[str, Visit] | BaseException]()
    hosts, stop = iter(list(waiting)), threading.Event()
    guard = threading.Lock()

    def work() -> None:
        try:
            while True:
                with guard:
                    host = next(hosts)
                for address in waiting[host]:
                    if stop.is_set():
                        return
                    done.put((address, visit(address, ask)))
        except StopIteration:
            return
        except BaseException as error:  # noqa: BLE001 - what fails in a thread must fail in the program
            done.put(error)

    for _ in range(min(workers, len(waiting))):
        threading.Thread(target=work, daemon=True).start()
    try:
        for _ in range(sum(map(len, waiting.values()))):
            item = done.get()
            if isinstance(item, BaseException):
                raise item
            yield item
    finally:
        stop.set()


def _by_host(addresses: Iterable[str]) -> Mapping[str, list[str]]:
    hosts: dict[str, list[str]] = {}
    for address in dict.fromkeys(addresses):
        hosts.setdefault(_host(address), []).append(address)
    return hosts
