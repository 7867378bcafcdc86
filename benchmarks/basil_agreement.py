"""Does loaded_rate agree with people inside an event? The BASIL part of quality_framing.py.

BASIL (Fan et al. 2019): the same events in three outlets, lexical bias marked word by word by two people.
Three figures: correlation with the human density inside events, order of outlets, AUC inside articles.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from evaluation_data import folder
from sklearn.metrics import roc_auc_score

import biaslens

Numbers = npt.NDArray[np.float64]

N_DRAWS = 2_000
AS_WRITTEN = biaslens.Settings(clean=False)
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")


@dataclass(frozen=True)
class EventTable:
    """One row per event, one column per outlet, each event's mean subtracted; shape (n_events, n_outlets).

    ours   loaded_rate
    human  words of lexical bias outside quotations, per 1,000 words there
    """

    outlets: tuple[str, ...]
    ours: Numbers
    human: Numbers

    def draw(self, rng: np.random.Generator) -> EventTable:
        """As many events, drawn with replacement."""
        rows = rng.integers(0, len(self.ours), len(self.ours))
        return EventTable(self.outlets, self.ours[rows], self.human[rows])


def rates(texts: pd.Series) -> Numbers:
    """loaded_rate of each text, 0 for a text without words of its own."""
    scores = biaslens.score(texts.tolist(), settings=AS_WRITTEN)["loaded_rate"]
    return np.asarray(scores.fillna(0), dtype=np.float64)


def n_words(text: str) -> int:
    return len(text.split())


def human_density(articles: pd.DataFrame, spans: pd.DataFrame) -> Numbers:
    """Words of lexical bias outside quotations, per 1,000 words outside quotations."""
    marked = spans[(spans["bias"] == "lex") & (spans["quote"] == "no")]
    words = marked["text"].map(n_words).groupby(marked["article_id"]).sum()
    own_words = articles["text"].str.replace(QUOTED, " ", regex=True).map(n_words)
    return np.asarray(1000 * articles["article_id"].map(words).fillna(0) / own_words, dtype=np.float64)


def event_table(articles: pd.DataFrame, spans: pd.DataFrame) -> EventTable:
    """Every event that all outlets cover."""
    table = articles[["event_id", "outlet"]].assign(
        ours=rates(articles["text"]), human=human_density(articles, spans)
    )
    wide = table.pivot(index="event_id", columns="outlet").dropna()
    ours, human = wide["ours"].to_numpy(float), wide["human"].to_numpy(float)
    return EventTable(
        tuple(wide["ours"].columns),
        ours - ours.mean(axis=1, keepdims=True),
        human - human.mean(axis=1, keepdims=True),
    )


def correlation(table: EventTable) -> float:
    return float(np.corrcoef(table.ours.ravel(), table.human.ravel())[0, 1])


def order(outlets: tuple[str, ...], values: Numbers) -> tuple[str, ...]:
    """Outlets by their mean over events, highest first."""
    return tuple(outlets[i] for i in np.argsort(-values.mean(axis=0), kind="stable"))


def print_events(table: EventTable) -> None:
    rng = np.random.default_rng(0)
    draws = [table.draw(rng) for _ in range(N_DRAWS)]
    low, high = np.quantile([correlation(draw) for draw in draws], [0.025, 0.975])
    print(
        f"BASIL: {len(table.ours)} events x {len(table.outlets)} outlets: loaded_rate with human density of "
        f"lexical bias, within events: r {correlation(table):.3f} (95 %: {low:.3f} to {high:.3f})"
    )
    for name, own, of_draws in (
        ("human", table.human, [draw.human for draw in draws]),
        ("loaded_rate", table.ours, [draw.ours for draw in draws]),
    ):
        orders = Counter(order(table.outlets, values) for values in of_draws)
        found = order(table.outlets, own)
        means = dict(zip(table.outlets, own.mean(axis=0), strict=True))
        ranked = " > ".join(f"{outlet} ({means[outlet]:+.2f})" for outlet in found)
        human = order(table.outlets, table.human)
        print(
            f"  order by {name}: {ranked}; in {orders[found] / N_DRAWS:.2f} of draws, "
            f"the human order in {orders[human] / N_DRAWS:.2f}"
        )


def within_articles(
    biased: npt.NDArray[np.bool_], scores: Numbers, article: npt.NDArray[np.integer]
) -> Numbers:
    """ROC-AUC of each article that has both kinds of sentence, shape (n_such_articles,)."""
    groups = (np.flatnonzero(article == number) for number in np.unique(article))
    mixed = (rows for rows in groups if 0 < biased[rows].sum() < len(rows))
    return np.array([roc_auc_score(biased[rows], scores[rows]) for rows in mixed])


def print_sentences(sentences: pd.DataFrame) -> None:
    scores = rates(sentences["sentence"])
    article = sentences.groupby(["event", "source"]).ngroup().to_numpy()
    rng = np.random.default_rng(0)
    for column, name in (("lex_nonquote", "outside quotations"), ("lex", "anywhere")):
        biased = sentences[column].to_numpy(bool)
        each = within_articles(biased, scores, article)
        means = [rng.choice(each, len(each)).mean() for _ in range(N_DRAWS)]
        low, high = np.quantile(means, [0.025, 0.975])
        print(
            f"BASIL: {len(sentences)} sentences, lexical bias {name} in {biased.sum()}: "
            f"AUC {roc_auc_score(biased, scores):.3f}; within articles {each.mean():.3f} "
            f"(95 %: {low:.3f} to {high:.3f}, {len(each)} articles)"
        )


def print_basil() -> None:
    data = folder()
    spans = pd.read_parquet(data / "basil_spans.parquet")
    print_events(event_table(pd.read_parquet(data / "basil_articles.parquet"), spans))
    print_sentences(pd.read_parquet(data / "basil_sentences_r1.parquet"))
