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
        "beside": 1.81, "elsewhere": -0.03, "inside": 2.6, "alone": -3.13,
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
        "always": -0.27, "about": 3.52, "related": 0.0, "inside": 1.3, "alone": -3.46,
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
        "always": 1.24, "comparable": 1.81, "related": 0.58, "loose": -2.78, "unheard": -0.61, "inside": -1.62,
        "alone": -1.57, "reports": -1.36, "told by others": -2.76, "unsure": -3.94, "unnamed": -3.0,
        "anonymous": -1.47,
    },
    "polarity": {
        "always": -0.97, "about": 0.63, "related": 1.1, "contradiction": -0.7, "entailment": 0.67,
        "inside": -4.03, "alone": 0.05, "reports": -0.71, "told by others": -4.1, "unsure": -2.59,
        "unnamed": -3.0, "anonymous": -0.24, "unheard": -1.3,
    },
    "answer": {
        "always": 3.63, "entailment": 0.55,
    },
    "entailment": {
        "always": -4.19, "contradiction": 0.0, "entailment": 0.65, "related": 0.0, "alike": -0.24,
        "likeness": 0.51, "persons": 0.39, "inside": -0.25, "alone": 0.49, "reports": -0.1,
        "told by others": -1.55, "unsure": 0.0, "unnamed": -3.0, "anonymous": 0.0, "placed": 0.75,
        "guessed": -1.24, "contradiction around": -0.32, "entailment around": 0.11,
    },
}  # fmt: skip
"""The weights of agreement."""
