"""What a turn costs, beside a stock Rasa server with the same model: `python -m bench`."""
