"""Journeys: what people and officers do in a real browser, against the demo as `make run` starts it."""
