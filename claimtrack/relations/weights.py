"""What each value counts in the rules of contradiction and agreement (``weighing``).

The weights were set by hand and then fitted, held close to where they had been, to the annotated examples and to pairs
of read news (``docs/relations.md``). What can only speak for a relation has no weight below zero, what can only speak
against it none above.
"""

from __future__ import annotations

Rules = dict[str, dict[str, float]]
"""Values, or weights, by the rule and by what they are."""

AGAINST: Rules = {
    "numbers": {
        "always": 0.65, "comparable": 6.8, "related": 0.7, "magnitude": 0.99, "far": -3.93, "neutral": -1.85,
        "beside": 1.81, "elsewhere": -0.03, "inside": 2.6, "alone": -3.13, "unheard alone": -8.14,
        "reports": -1.06, "told by others": -3.24, "unsure": -3.29, "unnamed": -3.25, "anonymous": -3.49,
        "unheard": -2.03,
    },
    "entailment": {
        "always": -0.63, "contradiction": 0.5, "related": 0.12, "denial": 2.15, "negated": -0.09,
        "opposite": -1.04, "alike": -2.11, "beside": 0.08, "inside": 0.02, "alone": -0.24, "reports": -0.55,
        "told by others": -0.97, "unsure": -1.18, "unnamed": -0.89, "anonymous": -0.63, "persons": 0.51,
        "placed": 0.18, "guessed": 0.0, "contradiction around": 0.24,
    },
    "polarity": {
        "always": -0.27, "about": 3.52, "related": 0.0, "inside": 1.3, "alone": -3.46, "unheard alone": -4.17,
        "reports": -1.75, "told by others": -3.48, "unsure": -3.21, "unnamed": -2.59, "anonymous": -3.41,
        "unheard inside": -1.28,
    },
    "answer": {
        "always": 5.19,
    },
    "rebuttal": {
        "always": 1.8, "contradiction": 2.32, "related": 1.73, "inside": 1.05, "alone": -0.36, "reports": 0.79,
        "told by others": -3.58, "unsure": 0.0, "unnamed": 0.0, "anonymous": 0.0,
    },
}  # fmt: skip
"""The weights of contradiction."""

ALONG: Rules = {
    "numbers": {
        "always": 1.25, "comparable": 1.77, "related": 0.58, "loose": -2.8, "unheard": -0.61, "inside": -1.59,
        "alone": -1.58, "reports": -1.36, "told by others": -2.76, "unsure": -3.94, "unnamed": -3.0,
        "anonymous": -1.47,
    },
    "polarity": {
        "always": -1.06, "about": 0.74, "related": 1.14, "contradiction": -0.73, "entailment": 0.66,
        "inside": -3.79, "alone": 0.45, "reports": -0.88, "told by others": -4.2, "unsure": -2.67,
        "unnamed": -3.0, "anonymous": -0.24, "unheard": -1.45,
    },
    "answer": {
        "always": 3.63, "entailment": 0.55,
    },
    "entailment": {
        "always": -9.5, "contradiction": -0.76, "entailment": 1.42, "related": 0.03, "alike": -0.65,
        "likeness": 0.53, "persons": -0.15, "inside": -0.62, "alone": 0.04, "reports": 0.93,
        "told by others": -1.68, "unsure": 0.0, "unnamed": -3.0, "anonymous": 0.0, "placed": 0.72,
        "guessed": -1.34, "contradiction around": -0.68, "entailment around": 0.0,
    },
}  # fmt: skip
"""The weights of agreement."""
