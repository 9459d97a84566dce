"""Hold every process that a build starts where it first runs pandoc; PYTHONPATH names this folder."""

import multiprocessing
import os
import sys
import threading


def _hold(event: str, _arguments: object) -> None:
    if event == "subprocess.Popen" and multiprocessing.parent_process() is not None:
        os.write(1, b'{"event": "stage", "stage": "held"}\n')
        threading.Event().wait()


sys.addaudithook(_hold)
