"""Writes docs/nlu.md: how well messages are understood, by which method, and with which command it was measured."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from nlu.benchmark import (
    NOISE,
    Examples,
    Wild,
    as_stored,
    in_milliseconds,
    measure_data_set,
    measure_messages,
    noisy,
    own_decision,
    own_examples,
    own_recipe,
    own_test_set,
    parse_times,
    ranking,
)
from nlu.components.linear_model import LinearModel
from nlu.components.training import learn

PICTURE = "nlu-confusions.png"
WORST = 10

_METHOD = """## Method

Words are brought to one spelling (`nlu/lexicon.yml`; one slip is read as the word it comes from). Words, pairs of
words, pieces of words, words without vowels and what the words are about (`nlu/concepts.yml`) go into linear
support vector machines, which are also taught with noised copies and with longer messages: a need said twice, or with
greetings, praise or anger around it. Three of them, each with noise of its own, are averaged, so that chance decides
less. A temperature fitted on a part held out makes the margins probabilities.

Intents that get much the same answer count as one family (`config.yml`). The likeliest family is answered

- alone at a confidence of {sure_threshold}, if it is {sure_lead:g} times as likely as the second;
- with up to three other needs as buttons ("Maksud saya: …") from {doubtful_threshold} on, if it is {doubtful_lead}
  times as likely; outside a form, and only what does nothing at once: to log out, to cancel or to fetch a person needs
  {threshold} and {lead} times, as an answer within a form does. Small talk needs {small_talk_threshold}.

Otherwise up to three needs are offered, knowledge that fits among them (`docs/decisions/0007-answer-on-a-doubt.md`).
These figures were chosen with the training data cross-validated and with a look at the messages of the wild, over four
models of different noise: a lower threshold answers more at once, and more of it wrongly."""

_DATA_SET = """## MASSIVE 1.1, Indonesian

`jmo nlu report --massive DIR`, or `jmo nlu benchmark DIR` for any data set: learnt from train, measured on test, with
the component's defaults. The noise of the test (swapped, missed, doubled and neighbouring keys) is none of the
training's (lost vowels, cut ends, random letters).
"""

_CURES = """What would cure them: most of what is asked back speaks of two needs at once (a face refused while claiming,
a site that hangs while making an appointment), where more examples of long messages help. Reviews that praise a
feature by name sound like a request for it. Whether a claim is allowed, how it is made and why it is refused often
differ in one word ("bisa", "cara", "kok"), where more pairs of near examples help.
"""

_COUNTED = """An answer that isn't sure asks beside whether something else was meant. It can be counted as given or as
asked, but not as both: as given, "right at once" stands beside "answered on another topic"; as asked, the two lines
"nothing asked beside" belong together. Either way one of the targets (85% right at once, 5% wrong) is missed.
"""

_OWN = """## Our own test set

