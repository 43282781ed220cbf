"""What holds for every tree: each way through it is short and ends in something to do."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from bot.benefits.rates import Segment
from bot.conversation.messages import BUTTON_PAYLOAD_LIMIT
from bot.register.core_system import (
    AppState,
    Biometric,
    Card,
    CardStatus,
    DataField,
    DataUpdate,
    LeaveReason,
)
from bot.texts import LANGUAGES, texts
from bot.troubleshooting.catalogue import ALL, BEGINS, TREES
from bot.troubleshooting.record import Record
from bot.troubleshooting.trees import Check, End, Outcome, Question, Switch, Tree, reached

MOST_QUESTIONS = 4
BRANCH_IS_NOT_ENOUGH = 120
"""Letters; a text shorter than this that names the branch says little else."""

CARD = Card("70000000011", "PT Contoh", Segment.PU, CardStatus.NON_ACTIVE, date(2020, 1, 1), None, None, True, True)
OPEN = replace(CARD, status=CardStatus.ACTIVE)


def a_record(
    update: DataUpdate = DataUpdate.DONE,
    failures: int = 0,
    locked: bool = False,
    registered: bool = True,
    cards: tuple[Card, ...] = (CARD,),
    balance: int = 0,
) -> Record:
    differing = (DataField.NAME,) if update is DataUpdate.MISMATCH else ()
    app = AppState(registered, update, differing, Biometric.LOCKED if locked else Biometric.OK, failures)
    active = any(card.status is CardStatus.ACTIVE for card in cards)
    return Record("Contoh", active, None, cards, app, balance, 15_000_000, date(2026, 11, 24))


def records() -> Iterator[Record | None]:
    hidden = replace(CARD, linked_in_app=False)
    hidden_active = replace(OPEN, linked_in_app=False)
    unposted = replace(OPEN, first_contribution_posted=False)
    every_cards = ((CARD,), (OPEN,), (hidden, OPEN), (hidden_active,), (unposted,), ())
    yield None
    for update, failures, registered, cards in product(DataUpdate, range(4), (True, False), every_cards):
        yield a_record(update, failures, failures > 2, registered, cards, 20_000_000 if registered else 0)


def ways(tree: Tree, record: Record | None, answers: dict[str, str] | None = None) -> Iterator[tuple[list[str], str]]:
    """Every way through a tree: the nodes passed, and the name of the last one."""
    answers = answers or {}
    place = reached(tree, record, answers)
    if not isinstance(place.node, Question):
        yield list(place.path), place.name
        return
    for option in place.node.options:
        yield from ways(tree, record, {**answers, place.name: option.key})


def follow(tree: Tree, name: str) -> tuple[str, ...]:
    """Where a node leads to directly."""
    match tree.nodes[name]:
        case Question(options):
            return tuple(option.next for option in options)
        case Check() as check:
            return (*check.branches.values(), check.unseen)
    return ()


def nodes_of(kind: type) -> Iterator[tuple[Tree, str]]:
    for tree in ALL:
        for name, node in tree.nodes.items():
            if isinstance(node, kind):
                yield tree, name


def ends() -> Iterator[tuple[str, End]]:
    for tree in ALL:
        for name, node in tree.nodes.items():
            if isinstance(node, End):
                yield name, node


@pytest.mark.parametrize("tree", ALL, ids=lambda tree: tree.name)
def test_every_node_is_reached(tree: Tree) -> None:
    seen, open_ = set(), [tree.start]
    while open_:
        name = open_.pop()
        seen.add(name)
        open_ += [following for following in follow(tree, name) if following not in seen]
    assert seen == set(tree.nodes)


@pytest.mark.parametrize("tree", ALL, ids=lambda tree: tree.name)
def test_no_way_asks_more_than_four_questions(tree: Tree) -> None:
    for record in records():
        for path, last in ways(tree, record):
            more = longest(tree.nodes[last]) if isinstance(tree.nodes[last], Switch) else 0
            assert len(path) + more <= MOST_QUESTIONS, (path, last)


def longest(switch: object) -> int:
    assert isinstance(switch, Switch)
    other = TREES[switch.tree]
    answered = dict(switch.answers)
    return max(len([name for name in path if name not in answered]) for path, _ in ways(other, None, answered))


@pytest.mark.parametrize("tree", ALL, ids=lambda tree: tree.name)
def test_without_a_record_every_way_ends_too(tree: Tree) -> None:
    for _, last in ways(tree, None):
        assert isinstance(tree.nodes[last], End | Switch)


def test_an_end_never_only_names_the_branch() -> None:
    """A fix names a step, a case has its kind, and a visit says what to bring (in a text of its own)."""
    looked_at = 0
    for name, end in ends():
        text = texts("id")[f"troubleshooting.{name}"]
        looked_at += 1
        if end.outcome is Outcome.CASE:
            assert end.case, name
        names_branch = "cabang" in text.lower() or "175" in text
        assert not names_branch or len(text) > BRANCH_IS_NOT_ENOUGH or end.outcome is not Outcome.FIX, name
    assert looked_at > 40
    assert all(word in texts("id")["troubleshooting.visit"] for word in ("KTP", "KPJ", "Senin"))


def test_every_text_of_a_tree_is_there_in_both_languages() -> None:
    needed = {f"troubleshooting.{name}" for kind in (Question, End) for _, name in nodes_of(kind)}
    needed |= {f"troubleshooting.{tree.name}_intro" for tree in ALL if not isinstance(tree.nodes[tree.start], End)}
    for tree, name in nodes_of(Question):
        options = tree.nodes[name].options  # type: ignore[union-attr]
        needed |= {f"troubleshooting.option_{option.key}" for option in options if option.shown}
    assert len(needed) > 100
    for language in LANGUAGES:
        assert needed - set(texts(language)) == set()


def test_a_name_means_the_same_in_every_tree() -> None:
    """Nodes that share a name share their text."""
    kinds: dict[str, set[type]] = {}
    for tree in ALL:
        for name, node in tree.nodes.items():
            kinds.setdefault(name, set()).add(type(node))
    assert [name for name, found in kinds.items() if len(found) > 1] == []


def test_every_option_fits_into_a_button() -> None:
    payloads = [
        f'/inform{{"choice":"{tree.name}.{name}.{option.key}"}}'
        for tree, name in nodes_of(Question)
        for option in tree.nodes[name].options  # type: ignore[union-attr]
    ]
    assert len(payloads) > 80
    assert [payload for payload in payloads if len(payload.encode()) > BUTTON_PAYLOAD_LIMIT] == []


def test_every_option_can_be_typed_where_yes_and_no_dont_do() -> None:
    silent = [
        (name, option.key)
        for tree, name in nodes_of(Question)
        for option in tree.nodes[name].options  # type: ignore[union-attr]
        if not option.words and option.key not in ("yes", "no")
    ]
    assert silent == []


def test_what_only_the_record_tells_is_never_said_without_one() -> None:
    looked_at = 0
    for tree in ALL:
        for path, last in ways(tree, None):
            for name in (*path, last):
                looked_at += 1
                text = texts("id").get(f"troubleshooting.{name}", "")
                assert "{cards}" not in text and "{balance}" not in text, name
    assert looked_at > 100


def test_every_intent_begins_a_tree_that_there_is() -> None:
    assert set(BEGINS.values()) <= set(TREES)
    assert {tree.name for tree in ALL} - set(BEGINS.values()) == {"problems", "code_040"}


def test_a_changed_answer_leads_elsewhere_and_drops_what_followed() -> None:
    tree = TREES["login"]
    answers = {"login_what": "password", "login_mailbox": "have"}
    assert reached(tree, None, answers).name == "login_password"
    place = reached(tree, None, {**answers, "login_what": "locked"})
    assert (place.name, place.path) == ("login_wait", ("login_what",))


def test_what_the_record_shows_later_is_looked_at() -> None:
    tree = TREES["face"]
    assert reached(tree, None, {}).name == "face_count"
    assert reached(tree, a_record(locked=True, failures=3), {}).name == "face_locked"
    assert reached(tree, a_record(failures=1), {}).name == "face_try2"


@pytest.mark.parametrize(
    ("cards", "update", "end"),
    [
        ((replace(OPEN, linked_in_app=False),), DataUpdate.DONE, "card_unlinked"),
        ((OPEN,), DataUpdate.MISMATCH, "card_mismatch"),
        ((replace(OPEN, first_contribution_posted=False),), DataUpdate.DONE, "card_not_posted"),
        ((replace(CARD, linked_in_app=False, leave_reason=LeaveReason.RESIGNED),), DataUpdate.DONE, "card_old"),
        ((OPEN,), DataUpdate.DONE, "card_fine"),
    ],
)
def test_the_causes_of_a_missing_card_in_their_order(cards: tuple[Card, ...], update: DataUpdate, end: str) -> None:
    assert reached(TREES["card"], a_record(update, cards=cards), {}).name == end
