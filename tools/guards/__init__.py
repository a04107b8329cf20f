"""What the house forbids, as plain functions over a source tree: each answers with the breaches it finds."""
