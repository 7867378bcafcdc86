"""ResultTables: every table of a comparison as a pandas DataFrame, with its columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from biaslens.findings import Findings
from biaslens.plots import Plots

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False, repr=False)
class ResultTables:
    """The tables of a comparison. Each is a new pandas DataFrame; a missing number is NA, never 0.

    findings  the same tables as plain columns, for programs that do without pandas
    """

    findings: Findings

    @property
    def articles(self) -> pd.DataFrame:
        """One row per article: id, outlet, outlet_inferred, title, date, event, story, n_words,
        n_words_removed, own_words, agency, agency_scope ("article" or "passage"), copy_of, copy_source,
        left_out, note, then one column per measure.

        copy_of is the article that stands for this one, copy_source the agency or outlet its shared passages
        likely come from, left_out why it takes no part in contrasts: see ``left_out``."""
        return self.findings.articles.to_frame()

    @property
    def outlets(self) -> pd.DataFrame:
        """One row per outlet and measure, over all of the outlet's articles but copies: outlet, measure,
        unit, value, ci_low, ci_high, n_articles, n_events, reliability, note. Outlets choose their events:
        only ``contrasts`` compares like with like."""
        return self.findings.outlets.to_frame()

    @property
    def contrasts(self) -> pd.DataFrame:
        """One row per measure and outlet pair, inside shared events: measure, unit, outlet_a, outlet_b,
        difference, ratio, ci_low, ci_high, boot_low, boot_high (the same by bootstrap, from 20 events),
        interval_of ("ratio" or "difference"), effect_size, dominance, p_value, q_value, events_needed (shared
        events that a discovery by itself takes), n_events, higher_in, status. status is "ok", "provisional"
        (6 to 9 shared events), "estimate only" (3 to 5, or too few that hold a hit, or too few hits for
        how unequally much the two write), "counts only" (1 or 2), "no shared event" or "too rare"."""
        return self.findings.contrasts.to_frame()

    @property
    def against_rest(self) -> pd.DataFrame:
        """One row per measure and outlet, against all other outlets of its events together: the columns of
        ``contrasts``, with "(the others)" as outlet_b. No rows where there are two outlets."""
        return self.findings.against_rest.to_frame()

    @property
    def omnibus(self) -> pd.DataFrame:
        """One row per measure, whether all outlets do alike inside shared events: measure, unit, n_outlets,
        n_events, p_value, q_value, status. No rows where there are two outlets."""
        return self.findings.omnibus.to_frame()

    @property
    def ranking(self) -> pd.DataFrame:
        """One row per measure and outlet, where it stands among all inside shared events: measure, unit,
        outlet, n_events, effect_of ("ratio" to the mean outlet, or "difference" from it), effect, ci_low,
        ci_high, shrunk (pulled towards the mean by as much as it is uncertain), shrunk_low, shrunk_high,
        reliability, rank (from 20 events and a reliability of .60), note, p_rank_1, p_rank_2, ... (the chance
        of each rank)."""
        return self.findings.ranking.to_frame()

    @property
    def events(self) -> pd.DataFrame:
        """One row per event: event, story, label, first_date, last_date, n_articles, n_outlets,
        independent_outlets (those with an article that is no copy), outlets, terms."""
        return self.findings.events.to_frame()

    @property
    def overlap(self) -> pd.DataFrame:
        """One row per set of outlets that report the same events, the most events first: outlets, n_outlets,
        n_events (that these report, and no other), n_articles. Copies do not count as reporting."""
        return self.findings.overlap.to_frame()

    @property
    def left_out(self) -> pd.DataFrame:
        """One row per reason why articles take no part in contrasts, but that of ``wire_share``, where
        copies count: reason, n_articles, n_events, meaning.
        The reason for each article is in ``articles``."""
        return self.findings.left_out.to_frame()

    @property
    def terms(self) -> pd.DataFrame:
        """One row per outlet and key term of one to three words: outlet, term, z, log_odds, count, n_events,
        survives (the line of chance), n (words), odds_ratio (Mantel-Haenszel), log_likelihood, log_ratio."""
        return self.findings.terms.to_frame()

    @property
    def sources(self) -> pd.DataFrame:
        """One row per outlet and speaker: outlet, speaker, group, n_quotes, quoted_words, share (of the words
        that the outlet attributes to anybody)."""
        return self.findings.sources.to_frame()

    @property
    def removed(self) -> pd.DataFrame:
        """One row per span set aside, by article id: id, start, end, text, category, rule, reason,
        confidence. start and end slice the text as read."""
        return self.findings.removed.to_frame()

    @property
    def flagged(self) -> pd.DataFrame:
        """One row per span that looks like boilerplate to one layer alone, and was kept: the columns of
        .removed."""
        return self.findings.flagged.to_frame()

    @property
    def copies(self) -> pd.DataFrame:
        """One row per pair of articles that share copy: id_a, id_b, containment_a, containment_b,
        shared_words, relation ("copy", "update" of one outlet, or "partial"). Only words outside quotation
        marks count. ``evidence("wire_share")`` has the passages."""
        return self.findings.copies.to_frame()

    @property
    def coverage(self) -> pd.DataFrame:
        """One row per event, outlet and item that others mention: event, outlet, item, kind, covered,
        evidence_id, evidence_sentence."""
        return self.findings.coverage.to_frame()

    @property
    def naming(self) -> pd.DataFrame:
        """One row per event, set of contested labels, outlet and label in its narration: event, set, outlet,
        label, stance (what the label takes for granted), count, share (of the outlet's labels of the set)."""
        return self.findings.naming.to_frame()

    @property
    def persons(self) -> pd.DataFrame:
        """One row per outlet and person: outlet, person, n_mentions, title_share, surname_share,
        epithet_share, titles, epithets. Only the outlet's narration counts."""
        return self.findings.persons.to_frame()

    @property
    def alternations(self) -> pd.DataFrame:
        """One row per event, slot, outlet and word: different words that outlets put beside the same name.
        event, slot, outlet, word, count, evidence_id, evidence_sentence. Leads to read, not findings."""
        return self.findings.alternations.to_frame()

    @property
    def style(self) -> pd.DataFrame:
        """One row per pair of outlets, by function words: outlet_a, outlet_b, burrows_delta,
        burrows_by_chance (the same where the outlets change places at random), cosine_delta, n_words_a,
        n_words_b, n_features, status ("ok", "within chance", or what is lacking)."""
        return self.findings.style.to_frame()

    @property
    def zeta(self) -> pd.DataFrame:
        """One row per outlet and word that it prefers or avoids, by Craig's Zeta: outlet, word, zeta, share
        (of its articles with the word), share_others."""
        return self.findings.zeta.to_frame()

    @property
    def signature(self) -> str:
        """Version, settings, data files and seed in one line: what it takes to make these numbers again."""
        return self.findings.signature

    @property
    def summary(self) -> tuple[str, ...]:
        """What can and cannot be said, in sentences."""
        return self.findings.summary

    @property
    def plot(self) -> Plots:
        """The charts: ``plot.profile()`` and ``plot.contrasts()``."""
        return Plots(self.findings)
