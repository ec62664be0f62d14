"""The operations: each computes its result at once; none knows of the traces."""
