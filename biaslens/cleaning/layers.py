"""The layers of cleaning, asked one after the other, and what the others say about each find."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from biaslens.cleaning.agreement import OtherLayers, believe, is_short_and_plain
from biaslens.cleaning.by_model import find_page_blocks, model_thresholds
from biaslens.cleaning.by_rule import Removal, RuleFinder
from biaslens.cleaning.headlines import find_headlines
from biaslens.cleaning.lines import Line
from biaslens.cleaning.pull_quotes import find_pull_quotes
from biaslens.cleaning.repetition import Repeats
from biaslens.rules import Precision

_PAGE_REASON = "Short lines in a row without an article's prose: what stands around the article on its page."


_MODEL_REASON = "Its build and that of the lines around it are those of boilerplate, though no rule names it."
# The model was measured on articles: text of some lines, most of them sentences.
_MIN_LINES, _PROSE_SHARE = 4, 0.6
# Lines that rules must find in a text for it to be a page.
_MIN_PAGE_MARKS = 3
# On a page whose article would be shorter than this, the lines that look like furniture may be the article.
_MIN_ARTICLE_WORDS = 60


@dataclass
class Layers:
    """Rules, repetition and the line model, for one article of one outlet."""

    rules: RuleFinder
    precision: Mapping[str, Precision]
    repeats: Repeats
    outlet: str
    title: str

    doubtful: list[Removal] = field(default_factory=list, init=False)
    _lines: list[Line] | None = field(default=None, init=False)
    _found: list[Removal] = field(default_factory=list, init=False)

    def find(self, lines: list[Line]) -> list[Removal]:
        """What is set aside in these lines, by the first layer that finds anything it is believed for.

        ``doubtful`` is then what those asked have found and were not believed for.
        """
        # Cleaning ends only when it has asked twice about lines in which nothing is found.
        if lines != self._lines:
            self._lines, self.doubtful = lines, []
            self._found = self._ask(lines)
        return self._found

    def _ask(self, lines: list[Line]) -> list[Removal]:
        """The finds of one layer after the other, until one finds something."""
        others = OtherLayers(lines, self.outlet, self.repeats)
        from_top = self.rules.from_top(lines)
        return (
            self._page_blocks(lines, from_top, others)
            or self._believed(from_top, others)
            or self._believed(self.rules.from_bottom(lines), others)
            or others.repeated
            or self._believed(find_headlines(lines, self.title), others)
            or self._believed(find_pull_quotes(lines), others)
            or _by_model(lines, others)
        )

    def _page_blocks(
        self, lines: Sequence[Line], from_top: Sequence[Removal], others: OtherLayers
    ) -> list[Removal]:
        """Runs of lines that frame the article on its page; in the text of an article there are none.

        The model is asked only where the text may be a page: most lines are no sentences, and rules find some
        of what pages hold. A text of lists has the build of a page, but no menus and buttons.
        """
        if 2 * sum(line.is_prose for line in lines) > len(lines):
            return []
        n_marks = len(from_top) + len(self.rules.from_bottom(lines))
        return _framing(lines, others) if n_marks >= _MIN_PAGE_MARKS else []

    def _believed(self, finds: Sequence[Removal], others: OtherLayers) -> list[Removal]:
        unmeasured = Precision(right=0, judged=0)
        believed = []
        for find in finds:
            found = believe(find, self.precision.get(find.rule, unmeasured), others)
            if found is None:
                self.doubtful.append(find)
            else:
                believed.append(found)
        return believed


def _by_model(lines: Sequence[Line], others: OtherLayers) -> list[Removal]:
    """Short lines, no sentences, that the model is sure of; not in texts of lists, which look like that."""
    n_prose = sum(line.is_prose for line in lines)
    if len(lines) < _MIN_LINES or n_prose < _PROSE_SHARE * len(lines) or n_prose == len(lines):
        return []
    threshold = model_thresholds().strip
    rows = [row for row, line in enumerate(lines) if not line.is_prose and is_short_and_plain(line.text)]
    # The look is the slowest of all layers, and most articles have no such line.
    chosen = [(lines[row], p) for row in rows if (p := float(others.look.probability[row])) >= threshold]
    return [Removal(line.start, line.end, "furniture", "model.line", _MODEL_REASON, p) for line, p in chosen]


def _framing(lines: Sequence[Line], others: OtherLayers) -> list[Removal]:
    blocks = find_page_blocks(lines, others.look)
    framing = {row for block in blocks for row in range(block.first, block.last)}
    article = [line.n_words for row, line in enumerate(lines) if row not in framing and line.is_prose]
    if sum(article) < _MIN_ARTICLE_WORDS:
        return []
    return [
        Removal(
            lines[block.first].start, lines[block.last - 1].end, "furniture", "model.page", _PAGE_REASON,
            float(others.look.probability[block.first : block.last].mean()), is_block=True,
        )
        for block in blocks
    ]  # fmt: skip
