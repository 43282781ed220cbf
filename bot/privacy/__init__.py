"""Personal data: encrypted where it rests, looked up by a keyed hash, kept out of the logs."""
