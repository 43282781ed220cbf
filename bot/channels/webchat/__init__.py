"""The parts of the web chat: its page, who a visitor is, what was said, and news as it happens."""
