"""How long everybody has: officers, participants, and what is left for later."""

from datetime import timedelta

FIRST_ANSWER = timedelta(minutes=5)
"""In which a waiting participant should be taken."""
OFFICER_SILENT = timedelta(minutes=5)
PARTICIPANT_SILENT = timedelta(minutes=10)
"""Until the reminder, and as long again until the end."""
MESSAGE_ANSWER = timedelta(hours=8)
"""Of open hours, in which a message that was left is answered."""
WRITING = timedelta(minutes=15)
"""In which a message that was announced is written."""
LOOK_AGAIN = timedelta(days=1)
"""Where the calendar gives no time."""
NOT_ASKED_AGAIN = timedelta(hours=1)
REOPEN_WITHIN = timedelta(hours=24)
