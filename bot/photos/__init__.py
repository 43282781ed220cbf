"""Photos of faces: whether one is good enough to be compared, and who compares it."""
