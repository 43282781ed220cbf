"""The training data holds what it promises."""

from collections import Counter

import yaml

from nlu.benchmark import NLU, own_examples, topics_of_intents
from nlu.components.normaliser import words_of

MAIN = (
    "help cancel change_input inform check_balance contributions simulate_jht simulate_jp digital_card link_card "
    "data_update biometric_failed claim_conditions claim_how claim_status claim_failed login_failed "
    "registration_otp old_device app_error contact_branch fraud human out_of_scope"
).split()


def test_no_text_belongs_to_two_intents_however_it_is_spelt() -> None:
    intents: dict[tuple[str, ...], set[str]] = {}
    for text, intent in zip(*own_examples(), strict=True):
        intents.setdefault(tuple(words_of(text)), set()).add(intent)
    assert {words: names for words, names in intents.items() if len(names) > 1} == {}


def test_no_text_is_given_twice() -> None:
    texts = Counter(own_examples()[0])
    assert [text for text, count in texts.items() if count > 1] == []


def test_main_intents_have_forty_examples_and_others_twenty() -> None:
    counts = Counter(own_examples()[1])
    few = {name: count for name, count in counts.items() if count < (40 if name in MAIN else 20)}
    assert few == {} and set(MAIN) <= set(counts)


def test_every_intent_of_the_data_is_one_of_the_domain() -> None:
    domain = yaml.safe_load((NLU.parent / "domain.yml").read_text(encoding="utf-8"))
    assert set(own_examples()[1]) <= set(domain["intents"])


def test_every_intent_has_its_topic_for_measuring() -> None:
    assert set(own_examples()[1]) == set(topics_of_intents())


def test_no_real_looking_personal_number_is_in_the_data() -> None:
    assert [text for text in own_examples()[0] if sum(map(str.isdigit, text)) > 9] == []
