"""Measures: the codebook, and one file per family that counts."""
