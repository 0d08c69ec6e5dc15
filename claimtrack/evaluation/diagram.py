"""The reliability table as a picture: right against confidence, and below it how many predictions there are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from claimtrack.evaluation.reliability import Bin, calibration_error
from claimtrack.graph.pictures.canvas import canvas


def draw(bins: Sequence[Bin], path: Path) -> None:
    """Write the reliability diagram to a PNG or SVG file.

    Raises:
        InputError: when matplotlib is not installed, the file's name ends otherwise, or it cannot be written.
    """
    with canvas(path, 5, 6) as figure:
        figure.set_layout_engine("constrained")
        above, below = figure.subplots(2, 1, sharex=True, height_ratios=(3, 1))
        filled = [b for b in bins if b.count]
        middles, widths = [(b.low + b.high) / 2 for b in filled], [b.high - b.low for b in filled]
        above.bar(middles, [b.right or 0 for b in filled], widths, color="#9ecae1", edgecolor="white", label="right")
        above.plot([b.confidence or 0 for b in filled], [b.right or 0 for b in filled], "o", color="#08519c",
                   label="at mean confidence")  # fmt: skip
        above.plot([0, 1], [0, 1], "--", color="grey", label="as sure as right")
        above.set(xlim=(0, 1), ylim=(0, 1), ylabel="share right (whole, IoU of 0.5 or more)",
                  title=f"Reliability (calibration error {100 * calibration_error(bins):.1f})")  # fmt: skip
        above.legend(loc="upper left")
        bars = below.bar(middles, [b.count for b in filled], widths, color="#c6c6c6", edgecolor="white")
        below.bar_label(bars, fontsize="small")
        below.margins(y=0.2)
        below.set(xlabel="confidence", ylabel="predictions")
