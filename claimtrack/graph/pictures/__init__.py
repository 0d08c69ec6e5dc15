"""Pictures of a project's graph, to print: who stands against whom, a topic by day, and the sides of a topic.

They need matplotlib (the extra ``plot``), and are drawn without a window.
"""

from claimtrack.graph.pictures.matrix import draw_matrix
from claimtrack.graph.pictures.timeline import draw_timeline
from claimtrack.graph.pictures.topic import draw_topic

__all__ = ["draw_matrix", "draw_timeline", "draw_topic"]
