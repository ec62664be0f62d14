"""Receptive fields on stage: what the lesson is about (`subject`) and the cone of one neuron (`cone`)."""
