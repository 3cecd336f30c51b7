"""The optional meaning model: what a small sentence model makes of a question, beside its letters."""
