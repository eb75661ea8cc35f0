"""Sightings become rows, for keeps: one SQLite file, and what the person owns in tables of its own."""
