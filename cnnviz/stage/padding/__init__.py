"""Padding modes on stage: the `subject`, one mode large (`view`, `arcs`), and all of them side by side (`board`)."""
