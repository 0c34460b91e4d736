"""A report in the form that superiors expect: salutation, matter, day and time, place, facts, situation, closing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.forms.forms import BEHALF, Answers, Form, level
from core.forms.showing import answer_lines
from core.kit.shortening import cut
from core.kit.texts import Texts
from core.privacy.masking import anonymous, signers

LENGTH = 3500  # characters; a message takes 4096
LINE = 300  # characters of one answer


@dataclass(frozen=True)
class Upward:
    """Everything that the text says; `reporter` is None where no name may be passed on."""

    form: Form
    answers: Answers
    number: str
    post: str
    path: Sequence[str]  # regions, the widest first
    occurred_at: datetime
    sent_at: datetime
    reporter: str | None
    agency: str  # of who passes it on: it decides how the superior is addressed
    state: str | None  # of the incident, if it is one
    media: int = 0
    text: str = ""  # as it was typed: it tells which names a confidential report keeps back
    signers: Collection[str] = ()  # of older versions


def upward_text(texts: Texts, language: str, report: Upward) -> str:
    """Return the report as plain text, ready to be copied; it fits one message."""

    def line(key: str, **values: str | int) -> str:
        return texts.plain(language, key, **values)

    answers = report.answers
    if report.reporter is None:
        names = {*report.signers, *signers(report.form, [(answers, report.text)])}
        answers, _ = anonymous(report.form, answers, "", names)
    note = str(answers.get(report.form.rest.id, "")) if report.form.rest else ""
    facts = [
        f"{number}. {label}: {cut(value, LINE)}"
        for number, (label, value) in enumerate(
            answer_lines(texts, language, report.form, {key: one for key, one in answers.items() if key != BEHALF}), 1
        )
    ]
    head = [
        line("upward-salutation", superior=line(f"upward-superior-{report.agency}")),
        "",
        line("upward-subject", title=report.form.title.text(language)),
        line("upward-day", day=texts.day(language, report.occurred_at)),
        line("upward-time", clock=texts.clock(language, report.occurred_at)),
        line("upward-place", post=report.post, path=", ".join(reversed(report.path))),
        "",
    ]
    tail = ["", *_situation(texts, language, report)]
    if report.media:
        tail.append(line("upward-media", count=report.media))
    tail += [line("upward-number", number=report.number, clock=texts.clock(language, report.sent_at)), ""]
    tail += [line("upward-closing"), *_signature(texts, language, report)]
    room = LENGTH - sum(len(one) + 1 for one in (*head, *facts, *tail))
    told = [line("upward-account", note=cut(note, max(room, 200)))] if note.strip() else []
    # Many long answers leave no room: the last ones give way, never the closing.
    while len("\n".join([*head, *facts, *told, *tail])) > LENGTH + LINE and facts:
        facts.pop()
    return "\n".join([*head, *facts, *told, *tail])


def _situation(texts: Texts, language: str, report: Upward) -> list[str]:
    """The closing line about the situation: how the incident stands, else how bad the answers are."""
    if report.state is not None:
        return [texts.plain(language, f"upward-state-{report.state}")]
    worst = level(report.form, report.answers)
    return [texts.plain(language, f"upward-level-{worst.value}")] if worst else []


def _signature(texts: Texts, language: str, report: Upward) -> list[str]:
    if report.reporter is None:
        return []
    behalf = report.answers.get(BEHALF)
    if behalf:
        return ["", texts.plain(language, "upward-behalf", behalf=str(behalf), name=report.reporter)]
    return ["", report.reporter]
