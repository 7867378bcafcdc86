"""Attributions: who is given voice, through which cue, with which words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from biaslens.spans import IntArray, Spans

AttributionKind = Literal["direct", "fragment", "scare", "indirect", "mixed"]
CueClass = Literal["neutral", "endorsing", "distancing", "directive", "argumentative", ""]

# The voice of a token: the outlet's own, inside quotation marks, or reported without them.
OWN, QUOTED, REPORTED = 0, 1, 2
VOICE_NAMES = ("own", "quoted", "reported")


@dataclass(frozen=True, slots=True)
class Attributions:
    """Attributions, one per row, in reading order; every column has length n_attributions.

    content      span of what is attributed
    kind         direct, fragment, scare, indirect or mixed
    words        number of words attributed
    speaker      name as resolved inside the article, "" where none was found
    speaker_span where the speaker is named for this attribution (empty span where nowhere)
    group        the speaker's group, "unresolved" where unknown
    principal    whose position is reported, where it is not the speaker's own, else ""
    cue          the cue as a dictionary form ("say"), "" where there is none
    cue_span     where it stands (empty span where nowhere)
    cue_class    neutral, endorsing, distancing, directive, argumentative, or ""
    """

    content: Spans
    kind: tuple[AttributionKind, ...]
    words: IntArray
    speaker: tuple[str, ...]
    speaker_span: Spans
    group: tuple[str, ...]
    principal: tuple[str, ...]
    cue: tuple[str, ...]
    cue_span: Spans
    cue_class: tuple[CueClass, ...]

    def __len__(self) -> int:
        return len(self.content)


@dataclass(frozen=True, slots=True)
class Voices:
    """Attributions, and the voice of every token.

    attributions
    voice         int8, shape (n_tokens,): OWN, QUOTED or REPORTED
    marks_missing bool, shape (n_articles,): reported speech but no quotation mark at all
    """

    attributions: Attributions
    voice: npt.NDArray[np.int8]
    marks_missing: npt.NDArray[np.bool_]
