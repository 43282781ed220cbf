"""Who writes, and what they may see: levels, verification, one-time codes."""
