"""What Rasa imports for others is neither loaded to answer nor lost to whoever trains."""

import subprocess
import sys

LOADED = """
import sys
import bot.conversation.agent
assert not {"sklearn", "scipy.stats", "aiogram", "slack_sdk", "twilio"} & set(sys.modules), "more than needed"
import rasa.core.channels.slack
import sklearn.model_selection
import slack_sdk
assert sklearn.model_selection.train_test_split([1, 2, 3, 4], test_size=2)
assert rasa.core.channels.slack.SlackInput.name() == "slack"
"""


def test_stand_ins_are_there_only_while_rasa_is_imported() -> None:
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", LOADED], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
