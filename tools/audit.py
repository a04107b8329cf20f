"""Known weaknesses of the libraries that are installed, asked of the registry's advisories by pip-audit.

    python tools/audit.py

Ends with 1 where a weakness is known. Without the network nobody can be asked: then it says so, and ends with 0, because a
check must run on a machine that stands alone.
"""

import json
import subprocess
import sys

COMMAND = (sys.executable, "-m", "pip_audit", "--skip-editable", "--format", "json", "--progress-spinner", "off")
SECONDS = 240


def main() -> int:
    """Ask, and tell."""
    try:
        asked = subprocess.run(COMMAND, capture_output=True, text=True, timeout=SECONDS, check=False)
        rows = json.loads(asked.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, json.JSONDecodeError, KeyError):
        print("audit: the registry could not be asked; nothing was checked")
        return 0
    weak = [row for row in rows if row.get("vulns")]
    for row in weak:
        for hole in row["vulns"]:
            mended = ", ".join(hole.get("fix_versions", [])) or "no version yet"
            print(f"{row['name']} {row['version']}: {hole['id']}, mended in {mended}")
    unknown = sum("skip_reason" in row for row in rows)
    print(f"audit: {len(rows) - unknown} libraries asked about, {len(weak)} with a known weakness, {unknown} not known there")
    return 1 if weak else 0


if __name__ == "__main__":
    sys.exit(main())
