"""What the assistant knows beside its flows: entries by programme, and the search that finds one for a question.

`search.search(question)` ranks entries, `entries.entry_of(id)` gives one, `jmo faq check` says whether all hold.
"""
