"""The pure rules of the social security programmes: no I/O, and nothing of the rest of the assistant.

Figures live in dated tables, each row with its source. "FAQ n" names entry n of the official
question-and-answer pages of BPJS Ketenagakerjaan as read in mid 2025; PP and Permenaker are government and
ministerial regulations.
Programmes: JHT (old age), JP (pension), JKK (work accident), JKM (death), JKP (job loss).
"""
