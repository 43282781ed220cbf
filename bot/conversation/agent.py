"""Rasa in process: what the participant wants, and which action answers it.

Everything happens inside the turn's transaction: the tracker lives in the conversation's row, custom actions
run here instead of on an action server, and an exception of an action fails the turn, which is tried again,
instead of leaving the participant without an answer.
"""

# Before anything of Rasa, whose memory it spares.
import bot.conversation.lean_rasa  # noqa: F401

# isort: split
import functools
from pathlib import Path
from typing import Any

import rasa.core.processor
import rasa.shared.utils.common
from rasa.core.actions.action import Action as RasaAction
from rasa.core.actions.action import ActionExecutionRejection, RemoteAction
from rasa.core.actions.loops import LoopAction
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.core.policies.policy import PolicyPrediction
from rasa.engine.loader import load_predict_graph_runner
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.storage import ModelMetadata
from rasa.model import get_latest_model
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.core.events import ActionExecutionRejected
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity
from rasa.utils.common import TempDirectoryPath, get_temp_dir_name
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor

from bot.conversation.graph_runner import InOrderGraphRunner
from bot.conversation.messages import Reply
from bot.conversation.tracker_store import TurnTrackerStore
from bot.conversation.turn_context import SAID, Turn, current_turn, enter_turn
from bot.errors import SettingsError
from nlu.components.decision import DOUBTFUL


class Agent:
    """The trained assistant."""

    def __init__(self, model_folder: Path) -> None:
        """Load the newest model of a folder; raises `SettingsError` when there is none."""
        model = get_latest_model(str(model_folder))
        if model is None:
            raise SettingsError(f"There is no trained model in {model_folder}: run 'jmo train' first")
        self._processor = _TurnProcessor(Path(model))

    async def answer(self, turn: Turn, text: str) -> list[Reply]:
        """Take the turn's text (personal numbers already taken out) and collect the replies."""
        enter_turn(turn)
        collector = _ReplyCollector()
        sender = str(turn.conversation.id)
        await self._processor.handle_message(UserMessage(text, collector, sender, input_channel=turn.message.channel))
        return collector.replies

    async def understood(self, text: str) -> dict[str, Any]:
        """What Rasa reads in a message, without answering it."""
        parsed: dict[str, Any] = await self._processor.parse_message(UserMessage(text))
        return parsed


class InProcessActions(EndpointConfig):
    """An action endpoint without a server: runs the actions of `bot.actions` in the turn's transaction."""

    def __init__(self) -> None:
        super().__init__(selective_domain=True)
        self._executor = ActionExecutor()
        self._executor.register_package("bot.actions")

    async def request(self, *_: Any, json: dict[str, Any], **__: Any) -> Any:
        return await self._executor.run(json)


class _TurnProcessor(rasa.core.processor.MessageProcessor):
    def __init__(self, model: Path) -> None:
        super().__init__(
            model_path=model,
            tracker_store=TurnTrackerStore(None),
            lock_store=InMemoryLockStore(),  # unused: the inbox keeps the order within a chat
            generator=_NoResponses(),
            action_endpoint=InProcessActions(),
        )
        self.tracker_store.domain = self.domain

    @staticmethod
    def _load_model(model_path: str | Path) -> tuple[str, ModelMetadata, GraphRunner]:
        with TempDirectoryPath(get_temp_dir_name()) as folder:
            metadata, runner = load_predict_graph_runner(
                Path(folder), Path(model_path), LocalModelStorage, InOrderGraphRunner
            )
        return Path(model_path).name, metadata, runner

    async def _update_tracker_session(self, *_: Any, **__: Any) -> None:
        """A conversation has no sessions: it goes on where it was, days later too."""

    async def run_action_extract_slots(self, _: OutputChannel, tracker: DialogueStateTracker) -> DialogueStateTracker:
        """Only actions set slots: the domain maps none to an intent, an entity or a text, as a test makes sure."""
        return tracker

    def _parse_message_with_graph(
        self, message: UserMessage, tracker: DialogueStateTracker, only_output_properties: bool = True
    ) -> dict[str, Any]:
        """A form's question is not left on a doubt: what may be an answer to it is not taken for another need."""
        parsed: dict[str, Any] = super()._parse_message_with_graph(message, tracker, only_output_properties)
        if parsed.get(DOUBTFUL) and tracker.active_loop_name:
            parsed["intent"] = {"name": DEFAULT_NLU_FALLBACK_INTENT_NAME, "confidence": 1.0}
        return parsed

    @staticmethod
    def _log_slots(tracker: DialogueStateTracker) -> None:
        """Nobody reads this; Rasa writes all slots down for it, whatever is logged."""

    def _check_for_unseen_features(self, parse_data: dict[str, Any]) -> None:
        """The model knows no intent that its domain doesn't have; Rasa builds an empty domain to find out."""

    async def _run_action(
        self,
        action: RasaAction,
        tracker: DialogueStateTracker,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        prediction: PolicyPrediction,
    ) -> bool:
        """Run an action as Rasa does, but let its exception reach the turn, and copy nothing for debug logs."""
        scratch = tracker
        if prediction.events and isinstance(action, LoopAction):  # they count only if the form isn't rejected
            scratch = tracker.copy()
            scratch.update_with_events(prediction.events, self.domain)
        try:
            events = await action.run(output_channel, nlg, scratch, self.domain)
        except ActionExecutionRejection:
            tracker.update(ActionExecutionRejected(action.name(), prediction.policy_name, prediction.max_confidence))
            return bool(self.should_predict_another_action(action.name()))
        tracker.update_with_events(prediction.events, self.domain)
        tracker.update(action.event_for_successful_execution(prediction))
        tracker.update_with_events(events, self.domain)
        await self._send_bot_messages(events, tracker, output_channel)
        return bool(self.should_predict_another_action(action.name()))


class _NoResponses(NaturalLanguageGenerator):
    """All texts come from actions, which know the language and the facts of the day."""

    async def generate(self, utter_action: str, tracker: Any, output_channel: str, **_: Any) -> dict[str, Any]:
        raise LookupError(f"the domain has no response {utter_action}")


class _ReplyCollector(OutputChannel):
    def __init__(self) -> None:
        self.replies: list[Reply] = []

    @classmethod
    def name(cls) -> str:
        return "turn"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        self.replies.append(current_turn().said[message["custom"][SAID]])


def _call_without_history(self: RemoteAction, tracker: DialogueStateTracker, _: Any) -> dict[str, Any]:
    state = tracker.current_state(EventVerbosity.NONE)
    return {"next_action": self.name(), "sender_id": tracker.sender_id, "tracker": {**state, "events": []}}


def _trust_own_actions(_: RemoteAction, __: dict[str, Any]) -> bool:
    return True


def _copy_of_slot(self: Slot) -> Slot:
    copied: Slot = object.__new__(type(self))
    copied.__dict__.update(self.__dict__)
    return copied


# Rasa copies every slot for each tracker, of which a turn needs a few; this is what copy.copy() does, without the
# detour through pickle's protocol.
Slot.__copy__ = _copy_of_slot

# What an action server on another machine needs costs a turn more than its actions do, and ours run here, typed:
# Rasa sends them the whole dialogue and checks each result against a JSON schema. And for every event it lists
# all kinds of events anew, which are fixed since the import.
RemoteAction._validate_action_result = _trust_own_actions
RemoteAction._action_call_format = _call_without_history
rasa.shared.utils.common.all_subclasses = functools.cache(rasa.shared.utils.common.all_subclasses)
