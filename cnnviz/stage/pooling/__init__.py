"""Pooling on stage: what it is about (`subject`), its pictures (`view`), its words and its story (`lesson`)."""
