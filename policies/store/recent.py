"""The sets of policies that were looked at last: whoever compares versions asks for them again."""

from __future__ import annotations

from collections import OrderedDict
from datetime import date
from threading import Lock

from graph.catalogue import Catalogue
from policies.bundle import Bundle
from policies.table import PolicySet, load_bundle

KEPT_MAX = 6
_Key = tuple[str, date | None, date, int]


class Recent:
    """At most so many, each as of the day on which it was loaded."""

    def __init__(self) -> None:
        self._kept: OrderedDict[_Key, PolicySet] = OrderedDict()
        self._lock = Lock()

    def load(self, bundle: Bundle, catalogue: Catalogue, last: date | None) -> PolicySet:
        """Checked and compiled. Raises PolicyInvalid; what is invalid is not kept."""
        today = date.today()
        key = bundle.hash, last, today, id(catalogue)
        with self._lock:
            found = self._kept.get(key)
        if found is None or found.catalogue is not catalogue:
            found = load_bundle(bundle, catalogue, today, last)
        with self._lock:
            self._kept[key] = found
            self._kept.move_to_end(key)
            while len(self._kept) > KEPT_MAX:
                self._kept.popitem(last=False)
        return found


RECENT = Recent()
