"""Reading what people type: amounts, durations, percentages, dates and personal numbers. Pure; never raises on any text."""
