"""The steps of a comparison, each usable alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from biaslens.articles import Articles
from biaslens.attributions import Attributions
from biaslens.cleaned import CleanedText, Ledger, Removed
from biaslens.cleaning.repetition import Repeats, learn_repeats
from biaslens.engines import Engine
from biaslens.errors import BadSetting
from biaslens.first_pass import annotate, clean_part, kept_texts
from biaslens.measuring.registry import measures_for
from biaslens.passes import count
from biaslens.profiles import OutletProfile
from biaslens.reading.source import read
from biaslens.settings import Settings
from biaslens.spans import Spans
from biaslens.tables import codebook_table

if TYPE_CHECKING:
    import pandas as pd


def clean(
    text: str,
    outlet: str | None = None,
    *,
    settings: Settings | None = None,
    profiles: Sequence[OutletProfile] = (),
) -> CleanedText:
    """A text without what is not the outlet's own words, and what was taken out and why.

    outlet    its outlet, so that what a profile knows of it is found
    profiles  what outlets are known to repeat, learned from other articles of theirs; see OutletProfile

    >>> report = "MINSK, May 5 (Reuters) - The talks in Minsk have ended without a result."
    >>> cleaned = clean(f"Talks end in Minsk\\nBy Jane Smith\\n{report}\\nShare")
    >>> cleaned.text
    'The talks in Minsk have ended without a result.'
    >>> cleaned.title, cleaned.byline, cleaned.agency
    ('Talks end in Minsk', 'Jane Smith', 'Reuters')
    >>> [(span.category, span.text) for span in cleaned.removed][-1]
    ('social', 'Share')
    """
    return clean_all({outlet or "": [text]}, settings=settings, profiles=profiles)[0]


def clean_all(
    articles: object, *, settings: Settings | None = None, profiles: Sequence[OutletProfile] = ()
) -> tuple[CleanedText, ...]:
    """Every article cleaned, in the order read; what one outlet prints again and again is learned first.

    articles  whatever read() takes. The order of the articles does not change what is removed.
    profiles  what outlets are known to repeat, learned from other articles of theirs; see OutletProfile
    """
    chosen = settings if settings is not None else Settings()
    found = read(articles, settings=chosen)
    cleaned = clean_part(found, learn_repeats(found, [p.counts for p in profiles]), chosen)
    texts, kept = kept_texts(found, cleaned), _by_article(found, found.original_spans(cleaned.kept))
    removed, flagged = _explained(found, cleaned.ledger), _explained(found, cleaned.flagged)
    harvest = cleaned.harvest
    return tuple(
        CleanedText(
            text=texts[row],
            original=found.original[row],
            kept=tuple(kept[row]),
            removed=tuple(removed[row]),
            flagged=tuple(flagged[row]),
            title=found.title[row] or harvest.title[row],
            dateline=harvest.dateline[row],
            agency=harvest.agency[row],
            agency_scope=harvest.agency_scope[row],
            byline=harvest.byline[row] or found.author[row],
            published=harvest.published[row],
            outlet=found.outlet[row] or harvest.outlet[row] or harvest.credit(row),
            captions=harvest.captions[row],
            headlines=harvest.headlines[row],
        )
        for row in range(len(found))
    )


def _by_article(articles: Articles, spans: Spans) -> list[list[tuple[int, int]]]:
    places: list[list[tuple[int, int]]] = [[] for _ in articles.id]
    for row, start, end in zip(spans.article.tolist(), spans.start.tolist(), spans.end.tolist(), strict=True):
        places[row].append((start, end))
    return places


def _explained(articles: Articles, ledger: Ledger) -> list[list[Removed]]:
    """The spans of a ledger, article by article."""
    rows: list[list[Removed]] = [[] for _ in articles.id]
    spans = articles.original_spans(ledger.spans)
    for i, row in enumerate(spans.article.tolist()):
        start, end = int(spans.start[i]), int(spans.end[i])
        rows[row].append(
            Removed(
                start, end, articles.original[row][start:end], ledger.category[i], ledger.rule[i],
                ledger.reason[i], float(ledger.confidence[i]),
            )
        )  # fmt: skip
    return rows


def score(
    texts: object,
    *,
    settings: Settings | None = None,
    n_jobs: int | None = None,
    engine: Engine = "local",
) -> pd.DataFrame:
    """One row per text, one column per measure; NA where a measure has nothing to say.

    texts   a text, a list of texts, or whatever read() takes. Units and caveats of the measures: measures().
    n_jobs  processes to use: 1 (the default) for this one, -1 for one per core
    engine  "local", "processes" or "dask"; n_jobs other than 1 means "processes"

    >>> score(["The brutal regime lied.", "The government spoke."])["loaded_rate"].gt(0).tolist()
    [True, False]
    """
    import pandas as pd

    chosen = settings if settings is not None else Settings()
    plain = _plain_texts(texts)
    articles = read(texts if plain is None else [{"text": text} for text in plain], settings=chosen)
    repeats = learn_repeats(articles) if chosen.clean else Repeats({})
    if n_jobs == 0:
        raise BadSetting("n_jobs is 0; it must be 1 or more, or -1 for one process per core.")
    if n_jobs not in (None, 1):
        engine = "processes"
    counts = count(articles, repeats, chosen, engine=engine, n_jobs=n_jobs or -1)
    index = pd.Index(articles.id, name="id") if plain is None else None
    names = [measure.name for measure in measures_for(chosen)]
    return pd.DataFrame(counts.values, columns=names, index=index)


def _plain_texts(texts: object) -> list[str] | None:
    """One text or several as a list; None for anything else, which read() understands."""
    listed = [texts] if isinstance(texts, str) else texts
    if isinstance(listed, Sequence) and all(isinstance(text, str) for text in listed):
        return list(listed)
    return None


def voices(text: str, *, settings: Settings | None = None) -> pd.DataFrame:
    """Quotations and attributions, one row each, in reading order; start and end slice the text.

    Columns: start, end, kind (direct, fragment, scare, indirect, mixed), words, speaker, speaker_start,
    speaker_end, group, principal, cue, cue_start, cue_end, cue_class. Nothing is stripped from the text
    first.

    >>> voices('"We will talk," Lavrov said.')[["kind", "speaker", "cue", "cue_class"]].to_dict("records")
    [{'kind': 'direct', 'speaker': 'Lavrov', 'cue': 'say', 'cue_class': 'neutral'}]
    """
    import pandas as pd

    from biaslens.cleaning.clean import keep_all

    chosen = settings if settings is not None else Settings()
    articles = read({"": [text]}, settings=chosen)
    found = annotate(articles, keep_all(articles).kept, chosen).voices.attributions
    return pd.DataFrame(_voice_columns(articles, found))


def _voice_columns(articles: Articles, found: Attributions) -> dict[str, object]:
    def place(spans: Spans) -> Spans:
        return articles.original_spans(spans)

    content, speaker, cue = place(found.content), place(found.speaker_span), place(found.cue_span)
    return {
        "start": content.start,
        "end": content.end,
        "kind": found.kind,
        "words": found.words,
        "speaker": found.speaker,
        "speaker_start": speaker.start,
        "speaker_end": speaker.end,
        "group": found.group,
        "principal": found.principal,
        "cue": found.cue,
        "cue_start": cue.start,
        "cue_end": cue.end,
        "cue_class": found.cue_class,
    }


def measures(settings: Settings | None = None) -> pd.DataFrame:
    """The codebook, one row per measure: name, family, unit, range, kind, voice, formula, citation, caveat,
    validated, tested_on, figure, misses (together a card of what each is good for), available.

    settings  with lexicons of your own, for their measures too

    >>> measures().set_index("name").loc["hedge_rate", "citation"]
    'Hyland 1998, 2005'
    """
    return codebook_table(measures_for(settings if settings is not None else Settings())).to_frame()
