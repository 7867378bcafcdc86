"""Wall times on the seeds: importing biaslens, and compare() in a fresh process; medians of 7 runs.

Run: python benchmarks/speed_compare.py
"""

from __future__ import annotations

import statistics
import subprocess
import sys

from evaluation_data import print_machine

RUNS = 7
IMPORT = "import time; t = time.perf_counter(); import biaslens; print(time.perf_counter() - t)"
COMPARE = (
    "import biaslens, time; seeds = biaslens.load_seeds(); t = time.perf_counter(); {}; "
    "print(time.perf_counter() - t)"
)
CASES = {
    "import biaslens": IMPORT,
    "compare(), modules not yet loaded": COMPARE.format("biaslens.compare(seeds)"),
    "compare() a second time": COMPARE.replace("t = time", "biaslens.compare(seeds); t = time", 1).format(
        "biaslens.compare(seeds)"
    ),
}


def seconds(script: str) -> float:
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return float(done.stdout)


def main() -> None:
    print_machine()
    for name, script in CASES.items():
        times = [seconds(script) for _ in range(RUNS)]
        print(f"{name:36} {statistics.median(times) * 1000:7.1f} ms (best {min(times) * 1000:.1f})")


if __name__ == "__main__":
    main()
