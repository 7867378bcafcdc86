"""How well function words tell outlets apart: single articles, and Delta where there is nothing to tell.

Run: python benchmarks/quality_style.py
On BASIL (Fan et al. 2019): the outlet of each article is guessed from the other events by the smallest Delta
to the outlets' mean profiles; then the outlets change places at random inside events, and "ok" is counted.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pandas as pd
from evaluation_data import folder, print_machine

import biaslens
from biaslens.cleaning.repetition import learn_repeats
from biaslens.first_pass import annotate, clean_part
from biaslens.measuring.function_profile import count_function_words, function_words
from biaslens.stats.stylometry import WordUses, Writings, burrows_delta, cosine_delta, style_distances

SETTINGS, N_SHUFFLES, N_RESAMPLES = biaslens.Settings(), 300, 2_000
Floats = npt.NDArray[np.float64]


def guesses(table: Floats, outlet: Floats, event: Floats, delta: Callable[[Floats, Floats], float]) -> Floats:
    """Whether the outlet of each article is guessed, shape (n_articles,)."""
    right = np.zeros(len(table), dtype=bool)
    for held_out in np.unique(event):
        known = event != held_out
        mean, deviation = table[known].mean(axis=0), table[known].std(axis=0, ddof=1)
        z = (table - mean)[:, deviation > 0] / deviation[deviation > 0]
        profiles = [z[known & (outlet == row)].mean(axis=0) for row in np.unique(outlet)]
        for article in np.flatnonzero(~known):
            distances = [delta(z[article], profile) for profile in profiles]
            right[article] = np.argmin(distances) == outlet[article]
    return right


def interval(right: Floats, event: Floats) -> str:
    """Accuracy with its 95 % interval, events drawn with replacement."""
    by_event = np.array([right[event == one].mean() for one in np.unique(event)])
    draws = np.random.default_rng(0).integers(0, len(by_event), (N_RESAMPLES, len(by_event)))
    low, high = np.quantile(by_event[draws].mean(axis=1), [0.025, 0.975])
    return f"{right.mean():.3f} ({low:.3f} to {high:.3f})"


def print_guesses(counts: Floats, n_words: Floats, outlet: Floats, event: Floats) -> None:
    for n in (100, 150, 200):
        chosen = np.argsort(-counts.sum(axis=0), kind="stable")[:n]
        share = counts[:, chosen] / np.maximum(n_words, 1)[:, None]
        mean = np.stack([share[event == one].mean(axis=0) for one in range(event.max() + 1)])
        for name, table in (("as they are", share), ("event mean subtracted", share - mean[event])):
            for delta in (burrows_delta, cosine_delta):
                found = interval(guesses(table, outlet, event, delta), event)
                print(f"{n} function words, {name:22} {delta.__name__:14} {found}; chance .333")


def main() -> None:
    print_machine()
    frame = pd.read_parquet(folder() / "basil_articles.parquet")
    articles = biaslens.read(frame[["text", "outlet"]].to_dict("records"))
    kept = clean_part(articles, learn_repeats(articles), SETTINGS).kept
    corpus = annotate(articles, kept, SETTINGS)
    found = count_function_words(corpus)
    counts = np.zeros((len(frame), len(function_words())))
    counts[found.article, found.word] = found.count
    names, outlet = np.unique(frame.outlet.to_numpy(dtype=str), return_inverse=True)
    events, event = np.unique(frame.event_id.to_numpy(dtype=str), return_inverse=True)
    print_guesses(counts, corpus.unquoted_words, outlet, event)
    uses = WordUses(found.article, found.word, found.count)
    everywhere = np.ones(len(frame), dtype=bool)

    def table(outlet: Floats) -> pd.DataFrame:
        writings = Writings(tuple(names), tuple(events), outlet, event, corpus.unquoted_words, everywhere)
        return style_distances(uses, writings, SETTINGS).to_frame()

    print(table(outlet).to_string(index=False))
    rng, status = np.random.default_rng(0), []
    for _ in range(N_SHUFFLES):
        order = np.lexsort((rng.random(len(event)), event))
        shuffled = np.empty_like(outlet)
        shuffled[np.argsort(event, kind="stable")] = outlet[order]
        status += table(shuffled).status.tolist()
    print(
        f"outlets shuffled inside events: {np.mean([one == 'ok' for one in status]):.3f} are 'ok' (level .05)"
    )


if __name__ == "__main__":
    main()
