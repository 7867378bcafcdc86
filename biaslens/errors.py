"""The errors that biaslens raises: what was found, what is needed, what to do next."""


class BiaslensError(ValueError):
    """Base of every error that biaslens raises about a user's input or settings."""


class UnreadableInput(BiaslensError):
    """A file, folder or object holds nothing that can be read as articles."""


class MissingColumn(BiaslensError):
    """A table lacks a column that is needed."""


class UnknownOutlet(BiaslensError):
    """An article names no outlet, and none can be inferred from its text."""


class TooFewOutlets(BiaslensError):
    """A comparison needs at least two outlets."""


class DuplicateIds(BiaslensError):
    """Two articles carry the same id."""


class BadSetting(BiaslensError):
    """A setting has a value that it cannot have."""


class BadData(BiaslensError):
    """A data file (lexicon, rule file) breaks its own format."""


class MissingExtra(BiaslensError):
    """An optional package is needed for what was asked."""