{count} messages in conversation style (`nlu/test_messages.csv`), none of them learnt from. They were written by who
wrote the training data, so they are easier than strangers' messages.
"""


def write_report(
    docs: Path, massive: Path | None = None, messages: Path | None = None, seconds_in_rasa: Sequence[float] = ()
) -> str:
    """Measure, write `docs`/nlu.md and its picture, and return the page.

    `seconds_in_rasa` are what the running assistant takes to understand the messages of our own test set.
    """
    started = time.process_time()
    learnt = learn(*own_examples(), own_recipe())
    seconds = time.process_time() - started
    model, size = as_stored(learnt)
    said = answers(model, own_test_set()[0])
    texts, intents = own_test_set()
    heard = said + answers(model, noisy((texts, intents), NOISE)[0])
    draw_confusions(intents * 2, heard, docs / "images" / PICTURE)
    page = "\n".join(
        [
            *_head(),
            *_own(model, said, seconds, size, seconds_in_rasa),
            *(_wild(measure_messages(messages, model), messages) if messages else ()),
            *(_data_set(measure_data_set(massive)) if massive else ()),
            *_method(),
        ]
    )
    (docs / "nlu.md").write_text(page + "\n", encoding="utf-8")
    return page


def answers(model: LinearModel, texts: Iterable[str]) -> list[str]:
    """The likeliest intent of each text, whether it would be answered or asked about."""
    return [model.labels[int(np.argmax(model.confidences(text)))] for text in texts]


def draw_confusions(truths: list[str], said: list[str], path: Path) -> None:
    """A matrix of intents, what was meant by what was understood; only the intents that are ever confused."""
    pairs = Counter((meant, heard) for meant, heard in zip(truths, said, strict=True) if meant != heard)
    names = sorted({name for pair in pairs for name in pair})
    figure = Figure(figsize=(0.32 * len(names) + 3, 0.32 * len(names) + 2.5), layout="constrained")
    axes = figure.add_subplot()
    counts = np.array([[pairs[meant, heard] for heard in names] for meant in names] or [[0]])
    axes.imshow(counts, cmap="Blues", vmin=0, vmax=2 * max(counts.max(), 1))
    for row, column in zip(*counts.nonzero(), strict=True):
        axes.text(column, row, str(counts[row, column]), ha="center", va="center", fontsize=8)
    axes.set_xticks(range(len(names)), names, rotation=90, fontsize=8)
    axes.set_yticks(range(len(names)), names, fontsize=8)
    axes.set(xlabel="understood", ylabel="meant", title="Intents confused in our own test set, clean and noisy")
    FigureCanvasAgg(figure).print_figure(path, dpi=110, metadata={"Software": None})


def _head() -> Iterator[str]:
    yield "# How messages are understood"
    yield ""
    yield "`make nlu-report` (`jmo nlu report`) measures what is on this page and writes it anew;"
    yield "`--messages FILE` and `--massive DIR` add the parts whose data isn't in the repository."
    yield ""


def _own(
    model: LinearModel, said: list[str], seconds: float, size: int, seconds_in_rasa: Sequence[float]
) -> Iterator[str]:
    test = own_test_set()
    slips = noisy(test, NOISE)
    right = _right(test[1], said)
    yield _OWN.format(count=len(said))
    yield from _table(
        ("measure", "value"),
        [
            ("intent right", f"{right:.1%}"),
            (
                f"with a slip of the finger in {NOISE:.0%} of the words",
                f"{_right(slips[1], answers(model, slips[0])):.1%}",
            ),
            ("answered at once and right", f"{_at_once(model, test):.1%}"),
            ("examples learnt from", str(len(own_examples()[0]))),
            ("training, processor time", f"{seconds:.0f} s"),
            ("model", f"{size / 1e6:.1f} MB"),
            *parse_times(model, test[0]).items(),
            *([("a message inside Rasa, p50 / p95", in_milliseconds(seconds_in_rasa))] if seconds_in_rasa else ()),
        ],
    )
    yield "The intents that are understood worst:"
    yield ""
    yield from _table(("intent", "messages", "right", "taken for"), _by_intent(test[1], said)[:WORST])
    yield f"![Which intents are confused with which, clean and noisy](images/{PICTURE})"
    yield ""


def _by_intent(truths: list[str], said: list[str]) -> list[tuple[str, ...]]:
    """Each intent with its messages, the share that is right and what the others were taken for, the worst first."""
    rows = []
    for intent, count in Counter(truths).items():
        taken = Counter(heard for meant, heard in zip(truths, said, strict=True) if meant == intent)
        wrong = ", ".join(f"{heard} ({n})" for heard, n in taken.most_common() if heard != intent)
        rows.append((taken[intent] / count, intent, count, wrong))
    return [(intent, str(count), f"{right:.0%}", wrong) for right, intent, count, wrong in sorted(rows)]


def _wild(wild: Wild, path: Path) -> Iterator[str]:
    yield "## Messages of the wild"
    yield ""
    yield f"`jmo nlu report --messages {path.name}`: reviews of the app, labelled by topic. None is learnt from."
    yield ""
    yield from _table(("measure", "value"), list(wild.shares.items()))
    yield _COUNTED
    yield "The worst confusions (topic → what was answered):"
    yield ""
    yield from _table(("confusion", "messages"), [(what, str(count)) for what, count in wild.confusions[:WORST]])
    yield _CURES


def _data_set(rows: dict[str, str]) -> Iterator[str]:
    yield _DATA_SET
    yield from _table(("measure", "value"), list(rows.items()))


def _method() -> Iterator[str]:
    decision = own_decision()
    yield _METHOD.format(**vars(decision))


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    for cells in (heads, ("---",) * len(heads), *rows):
        yield f"| {' | '.join(cells)} |"
    yield ""


def _right(truths: list[str], said: list[str]) -> float:
    return float(np.mean([meant == heard for meant, heard in zip(truths, said, strict=True)]))


def _at_once(model: LinearModel, examples: Examples) -> float:
    decision = own_decision()
    return float(np.mean([decision.answered(ranking(model, t)) == meant for t, meant in zip(*examples, strict=True)]))
