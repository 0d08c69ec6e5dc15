"""The figures of the entailment model for people and for programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from claimtrack.evaluation.entailment import Report


def report(found: Report, ways: Mapping[str, Mapping[str, float]] | None, differing: int) -> dict[str, Any]:
    """Return figures as a dictionary for JSON, all in percent but counts and milliseconds.

    Args:
        found: of pairs with three labels.
        ways: average precision of weaken and strengthen by each way; None where there was nothing to score.
        differing: the number of pairs that these were found on.
    """
    result: dict[str, Any] = {
        "pairs": found.pairs,
        "accuracy": round(found.accuracy, 1),
        "by_source": {
            name: {"pairs": number, "accuracy": round(share, 1)} for name, (number, share) in found.by_source.items()
        },
        "contradiction_precision_at_recall_50": round(found.precision_at_half, 1),
        "milliseconds_a_pair": round(found.milliseconds, 1),
        "reliability_of_contradiction": [
            {"from": b.low, "to": b.high, "pairs": b.count, "mean": _percent(b.confidence), "right": _percent(b.right)}
            for b in found.bins
        ],
    }
    if ways is not None:
        rounded = {way: {name: round(value, 1) for name, value in row.items()} for way, row in ways.items()}
        result["claimdiff"] = {"pairs": differing, "average_precision": rounded}
    return result


def as_table(found: Mapping[str, Any]) -> str:
    """Return a report as lines of text, at most 80 columns wide."""
    lines = [f"{'':<20}{'pairs':>8}{'accuracy':>12}"]
    for name, row in found["by_source"].items():
        lines.append(f"{name:<20}{row['pairs']:>8,}{row['accuracy']:>12.1f}")
    lines += [
        f"{'all':<20}{found['pairs']:>8,}{found['accuracy']:>12.1f}",
        "",
        "Precision of contradiction where half are found: "
        f"{found['contradiction_precision_at_recall_50']:.1f}; {found['milliseconds_a_pair']:.1f} ms a pair.",
        "",
        f"{'contradiction':<20}{'pairs':>8}{'mean':>12}{'right':>10}",
    ]
    for row in found["reliability_of_contradiction"]:
        mean, right = ("-" if row[name] is None else f"{row[name]:.1f}" for name in ("mean", "right"))
        lines.append(f"{row['from']:.1f} to {row['to']:.1f}{row['pairs']:>18,}{mean:>12}{right:>10}")
    if "claimdiff" in found:
        lines += ["", f"{'average precision':<20}{'weaken':>8}{'strengthen':>12}"]
        for way, row in found["claimdiff"]["average_precision"].items():
            lines.append(f"{way:<20}{row['weaken']:>8.1f}{row['strengthen']:>12.1f}")
        lines.append(f"of {found['claimdiff']['pairs']:,} pairs of ClaimDiff")
    return "\n".join(lines)


def _percent(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 1)
