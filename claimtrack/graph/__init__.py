"""The graph of a project as a networkx MultiDiGraph: how it is made, what is asked of it, its exports and pictures.

Nodes are speakers, claims, topics, articles and outlets; edges are who said what, where it was reported, and how claims
relate. Everything here takes values and returns values; nothing reads a project or an article.
"""

from claimtrack.graph.build import EDGE_KINDS, NODE_TYPES, graph_of, node_id
from claimtrack.graph.changes import Change, Step, changed
from claimtrack.graph.disputes import Dispute, Meeting, disputed, matrix, meetings
from claimtrack.graph.formats import GRAPH_FORMATS, write_graph
from claimtrack.graph.paths import Link, in_words, path
from claimtrack.graph.reading import find
from claimtrack.graph.witnesses import Witness, Witnesses, witnesses

__all__ = [
    "EDGE_KINDS", "GRAPH_FORMATS", "NODE_TYPES", "Change", "Dispute", "Link", "Meeting", "Step", "Witness", "Witnesses",
    "changed", "disputed", "find", "graph_of", "in_words", "matrix", "meetings", "node_id", "path", "witnesses",
    "write_graph",
]  # fmt: skip
