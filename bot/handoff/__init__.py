"""Hand-off to people: the queue, who has the floor, opening hours, deadlines."""
