"""group_events(): the event and the story of every article, and why two articles are together or apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from biaslens.articles import Articles
from biaslens.cleaning.repetition import Repeats, learn_repeats
from biaslens.encoders import Encode, embed
from biaslens.errors import BadSetting
from biaslens.events.describe import Explanation, Pair, explain_pair
from biaslens.events.group import Grouping, group_articles
from biaslens.events.labels import EventTerms, event_terms
from biaslens.events.near import Source
from biaslens.events.provided import Embeddings, SimilarityMatrix
from biaslens.events.sketch import Sketch, lead, sketch_articles
from biaslens.first_pass import clean_part, kept_texts
from biaslens.reading.source import read
from biaslens.settings import Settings

if TYPE_CHECKING:
    import pandas as pd
    from scipy.sparse import csr_array


@dataclass(frozen=True, eq=False)
class EventGroups:
    """The event of every article: iterate over the labels, or ask by id.

    id, event, story  text, length n_articles, in the order read
    confidence        float, 0 to 1: how much nearer each article is to its own event than to the next; NaN
                      where you gave the event
    digest            bool: True where the article reports several events; it is an event by itself
    """

    id: tuple[str, ...]
    event: tuple[str, ...]
    story: tuple[str, ...]
    confidence: np.ndarray
    digest: np.ndarray
    _events: EventTerms = field(repr=False)
    _source: Source | None = field(repr=False)
    _articles: Articles = field(repr=False)
    _bodies: tuple[str, ...] = field(repr=False)
    _sketch: Sketch = field(repr=False)
    _grouping: Grouping = field(repr=False)
    _settings: Settings = field(repr=False)

    def __len__(self) -> int:
        return len(self.id)

    def __iter__(self) -> Iterator[str]:
        return iter(self.event)

    def __getitem__(self, id: str) -> str:
        return self.event[self._row(id)]

    def to_frame(self) -> pd.DataFrame:
        """One row per article: id, event, story, confidence, digest."""
        import pandas as pd

        names = ("id", "event", "story", "confidence", "digest")
        return pd.DataFrame({name: getattr(self, name) for name in names})

    @property
    def events(self) -> pd.DataFrame:
        """One row per event, the earliest first: event, story, label, first_date, last_date, n_articles,
        terms."""
        import pandas as pd

        story = dict(zip(self.event, self.story, strict=True))
        columns = {
            "event": self._events.name,
            "story": [story[name] for name in self._events.name],
            "label": self._events.label,
            "first_date": self._events.first_date,
            "last_date": self._events.last_date,
            "n_articles": np.bincount(self._grouping.event, minlength=len(self._events.name)),
            "terms": list(map(", ".join, self._events.terms)),
        }
        return pd.DataFrame(columns)

    def explain(self, id_a: str, id_b: str) -> Explanation:
        """Why two articles are in one event, or why not, in numbers and in one sentence."""
        a, b = self._row(id_a), self._row(id_b)
        titles, bodies = self._articles.title, self._bodies
        pair = Pair((a, b), (titles[a], titles[b]), (bodies[a], bodies[b]))
        return explain_pair(
            pair, self._sketch, self._articles.date, self._grouping, self._settings, self._source
        )

    def _row(self, id: str) -> int:
        if id not in self.id:
            raise BadSetting(
                f"There is no article {id!r}; ids look like {', '.join(map(repr, self.id[:3]))}."
            )
        return self.id.index(id)


def group_events(
    articles: object,
    *,
    settings: Settings | None = None,
    embeddings: npt.ArrayLike | Encode | str | None = None,
    similarity: npt.ArrayLike | csr_array | None = None,
) -> EventGroups:
    """The event and the story that each article belongs to.

    articles    whatever read() takes; an ``event`` column of your own always wins
    embeddings  vectors whose cosine takes the place of that of the words: an array (n_articles, n_dimensions)
                in the order read; a function from texts to such an array; or the name or folder of a
                sentence-transformers model that is on this machine
    similarity  an array or sparse matrix of your own instead, (n_articles, n_articles), from 0 to 1

    Models differ in how alike unlike texts are to them, so embeddings and similarity ask for ``settings``
    with an ``event_similarity`` and a ``story_similarity`` to fit.

    Raises BadSetting for what does not fit the articles, MissingExtra for a model without its package, and
    what read() raises.

    >>> groups = group_events([
    ...     {"id": "a", "date": "2014-03-14", "text": "Kerry meets Lavrov in London on Crimea."},
    ...     {"id": "b", "date": "2014-03-14", "text": "In London, Lavrov and Kerry meet over Crimea."},
    ...     {"id": "c", "date": "2014-03-14", "text": "Floods in Ohio leave thousands homeless."},
    ... ])
    >>> groups["a"] == groups["b"], groups["a"] == groups["c"]
    (True, False)
    >>> sorted(groups.explain("a", "b").shared)
    ['crimea', 'kerry', 'lavrov', 'london', 'meets']
    """
    chosen = settings if settings is not None else Settings()
    found = read(articles, settings=chosen)
    repeats = learn_repeats(found) if chosen.clean else Repeats({})
    bodies = tuple(map(lead, kept_texts(found, clean_part(found, repeats, chosen))))
    if isinstance(embeddings, str) or callable(embeddings):
        embeddings = embed(found.title, bodies, embeddings)
    source = given_similarity(embeddings, similarity, settings)
    sketch = sketch_articles(found.title, bodies)
    grouping = group_articles(sketch, found.date, found.event, chosen, source)
    texts = (found.date, found.title, bodies)
    events = event_terms(grouping.event, sketch, *texts, found.event, found.id)
    stories = event_terms(grouping.story, sketch, *texts, ids=found.id)
    return EventGroups(
        id=found.id,
        event=tuple(events.name[code] for code in grouping.event.tolist()),
        story=tuple(stories.name[code] for code in grouping.story.tolist()),
        confidence=grouping.confidence,
        digest=grouping.digest,
        _events=events,
        _source=source,
        _articles=found,
        _bodies=bodies,
        _sketch=sketch,
        _grouping=grouping,
        _settings=chosen,
    )


def given_similarity(
    embeddings: npt.ArrayLike | None, similarity: npt.ArrayLike | csr_array | None, settings: Settings | None
) -> Source | None:
    """What the user brings in place of words, None for nothing.

    Raises BadSetting for both, and where no settings come with it.
    """
    if embeddings is not None and similarity is not None:
        raise BadSetting("Pass embeddings or similarity, not both: each takes the place of the words.")
    if settings is None and (embeddings is not None or similarity is not None):
        raise BadSetting(
            "embeddings and similarity need settings=Settings(event_similarity=..., story_similarity=...): "
            f"the default, {Settings().event_similarity}, is made for words."
        )
    if embeddings is not None:
        return Embeddings(_as_numbers(embeddings, "embeddings"))
    return None if similarity is None else SimilarityMatrix(_as_matrix(similarity))


def _as_matrix(similarity: npt.ArrayLike | csr_array) -> npt.NDArray[np.float64] | csr_array:
    from scipy.sparse import csr_array, issparse

    return csr_array(similarity) if issparse(similarity) else _as_numbers(similarity, "similarity")


def _as_numbers(values: npt.ArrayLike, name: str) -> npt.NDArray[np.float64]:
    try:
        return np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise BadSetting(f"{name} must be numbers in rows of one length, but: {error}.") from error
