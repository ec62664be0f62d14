"""One clip or many by several processes, on this machine or on a cluster."""
