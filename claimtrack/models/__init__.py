"""Weights and their cards; data, no code."""
