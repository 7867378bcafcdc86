"""Statistics: what the tests find where nothing is, what they find where something is, and how fast.

Run: python benchmarks/quality_statistics.py [null] [report] [planted] [agreement] [identical] [speed]
     [--runs N] [--reports N]
All sections where none is named; each says how long it took. On one free core and with the numbers of runs
that stand below, "null" takes about twenty minutes, "report" ten, "identical" two, "speed" ten seconds; two
more go to counting the texts for the first two. Interrupted, it has printed what was done.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import cache
from time import perf_counter

from evaluation_data import print_machine
from statistics_corpus import Corpus, load_corpus
from statistics_null import report_tests, report_whole
from statistics_scale import report_identical, report_speed

# A share of .05 in 2,000 runs has a 95 % interval of .040 to .060, in 500 of .031 to .069.
N_RUNS, N_REPORTS = 2_000, 500


@cache
def corpus() -> Corpus:
    found = load_corpus()
    print(f"\n{found.n_events} events of three real articles, dealt at random to outlets A, B and C")
    return found


def planted() -> None:
    import statistics_planted

    statistics_planted.report()


def agreement() -> None:
    # What it agrees with is installed for it alone.
    import statistics_agreement

    statistics_agreement.report()


def sections(n_runs: int, n_reports: int) -> dict[str, Callable[[], None]]:
    return {
        "null": lambda: report_tests(corpus(), n_runs),
        "report": lambda: report_whole(corpus(), n_reports),
        "planted": planted,
        "agreement": agreement,
        "identical": report_identical,
        "speed": report_speed,
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("section", nargs="*", help=", ".join(sections(0, 0)))
    parser.add_argument("--runs", type=int, default=N_RUNS, help=f"of every test ({N_RUNS:,})")
    parser.add_argument("--reports", type=int, default=N_REPORTS, help=f"of whole reports ({N_REPORTS})")
    chosen = parser.parse_args()
    known = sections(chosen.runs, chosen.reports)
    unknown = sorted(set(chosen.section) - set(known))
    if unknown:
        parser.error(f"no section is called {', '.join(unknown)}; there are {', '.join(known)}")
    print_machine()
    for name in chosen.section or known:
        start = perf_counter()
        known[name]()
        print(f"[{name}: {perf_counter() - start:.0f} s]", flush=True)


if __name__ == "__main__":
    main()
