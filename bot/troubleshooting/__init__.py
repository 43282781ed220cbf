"""Troubleshooting as data: trees that look at the record first, ask only what it doesn't show, and end in a way out."""
