"""The signature: one line that names everything which can move a number."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from importlib.metadata import version

import biaslens
from biaslens.lexicons import data_checksums
from biaslens.profiles import OutletProfile
from biaslens.rules import rule_checksums
from biaslens.settings import Settings
from biaslens.syllables import syllables_checksum

# Packages whose word lists or rules are part of a number.
_PACKAGES = ("pyphen", "sentencex", "textstat", "vaderSentiment")
# The seed is named by itself, and the size of parts never moves a number.
_ELSEWHERE = ("seed", "part_size")


def sign(settings: Settings, profiles: Sequence[OutletProfile] = ()) -> str:
    """Version, seed, changed settings, checksum of all word lists and rules, packages, and outlet profiles.

    >>> sign(Settings(seed=3)).split(" | ")[1]
    'seed 3'
    """
    named = {name: value for name, value in settings.changed().items() if name not in _ELSEWHERE}
    changed = ", ".join(f"{name}={value!r}" for name, value in named.items())
    files = sorted((data_checksums() | rule_checksums() | syllables_checksum()).items())
    data = hashlib.sha256("".join(f"{name}:{digest};" for name, digest in files).encode()).hexdigest()
    made_with = f"biaslens {biaslens.__version__} | seed {settings.seed}"
    learned = "".join(f" | profile {profile.outlet!r} {profile.checksum[:12]}" for profile in profiles)
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    return f"{made_with} | settings {changed or 'default'} | data {data[:12]} | {packages}{learned}"
