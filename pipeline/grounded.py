"""Decide which arguments of an argumentation framework stand: who attacks whom in, a status for each out.

An abstract argumentation framework is a set of arguments and a relation of attack between them (Dung 1995,
"On the acceptability of arguments", Artificial Intelligence 77, definition 2). Its grounded extension is the
least fixed point of the function that gives the arguments whose attackers are all attacked by a set (definitions
16 and 20): the one that a sceptic accepts. In terms of labels (Caminada 2006, "On the issue of reinstatement in
argumentation", JELIA), an argument is `in` when all its attackers are `out`, `out` when one of them is `in`,
and the grounded labelling is the one with the fewest `in`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Hashable, Mapping
from typing import Literal, TypeVar

Status = Literal["in", "out", "undecided"]
Node = TypeVar("Node", bound=Hashable)


def grounded(attackers: Mapping[Node, Collection[Node]]) -> dict[Node, Status]:
    """Give the grounded labelling, in time linear in the number of nodes and attacks.

    `attackers` names who attacks each node; a node that is named only as an attacker is attacked by none.
    Every node and every attack is looked at once: an unattacked node is in; whom it attacks is out; what has
    lost its last attacker that way is in.
    """
    attacked: dict[Node, list[Node]] = {}
    left: dict[Node, int] = {}
    for node, those in attackers.items():
        left[node] = len(those)
        for attacker in those:
            attacked.setdefault(attacker, []).append(node)
    for node in attacked:
        left.setdefault(node, 0)
    status: dict[Node, Status] = dict.fromkeys(left, "undecided")
    queue = deque(node for node, number in left.items() if number == 0)
    for node in queue:
        status[node] = "in"
    while queue:
        for beaten in attacked.get(queue.popleft(), ()):
            if status[beaten] == "undecided":
                status[beaten] = "out"
                for freed in attacked.get(beaten, ()):
                    left[freed] -= 1
                    if left[freed] == 0 and status[freed] == "undecided":
                        status[freed] = "in"
                        queue.append(freed)
    return status
