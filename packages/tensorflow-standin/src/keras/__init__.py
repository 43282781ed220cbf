"""Inert stand-in for `keras`: see `tensorflow_standin`."""

from tensorflow_standin import stand_in_for

stand_in_for(__name__)
