"""What operators watch at `/metrics`. No label ever holds anything personal."""

from prometheus_client import Counter, Gauge, Histogram

turns = Counter("jmo_turns_total", "Turns by channel and outcome", ["channel", "outcome"])
turn_seconds = Histogram(
    "jmo_turn_seconds",
    "Time of a turn up to its commit",
    ["channel"],
    buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5),
)
inbox_open = Gauge("jmo_inbox_open", "Messages that wait for their turn")
outbox_open = Gauge("jmo_outbox_open", "Replies that wait to be sent")
