"""Framing tables: labels, persons, alternating words and style, as columns; see findings.py for the rest."""

from __future__ import annotations

from dataclasses import dataclass

from biaslens.tabular import Column, Table


@dataclass(frozen=True, slots=True)
class NamingTable(Table):
    """One row per event, set of contested labels, outlet and label that the outlet uses there.

    set      name of the set: what the labels of it can all stand for
    label    the label, as it stands in the list of sets
    stance   what the label takes for granted, "" where nothing is noted
    count    uses in the outlet's narration, 1 or more
    share    of the outlet's uses of any label of the set in this event, 0 to 1
    """

    event: Column
    set: Column
    outlet: Column
    label: Column
    stance: Column
    count: Column
    share: Column


@dataclass(frozen=True, slots=True)
class PersonTable(Table):
    """One row per outlet and person: how the outlet names who it writes about.

    person         the fullest name found
    n_mentions     mentions by name in the outlet's narration
    title_share    of these, with a title or role before or after the name, 0 to 1
    surname_share  bare surname
    epithet_share  with an epithet ("embattled", "pro-Russian")
    titles         the titles, the most frequent first, joined by ", "
    epithets       likewise
    """

    outlet: Column
    person: Column
    n_mentions: Column
    title_share: Column
    surname_share: Column
    epithet_share: Column
    titles: Column
    epithets: Column


@dataclass(frozen=True, slots=True)
class AlternationTable(Table):
    """One row per event, slot, outlet and word: different words for one slot in the reports of one event.

    slot      what the words share: the name they stand beside, and how ("Crimea: of")
    word      the dictionary form that the outlet puts there
    count     uses
    evidence_id, evidence_sentence  the first sentence with it
    """

    event: Column
    slot: Column
    outlet: Column
    word: Column
    count: Column
    evidence_id: Column
    evidence_sentence: Column


@dataclass(frozen=True, slots=True)
class StyleTable(Table):
    """One row per pair of outlets: how far apart their function words are.

    burrows_delta  mean absolute difference of z-scores (Burrows 2002), 0 or more
    burrows_by_chance
                   its mean when the outlets change places at random inside events: little text alone makes
                   it large, so read burrows_delta against it
    cosine_delta   1 - cosine of z-scores (Evert et al. 2017), 0 to 2
    n_words_a, n_words_b  words that were compared
    n_features     words whose frequencies are compared
    status         "ok"; "within chance", "estimate only"; or why there is no number
    """

    outlet_a: Column
    outlet_b: Column
    burrows_delta: Column
    burrows_by_chance: Column
    cosine_delta: Column
    n_words_a: Column
    n_words_b: Column
    n_features: Column
    status: Column


@dataclass(frozen=True, slots=True)
class ZetaTable(Table):
    """One row per outlet and word that it uses in more, or fewer, of its articles than the other outlets do.

    zeta     Craig's Zeta against all other outlets together, 0 to 2; 1 means no preference
    share, share_others  articles with the word, of the outlet's and of the others', 0 to 1
    """

    outlet: Column
    word: Column
    zeta: Column
    share: Column
    share_others: Column
