"""Reading what people type: sums, years, rates, dates and personal numbers. Pure; no text makes it raise."""
