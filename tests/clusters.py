"""Start a scheduler and workers of Dask on this machine, by the commands that assets/docs/scale.md shows."""

from __future__ import annotations

import datetime as dt
import os
import queue
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from pipeline.cluster import Cluster

ROOT = Path(__file__).parents[1]
DASK = Path(sys.executable).with_name("dask")


def certificates(folder: Path) -> Path:
    """Write a certificate, its key, and who signed it, valid for a day."""
    folder.mkdir(parents=True)
    signer, own = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    now = dt.datetime.now(dt.UTC)
    names = {
        key: x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]) for key, name in ((signer, "ca"), (own, "node"))
    }
    for key, file in ((signer, "ca.pem"), (own, "cert.pem")):
        building = (
            x509.CertificateBuilder()
            .subject_name(names[key])
            .issuer_name(names[signer])
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(days=1))
            .not_valid_after(now + dt.timedelta(days=1))
            .add_extension(x509.BasicConstraints(ca=key is signer, path_length=None), critical=True)
        )
        made = building.sign(signer, hashes.SHA256())
        (folder / file).write_bytes(made.public_bytes(serialization.Encoding.PEM))
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    (folder / "key.pem").write_bytes(own.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
    return folder


class Part:
    """A process of Dask, which is heard all the time, so that it never waits for a reader."""

    def __init__(self, *command: str, environment: Mapping[str, str] | None = None) -> None:
        self.process = subprocess.Popen(
            [DASK, *command],
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})},
        )
        self.lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def heard(self, said: str) -> str:
        """Wait until it has said what it is to say; what stood in brackets."""
        before = []
        while (line := self.lines.get()) is not None:
            if found := re.search(said, line):
                return found[1]
            before.append(line)
        raise AssertionError("".join(before))

    def end(self) -> None:
        """End it and its children, which hold the same pipe and end with it."""
        self.process.kill()
        self.process.wait()
        self.reader.join()

    def _read(self) -> None:
        assert self.process.stderr
        with self.process.stderr as lines:
            for line in lines:
                self.lines.put(line)
        self.lines.put(None)


@dataclass
class Started:
    """A scheduler and its workers."""

    cluster: Cluster
    scheduler: Part
    workers: list[Part] = field(default_factory=list)


@contextmanager
def started(folder: Path) -> Iterator[Started]:
    """Start a scheduler and two workers over TLS, at ports that are free, and end them all.

    A call is given up with the first worker that it ends; a worker that is killed is started anew.
    """
    signed = certificates(folder / "certificates")
    files = (("ca-file", "ca.pem"), ("cert", "cert.pem"), ("key", "key.pem"))
    common = [
        "--host",
        "127.0.0.1",
        "--dashboard-address",
        "127.0.0.1:0",
        *(f"--tls-{option}={signed / file}" for option, file in files),
    ]
    with ExitStack() as ends:
        strict = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
        scheduler = Part("scheduler", "--protocol", "tls", "--port", "0", *common, environment=strict)
        ends.callback(scheduler.end)
        address = scheduler.heard(r"Scheduler at:\s+(\S+)")
        found = Started(Cluster(address=address, certificates=signed), scheduler)
        for number in range(2):
            own = ("--nthreads", "1", "--local-directory", str(folder / f"worker-{number}"))
            children = {"DASK_DISTRIBUTED__WORKER__DAEMON": "False"}
            found.workers.append(Part("worker", address, *own, *common, environment=children))
            ends.callback(found.workers[-1].end)
        for worker in found.workers:
            worker.heard(r"Registered to:\s+(\S+)")
        yield found
