"""All trees, and which one an intent begins."""

from bot.troubleshooting.account import DEVICE, LOGIN, REGISTRATION
from bot.troubleshooting.app import APP, PROBLEMS
from bot.troubleshooting.biometrics import FACE
from bot.troubleshooting.card import CARD, MERGE
from bot.troubleshooting.claim import CLAIM, CODE_040
from bot.troubleshooting.data_update import DATA
from bot.troubleshooting.no_phone import NO_PHONE, OLD_PHONE
from bot.troubleshooting.trees import Tree

ALL = (CARD, DATA, FACE, NO_PHONE, PROBLEMS, APP, OLD_PHONE, LOGIN, DEVICE, REGISTRATION, MERGE, CLAIM, CODE_040)
TREES: dict[str, Tree] = {tree.name: tree for tree in ALL}

BEGINS = {
    "digital_card": "card",
    "data_update": "data",
    "biometric_failed": "face",
    "no_smartphone": "no_phone",
    "app_error": "app",
    "compatibility": "old_phone",
    "login_failed": "login",
    "old_device": "device",
    "registration_otp": "registration",
    "link_card": "merge",
    "claim_failed": "claim",
}
"""Intent: the tree that it begins."""
