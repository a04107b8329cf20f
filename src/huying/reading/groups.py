"""Groups that grow by joining the most alike, as long as each member of the smaller has its like in the larger."""

from collections.abc import Iterable
from heapq import heapify, heappop, heappush

SAME = 0.62  # how sure it must be that two messages, or two groups, are one
NEXT = 2  # messages of the other group to which each of a group is compared: those that are most like it
WHOLE = 0.15  # how sure it must be on the average over all pairs of two groups
APART = 0.02  # how sure it is of two messages that share nothing worth comparing


class Groups:
    """Groups that grow by joining. `near` holds of each thing the others that may tell of its cause, and how sure it is."""

    def __init__(self, count: int, edges: dict[tuple[int, int], float]) -> None:
        self.members = {n: {n} for n in range(count)}
        self._of = list(range(count))
        self._near: list[dict[int, float]] = [{} for _ in range(count)]
        self._heap = [(-sure, a, b, 1, 1) for (a, b), sure in edges.items() if sure >= SAME]
        for (a, b), sure in edges.items():
            self._near[a][b] = self._near[b][a] = sure

    def grow(self) -> Iterable[set[int]]:
        """Join the surest two, and so on, until no two are sure enough."""
        heapify(self._heap)
        while self._heap:
            _, a, b, size_a, size_b = heappop(self._heap)
            if self._size(a) == size_a and self._size(b) == size_b:  # else one of them has grown since
                self._join(*((a, b) if size_a >= size_b else (b, a)))
        return self.members.values()

    def _size(self, group: int) -> int:
        return len(self.members.get(group, ()))

    def _join(self, group: int, other: int) -> None:
        for n in self.members[other]:
            self._of[n] = group
        self.members[group] |= self.members.pop(other)
        for beside in {self._of[near] for n in self.members[group] for near in self._near[n]} - {group}:
            if (sure := self._sure(group, beside)) >= SAME:
                heappush(self._heap, (-sure, group, beside, self._size(group), self._size(beside)))

    def _sure(self, one: int, other: int) -> float:
        """The mean over the smaller group's things, of each the few in the other that are most like it."""
        few, many = sorted((self.members[one], self.members[other]), key=len)
        most, best, every = min(NEXT, len(many)), 0.0, 0.0
        for n in few:
            found = sorted((sure for near, sure in self._near[n].items() if near in many), reverse=True)
            every += sum(found)
            best += (sum(found[:most]) + APART * (most - len(found[:most]))) / most
        return best / len(few) if every >= WHOLE * len(few) * len(many) else 0.0
