"""Strides on stage: what the lesson is about (`subject`) and its pictures (`view`)."""
