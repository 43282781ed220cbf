"""The officers' web desk at `/petugas`."""
