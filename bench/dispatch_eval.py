"""How right and how sure the learned reader is, on labelled messages, and what it costs to load.

    huying bench dispatch_eval --test FILE --label COLUMN [--train FILE ...] [--tree FILE] [--json]

Each file is a CSV (gz too) with title and body, or text. The messages are read, measured and forgotten. Beside the figures
of `huying dispatch eval` it trains on all of --test, saves and loads the model in a fresh process, and prints the seconds
and the memory that took. Prints JSON; --json is taken for the sake of the others.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import common

_LOAD = """
import json, re, sys, time
began = time.process_time()
from huying.reading.linear import loaded
model = loaded(sys.stdin.buffer.read())
model.read(["路灯不亮"])
held = int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read()).group(1))
print(json.dumps({"load_cpu_seconds": round(time.process_time() - began, 3), "memory_mb": round(held / 1024, 1)}))
"""


def loading(test: Path, label: str) -> dict[str, Any]:
    """What a model of all of `test` weighs, and what loading it costs a process that has read nothing yet."""
    from huying.reading import tables
    from huying.reading.linear import saved
    from huying.reading.training import examples, fit

    messages = tables.messages_of(test, label).messages
    names = sorted({message.label for message in messages})
    given = examples([m.text for m in messages], [m.label for m in messages], range(len(messages)))
    data = saved(fit(given, names))
    done = subprocess.run([sys.executable, "-c", _LOAD], input=data, capture_output=True, check=True)
    return {"model_mb": round(len(data) / 1024**2, 2), **json.loads(done.stdout)}


def main() -> int:
    """Read the command line, measure, print. Ends with 2 and one line where a file cannot be used."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--train", type=Path, action="append", default=[])
    parser.add_argument("--test", type=Path, required=True)
    parser.add_argument("--label", required=True)
    parser.add_argument("--tree", type=Path)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    from huying.config.commands.measuring import measured
    from huying.reading import tables

    try:
        figures = measured(options.train, options.test, options.label, options.tree, options.folds)
        if options.train:
            figures |= loading(options.test, options.label)
    except tables.BadTable as fault:
        print(fault, file=sys.stderr)
        return 2
    common.show(figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
