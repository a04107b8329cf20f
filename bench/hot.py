"""Causes among real messages: how right the grouping is on pairs labelled by hand, and what it costs.

    huying bench hot FILE --json

bench/pairs.csv names pairs of one public file of messages by their numbers, and whether both tell of one cause; no text of
it is here. The weights were found on the `open`, `second` and `third` ones; half of the open ones lie where the comparing was
in doubt. The `locked` ones were drawn by nearness alone, the `fourth` ones later in the same way from messages that stand in no
other pair; nothing was fitted on either. Those of `third`, `locked` and `fourth` were each labelled by three who knew neither
rules nor weights, and what two of them said holds.
"""

import argparse
import csv
import time
from pathlib import Path
from typing import Any

from common import city, own_folder, peak_mb, show

PAIRS = Path(__file__).with_name("pairs.csv")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--json", action="store_true", help="figures as JSON (they always are)")
    asked = parser.parse_args()
    with own_folder():
        figures: dict[str, Any] = {"city": city()}
        from huying.base import clock
        from huying.features.appeals.importing import told
        from huying.kernel.hot import troubles
        from huying.reading import causes

        messages, refused = told.messages(asked.file, clock.now())
        known = troubles()
        began = time.process_time()
        found = causes.hot(messages, known)
        figures |= {"messages": len(messages), "refused": refused, "cpu_s": round(time.process_time() - began, 1)}
        of = {member: n for n, cause in enumerate(found) for member in cause.members}
        figures |= {part: measured(part, of) for part in ("open", "second", "third", "locked", "fourth")}
        figures |= {"causes": len(found), "hottest": [(c.people, c.place) for c in found[:10]], "peak_mb": peak_mb()}
        show(figures)


def measured(part: str, of: dict[str, int]) -> dict[str, Any]:
    """Precision and recall of "both in one cause" on the pairs of one part."""
    right = wrong = missed = 0
    for row in csv.DictReader(PAIRS.open()):
        if row["part"] == part:
            joined = row["one"] in of and of[row["one"]] == of.get(row["other"])
            same = row["same"] == "1"
            right, wrong, missed = right + (joined and same), wrong + (joined and not same), missed + (same and not joined)
    return {
        "pairs": sum(row["part"] == part for row in csv.DictReader(PAIRS.open())),
        "precision": round(right / max(1, right + wrong), 3),
        "recall": round(right / max(1, right + missed), 3),
    }


if __name__ == "__main__":
    main()
