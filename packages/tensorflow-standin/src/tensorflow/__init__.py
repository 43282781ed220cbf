"""Inert stand-in for `tensorflow`: see `tensorflow_standin`."""

from tensorflow_standin import stand_in_for

stand_in_for(__name__)

__version__ = "2.12.0"
