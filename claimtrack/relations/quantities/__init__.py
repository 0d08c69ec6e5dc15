"""Quantities in claims: read from plain text as intervals, and compared.

:func:`quantities_of` reads them, :func:`comparable` tells whether two measure the same, :func:`compare` how they stand
to each other, and :func:`compare_texts` matches those of two claims.
"""

from claimtrack.relations.quantities.comparable import comparable
from claimtrack.relations.quantities.compare import Comparison, compare, compare_texts
from claimtrack.relations.quantities.parse import quantities_of
from claimtrack.relations.quantities.quantity import Quantity

__all__ = ["Comparison", "Quantity", "comparable", "compare", "compare_texts", "quantities_of"]
