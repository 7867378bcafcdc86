"""Speed and memory of scoring, beside a plain loop over vaderSentiment and textstat.

Run: python benchmarks/speed_scoring.py [packages] [measures] [memory] [process] [2000 10000]
All parts, at 2,000 and 10,000 articles, by default. Figures are medians of interleaved rounds. Each round of
biaslens is a process of its own; the plain loop takes other articles in each round, so that textstat's caches
hold nothing but what recurs within an article.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import math
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median

from evaluation_data import print_machine
from plain_scoring import (
    N_ARTICLES,
    SCRIPTS,
    SHORT_TEXT,
    TIMED,
    Clock,
    articles,
    fresh_if_full,
    score_arrays,
    splitting_timed,
    texts_of,
    time_arrays,
    time_plain,
    time_script,
    write_articles,
)

import biaslens
from biaslens.cleaning.repetition import learn_repeats
from biaslens.codebook import Corpus
from biaslens.first_pass import clean_part, kept_texts
from biaslens.measuring.registry import MEASURES
from biaslens.speech.find import find_voices
from biaslens.tokenise import cut_pieces, tokenise
from biaslens.vocabulary import HashedVocabulary

SIZES, MEMORY_SIZES = (2_000, N_ARTICLES), (5, 2_000, N_ARTICLES, 5 * N_ARTICLES)
ROUNDS, SLOW_ROUNDS, SAMPLE = 5, 3, 100
SETTINGS = biaslens.Settings()
# What score() imports when it is called first; pandas takes pyarrow where there is one.
IMPORTS = (
    "biaslens.steps", "ftfy", "pandas", "pyarrow", "pyphen", "sentencex", "vaderSentiment.vaderSentiment"
)  # fmt: skip
# Stages of score() that neither cut into tokens nor count.
NO_MEASURE = ("read", "learn repeats", "clean", "voices")


# Jobs: what a process of its own measures, in seconds by name unless it says otherwise.


def time_score(place: Path, size: int, clean: str) -> Clock:
    """biaslens.score(), every measure, after a first call with one sentence."""
    rows, clock = list(articles(place / TIMED, size)), Clock()
    with clock.time("first call"):
        biaslens.score(SHORT_TEXT)
    with clock.time("score"):
        biaslens.score(rows, settings=biaslens.Settings(clean=clean == "on"))
    return clock


def time_stages(place: Path, size: int) -> Clock:
    """The stages of score() one by one, and two bare passes over the same kept text."""
    biaslens.score(SHORT_TEXT)
    rows, clock = list(articles(place / TIMED, size)), Clock()
    with clock.time("read"):
        found = biaslens.read(rows)
    with clock.time("learn repeats"):
        repeats = learn_repeats(found)
    vocabulary = HashedVocabulary()
    for begin in range(0, size, SETTINGS.part_size):
        part = found.take(range(begin, min(begin + SETTINGS.part_size, size)))
        vocabulary = fresh_if_full(vocabulary)
        with clock.time("clean"):
            cleaned = clean_part(part, repeats, SETTINGS)
        with splitting_timed(clock), clock.time("cut"):
            cut_pieces(part.text, cleaned.kept, "en", vocabulary)
        with clock.time("tokenise"):
            tokens = tokenise(part.text, cleaned.kept)
        with clock.time("voices"):
            voices = find_voices(part.text, tokens)
        time_measures(Corpus(part.text, cleaned.kept, tokens, voices, "en"), clock)
        time_bare_passes(kept_texts(part, cleaned), clock)
    cut, tokenised = clock.pop("cut"), clock.pop("tokenise")
    clock |= {
        "cut into pieces": cut - clock["splitting sentences"],
        "take apart into tokens": tokenised - cut,
    }
    return clock


def time_measures(corpus: Corpus, clock: Clock) -> None:
    names = {"sentiment": "VADER", "readability": "readability"}
    for measure in MEASURES:
        with clock.time(names.get(measure.family, "other measures")):
            if measure.count is not None:
                measure.count(corpus)


def time_bare_passes(texts: Sequence[str], clock: Clock) -> None:
    for name, cut in (("re.findall", re.compile(r"\w+").findall), ("str.split", str.split)):
        with clock.time(name):
            for text in texts:
                cut(text)


def measure_memory(place: Path, size: int, way: str) -> dict[str, float]:
    """Bytes at the peak over what there was before, where that is known, and bytes of the result.

    way  "streamed": VADER and the twelve figures, part by part; the texts of a part are in the peak.
         "score": every measure; all texts are there before.
    """
    for module in IMPORTS:
        with contextlib.suppress(ImportError):
            importlib.import_module(module)
    texts = (row["text"] for row in articles(place / TIMED, size))
    rows = list(articles(place / TIMED, size)) if way == "score" else []
    before = peak_bytes()
    result = (
        score_streamed(texts) if way == "streamed" else biaslens.score(rows).memory_usage(deep=True).sum()
    )
    peak = {"peak": peak_bytes() - before} if before else {}
    return {**peak, "result": float(result)}


def score_streamed(texts: Iterator[str]) -> int:
    """Bytes of the figures of all articles."""
    kept, vocabulary = [], HashedVocabulary()
    while part := list(islice(texts, SETTINGS.part_size)):
        vocabulary = fresh_if_full(vocabulary)
        kept.append(score_arrays(part, vocabulary).figures)
    return sum(array.nbytes for figures in kept for array in figures.values())


def peak_bytes() -> int:
    """The most memory that this process ever held; 0 on Windows, where nobody tells."""
    status = Path("/proc/self/status")
    if status.exists():
        # Linux, where getrusage begins with what the parent process held.
        return int(status.read_text(encoding="utf-8").split("VmHWM:")[1].split()[0]) * 1024
    try:
        import resource
    except ImportError:
        return 0
    # Bytes on macOS, KiB elsewhere.
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


JOBS = {job.__name__: job for job in (time_arrays, time_score, time_stages, measure_memory)}


def run_job(job: str, place: Path, size: int, *more: str) -> Clock:
    """What a job finds in a process of its own."""
    command = [sys.executable, __file__, "--job", job, str(place), str(size), *more]
    return Clock(json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout))


def interleaved(n: int, ways: Mapping[str, Callable[[], Clock]]) -> dict[str, dict[str, float]]:
    """What each way measures, called in turn: medians of so many rounds."""
    rounds = [{name: way() for name, way in ways.items()} for _ in range(n)]
    return {name: {key: median(one[name][key] for one in rounds) for key in rounds[0][name]} for name in ways}


def print_packages(place: Path, sizes: Sequence[int]) -> None:
    """VADER per sentence and the twelve figures: the plain loop on a sample, biaslens on all articles."""
    cold = {size: print_one_size(place, size) for size in sizes}
    print("Cold begins with no vocabulary, warm with that of these articles or of as many of another corpus.")
    print("The plain loop is given its sentences; biaslens splits them in its time, unless given them too.")
    print_growth("cold", cold)


def print_one_size(place: Path, size: int) -> float:
    """Gives the seconds that biaslens needs cold."""
    texts, n_sampled = texts_of(place / TIMED, size), min(SAMPLE, size // ROUNDS)
    shuffled = iter(random.Random(0).sample(texts, n_sampled * ROUNDS))
    time_plain([SHORT_TEXT])
    ways = {
        "plain": lambda: time_plain(list(islice(shuffled, n_sampled))),
        "ours": lambda: run_job("time_arrays", place, size),
    }
    found = interleaved(ROUNDS, ways)
    loading = found["ours"].pop("loading tables")
    seconds = {f"plain loop, {name}": s * sum(map(len, texts)) for name, s in found["plain"].items()}
    whole = seconds["plain loop"] = sum(seconds.values())
    seconds |= found["ours"]
    print_rates(f"VADER and the twelve, {size:,} articles", seconds, texts, whole)
    print(f"  tables, loaded once and in no figure above: {loading * 1000:.0f} ms")
    for name, s in found["ours"].items():
        if name.startswith(("cold", "warm")):
            target = 100 if name.startswith("warm") else 50 if size < N_ARTICLES else 70
            print_target(f"{name}: times the plain loop", whole / s, target)
    return found["ours"]["cold"]


def print_measures(place: Path, sizes: Sequence[int]) -> None:
    """Every measure of the codebook."""
    totals: dict[str, dict[int, float]] = {"score(), cleaning on": {}, "score(), cleaning off": {}}
    for size in sizes:
        ways = {name: partial(run_job, "time_score", place, size, name.split()[-1]) for name in totals}
        found = interleaved(SLOW_ROUNDS, {**ways, "stages": partial(run_job, "time_stages", place, size)})
        stages = found.pop("stages")
        for name, times in found.items():
            totals[name][size] = times["score"]
        bare = {name: stages.pop(name) for name in ("re.findall", "str.split")}
        aside = sum(s for name, s in stages.items() if name not in NO_MEASURE)
        seconds = {name: times["score"] for name, times in found.items()}
        seconds |= {"every measure, voices aside": aside, "find_voices()": stages["voices"], **bare}
        texts = texts_of(place / TIMED, size)
        print_rates(f"Every measure, {size:,} articles (x: findall)", seconds, texts, bare["re.findall"])
        print_target("voices aside: times findall", aside / bare["re.findall"], 1, at_most=True)
        print("  " + ", ".join(f"{name} {s / sum(stages.values()):.1%}" for name, s in stages.items()))
        print(f"  first call, one sentence: {found['score(), cleaning on']['first call'] * 1000:.0f} ms")
    for name, by_size in totals.items():
        print_growth(name, by_size)


def print_memory(place: Path, sizes: Sequence[int]) -> None:
    for way in ("streamed", "score"):
        peaks = []
        for size in sizes:
            found = run_job("measure_memory", place, size, way)
            print(f"Memory, {way}, {size:,} articles")
            if "peak" in found:
                peaks.append(found["peak"] / 2**20)
                limit = 60 if size < 100 else 300
                print_target("peak over imports, MiB", peaks[-1], limit, at_most=True)
            print_target("bytes of result an article", found["result"] / size, 600, at_most=True)
        if len(peaks) > 1 and sizes[-2] >= N_ARTICLES:
            print_target("last peak by the one before", peaks[-1] / peaks[-2], 1.1, at_most=True)
    files = filter(Path.is_file, Path(biaslens.__file__).parent.glob("data/**/*"))
    print_target("data in the package, MB", sum(file.stat().st_size for file in files) / 1e6, 2, at_most=True)


def print_process(_: Path, __: Sequence[int]) -> None:
    """Five articles in a process of their own, from its start to its end."""
    texts = list(biaslens.load_seeds().text)
    ways = {name: partial(time_script, script, texts) for name, script in SCRIPTS.items()}
    spent = {name: found["process"] for name, found in interleaved(ROUNDS, ways).items()}
    print(
        "Five articles, whole process", *(f"{name} {s * 1000:.0f} ms" for name, s in spent.items()), sep=", "
    )
    print_target("times the plain loop", spent["plain"] / spent["ours"], 12)


def print_rates(title: str, seconds: Mapping[str, float], texts: Sequence[str], unit: float) -> None:
    """Seconds for all texts, in several units; the last column is how often they go into another time."""
    n, megabytes = len(texts), sum(len(text.encode()) for text in texts) / 1e6
    print(f"\n{title:44} {'us each':>9} {'each s':>9} {'MB/s':>8} {'x':>8}")
    for name, s in seconds.items():
        print(f"  {name:42} {s / n * 1e6:9,.0f} {n / s:9,.0f} {megabytes / s:8.2f} {unit / s:8.3f}")


def print_target(name: str, value: float, target: float, at_most: bool = False) -> None:
    verdict = "met" if (value <= target if at_most else value >= target) else "NOT MET"
    print(f"  {name}: {value:.2f}, {'at most' if at_most else 'at least'} {target}: {verdict}")


def print_growth(name: str, seconds: Mapping[int, float]) -> None:
    """How time grows between the first and the last size: up to 1, an article costs no more among many."""
    if len(seconds) > 1:
        (a, first), *_, (b, last) = sorted(seconds.items())
        print_target(f"{name}: growth exponent", math.log(last / first) / math.log(b / a), 1, at_most=True)


PRINTED = (print_packages, print_measures, print_memory, print_process)
PARTS = {part.__name__.removeprefix("print_"): part for part in PRINTED}


def main() -> None:
    if sys.argv[1:2] == ["--job"]:
        job, place, size, *more = sys.argv[2:]
        print(json.dumps(JOBS[job](Path(place), int(size), *more)))
        return
    print_machine()
    sizes = [int(word) for word in sys.argv[1:] if word.isdigit()]
    parts = [word for word in sys.argv[1:] if not word.isdigit()] or list(PARTS)
    with tempfile.TemporaryDirectory() as name:
        write_articles(Path(name))
        for part in parts:
            PARTS[part](Path(name), sizes or (MEMORY_SIZES if part == "memory" else SIZES))


if __name__ == "__main__":
    main()
