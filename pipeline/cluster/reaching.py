"""Reach a scheduler of Dask and ask it: an address in, a `Scheduler` out, which answers or is told as lost.

Dask waits without end for whoever accepts a connection and says nothing, and Python hears no signal meanwhile. So all
that is asked is asked in a thread of its own, with a bound, while this one hears signals.
"""

from __future__ import annotations

import logging
import queue
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from pipeline.cluster import PEM, Cluster
from pipeline.problem import ToolFailed

PAUSE = 0.1
"""Seconds between two looks at what has come."""
REACH = 10
"""Seconds that a scheduler may take to answer at first."""
ANSWER = 60
"""Seconds that a scheduler may take to answer a question."""
WORK = 600
"""Seconds that machines may take to answer, where they have something to do first."""
LAST = 2
"""Seconds that a scheduler may take to answer when all is over."""


WORDS = 100_000
"""More bytes than a scheduler begins with."""
SPOKEN = ("distributed", "tornado", "asyncio")
"""Whose loggers would say on stderr what is told here."""


class SchedulerLost(ToolFailed):
    """Raised where nobody is left to ask."""


def unheard() -> None:
    """Hear no signal, where all is over already."""


@dataclass(frozen=True, slots=True)
class Scheduler:
    """A scheduler that has answered."""

    cluster: Cluster
    client: Any
    """Dask's, to ask with; by `asked` alone."""
    ask: Callable[[], None]
    """Called while an answer is waited for; it may raise."""

    def asked(self, deed: Callable[..., Any], *arguments: Any, seconds: float = ANSWER, **named: Any) -> Any:
        """Give what `deed(*arguments)` gives; raises ToolFailed where it raises, SchedulerLost where nobody answers."""
        try:
            return _heard(self.ask, lambda: deed(*arguments, **named), seconds)
        except (ToolFailed, KeyboardInterrupt):
            raise
        except Exception as error:  # whatever a machine raises is raised here again
            if not self._is_lost(error):
                said = f"a machine of {self.cluster} failed: {type(error).__name__}: {error}"
                raise ToolFailed(said[:1000]) from error
            kept = "what was made is kept, and the same command goes on from there"
            raise SchedulerLost(f"the scheduler at {self.cluster} was lost: {kept}") from error

    def _is_lost(self, error: Exception) -> bool:
        """Whether the scheduler is gone; a worker may have raised the same, so it is asked where that is open."""
        from concurrent.futures import CancelledError

        if self.client.status != "running" or isinstance(error, CancelledError | TimeoutError):
            return True
        if isinstance(error, OSError):
            try:
                _heard(unheard, self.client.nthreads, LAST)
            except Exception:  # noqa: BLE001 - whatever it is, it is no answer
                return True
        return False


@contextmanager
def reached(cluster: Cluster, ask: Callable[[], None]) -> Iterator[Scheduler]:
    """Give a scheduler that answers; raises ToolFailed where none does, or Dask is not installed."""
    dask = _dask()
    try:
        client = _client(dask, cluster, ask)
    except (ToolFailed, KeyboardInterrupt):
        raise
    except Exception as error:
        raise ToolFailed(f"can't reach a scheduler at {cluster}: {_why(cluster, error)}") from error
    try:
        yield Scheduler(cluster, client, ask)
    finally:
        _close(client)


def _client(dask: Any, cluster: Cluster, ask: Callable[[], None]) -> Any:
    """Give a client of a scheduler, once that has answered like one."""
    security = dask.Security(require_encryption=False)
    if cluster.certificates:
        ca, certificate, key = (str(cluster.certificates / name) for name in PEM)
        security = dask.Security(
            require_encryption=True, tls_ca_file=ca, tls_client_cert=certificate, tls_client_key=key
        )

    class Client(dask.Client):  # type: ignore[misc] # Dask has no types
        def start(self, **_: Any) -> None:
            """Begin nothing yet, so that there is something to close whatever comes of it."""

    context = security.get_connection_args("client").get("ssl_context")
    _heard(ask, lambda: _greeted(cluster.address, context), REACH)
    client = Client(cluster.address, security=security, timeout=REACH, set_as_default=False)
    try:
        _heard(ask, lambda: dask.Client.start(client, timeout=REACH), 2 * REACH)
    except BaseException:
        _close(client)
        raise
    return client


def _greeted(address: str, context: ssl.SSLContext | None) -> None:
    """Connect once and read the length of a scheduler's first words; raises OSError where there is no such thing.

    A client would try a machine that refuses again and again, and wait for ever for one that is silent.
    """
    host, _, port = address.partition("://")[2].rpartition(":")
    with ExitStack() as stack:
        stream = stack.enter_context(socket.create_connection((host.strip("[]"), int(port)), timeout=REACH))
        if context:
            stream = stack.enter_context(context.wrap_socket(stream))
        said = stack.enter_context(stream.makefile("rb")).read(8)
        if len(said) < 8 or int.from_bytes(said, "little") > WORDS:
            raise OSError("no scheduler speaks like that")


def _close(client: Any) -> None:
    """Let a client go, whether its scheduler answers or not."""
    with suppress(Exception):  # whatever ended the work is to be told
        _heard(unheard, lambda: client.close(timeout=LAST), 2 * LAST)
    client.status = "closed"  # or else it is closed once more when Python ends, with more patience


def _dask() -> Any:
    """Give Dask, and have it say nothing for itself."""
    try:
        import distributed
    except ImportError as error:
        install = "run `make setup-cluster`, or install openbrief[cluster]"
        raise ToolFailed(f"`--on dask:` needs packages that are not installed: {install}") from error
    for name in (*SPOKEN, *logging.root.manager.loggerDict):
        if name.split(".")[0] in SPOKEN:
            logging.getLogger(name).setLevel(logging.CRITICAL)  # what goes wrong is said once, here
    return distributed


def _heard(ask: Callable[[], None], deed: Callable[[], Any], seconds: float) -> Any:
    """Give what a deed gives, or raise what it raises; TimeoutError after so many seconds, with the deed left alone."""
    came: queue.SimpleQueue[tuple[Any, BaseException | None]] = queue.SimpleQueue()

    def do() -> None:
        try:
            came.put((deed(), None))
        except BaseException as error:  # noqa: BLE001 - it is raised where it is heard
            came.put((None, error))

    threading.Thread(target=do, daemon=True).start()
    for _ in range(int(seconds / PAUSE)):
        ask()
        with suppress(queue.Empty):
            result, error = came.get(timeout=PAUSE)
            if error is not None:
                raise error
            return result
    raise TimeoutError


def _why(cluster: Cluster, error: Exception) -> str:
    """Why a scheduler can't be reached, as far as that can be told."""
    causes: list[BaseException] = [error]
    while (cause := causes[-1].__cause__ or causes[-1].__context__) and cause not in causes:
        causes.append(cause)
    kinds = {kind.__name__ for each in causes for kind in type(each).__mro__}
    if "ConnectionRefusedError" in kinds:
        return "nothing listens there: see that it runs"
    if "gaierror" in kinds:
        return "no machine of that name is known"
    if cluster.certificates:
        return "see that it runs with TLS, and that its certificate and this one are signed by ca.pem and valid today"
    return "nobody answers there as a scheduler without TLS does"
