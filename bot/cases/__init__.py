"""What takes longer than a chat: one case number for a claim, a correction, a reset, a check."""
