"""The summary in words: who reported, what is wrong, who is silent, how long until the event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from core.calendar.calendar import Countdown
from core.calendar.days import days_line
from core.forms.forms import Level
from core.forms.severity import Severity
from core.incidents.streak import Streak, streak_line
from core.kit.ages import age_text
from core.kit.texts import Markup, Texts
from core.overview.form_totals import FormPart, form_lines

CELLS = 8  # width of a bar; more breaks the line on a small phone
LEVEL_SYMBOLS = {Level.OK: "🟢", Level.WATCH: "🟡", Level.BAD: "🟠", Level.WORST: "🔴"}
SILENT_SHOWN = 8


@dataclass(frozen=True)
class SubRegion:
    """A sub-region: how many posts were to report and how many did, and the levels they gave."""

    name: str
    expected: int
    reported: int
    levels: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class OpenIncidents:
    """Incidents of one severity that are not resolved."""

    severity: Severity
    count: int
    oldest: datetime
    unowned: int = 0  # that wait for somebody to take them
    overdue: int = 0  # whose deadline has passed


@dataclass(frozen=True)
class Silent:
    """A post that is due and has not reported."""

    name: str
    code: str
    path: Sequence[str]


@dataclass(frozen=True)
class Total:
    """The sum of one field's answers; a ratio has two numbers."""

    label: dict[str, str]
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Situation:
    """Everything a summary says of a region in its windows."""

    region: Sequence[str]
    windows: Sequence[tuple[dict[str, str], datetime, datetime, str]]  # labels, opens, closes, state
    parts: Sequence[SubRegion]
    open_incidents: Sequence[OpenIncidents]
    silent: Sequence[Silent]
    unmanned: int  # posts that nobody is assigned to
    totals: Sequence[Total]
    forms: Sequence[FormPart] = ()  # what stands now of the other forms
    streak: Streak | None = None  # since the last conflict

    @property
    def expected(self) -> int:
        """How many posts were to report."""
        return sum(part.expected for part in self.parts)

    @property
    def reported(self) -> int:
        """How many posts reported."""
        return sum(part.reported for part in self.parts)


def bar(reported: int, expected: int) -> str:
    """Draw a share; full only when nobody is missing, empty only when nobody reported."""
    if expected <= 0:
        return "▱" * CELLS
    cells = round(CELLS * reported / expected)
    if 0 < reported < expected:
        cells = min(max(cells, 1), CELLS - 1)
    return "▰" * cells + "▱" * (CELLS - cells)


def summary_text(texts: Texts, language: str, situation: Situation, countdown: Countdown, *, now: datetime) -> Markup:
    """Render the summary: reported, wrong, incidents, silent, totals, other forms, days to the event."""
    lines = [
        texts.html(
            language,
            "summary-title",
            region=" › ".join(situation.region),
            time=f"{texts.day(language, now)} {texts.clock(language, now)}",
        )
    ]
    lines += _windows(texts, language, situation)
    lines += _reported(texts, language, situation)
    lines += _incidents(texts, language, situation, now=now)
    streak = streak_line(texts, language, situation.streak, now=now)
    lines += [streak] if streak else []
    lines += _silent(texts, language, situation)
    lines += [
        texts.html(
            language,
            "summary-total",
            label=total.label[language],
            value="/".join(texts.number(language, number) for number in total.numbers),
        )
        for total in situation.totals
    ]
    for part in situation.forms:
        lines += [Markup(""), *form_lines(texts, language, part)]
    lines += [Markup("")] if situation.forms else []
    lines.append(days_line(texts, language, countdown))
    return Markup("\n".join(lines))


def _windows(texts: Texts, language: str, situation: Situation) -> list[Markup]:
    return [
        texts.html(
            language,
            f"summary-window-{state}",
            label=label[language],
            opens=texts.hour(language, opens),
            closes=texts.clock(language, closes),
        )
        for label, opens, closes, state in situation.windows
    ]


def _reported(texts: Texts, language: str, situation: Situation) -> list[Markup]:
    if not situation.expected:
        return [Markup(""), texts.html(language, "summary-none-due")]
    share = round(100 * situation.reported / situation.expected)
    lines = [
        Markup(""),
        texts.html(
            language,
            "summary-reported",
            reported=texts.number(language, situation.reported),
            expected=texts.number(language, situation.expected),
            share=share,
        ),
    ]
    for part in situation.parts:
        wrong = "".join(
            f" {LEVEL_SYMBOLS[level]}{part.levels[level]}" for level in list(Level)[1:] if part.levels.get(level)
        )
        lines.append(
            texts.html(
                language,
                "summary-part",
                bar=bar(part.reported, part.expected),
                reported=texts.number(language, part.reported),
                expected=texts.number(language, part.expected),
                name=part.name,
                wrong=wrong,
            )
        )
    counts = {level: sum(part.levels.get(level, 0) for part in situation.parts) for level in Level}
    words = " · ".join(
        f"{LEVEL_SYMBOLS[level]} {texts.plain(language, f'level-{level}')} {counts[level]}"
        for level in Level
        if counts[level]
    )
    return [*lines, texts.html(language, "summary-levels", words=words)] if words else lines


def _incidents(texts: Texts, language: str, situation: Situation, *, now: datetime) -> list[Markup]:
    if not situation.open_incidents:
        return [Markup(""), texts.html(language, "summary-no-incidents")]
    lines = [Markup(""), _open_line(texts, language, situation.open_incidents)]
    return lines + [
        texts.html(
            language,
            "summary-incident",
            symbol=item.severity.symbol,
            severity=texts.plain(language, f"severity-{item.severity}"),
            count=item.count,
            age=age_text(texts, language, now - item.oldest),
        )
        for item in situation.open_incidents
    ]


def _open_line(texts: Texts, language: str, found: Sequence[OpenIncidents]) -> Markup:
    """How many are open, and of these how many wait for somebody or are overdue."""
    told = (
        ("summary-unowned", sum(item.unowned for item in found)),
        ("summary-overdue", sum(item.overdue for item in found)),
    )
    parts = [texts.plain(language, key, count=count) for key, count in told if count]
    note = f" ({', '.join(parts)})" if parts else ""
    return texts.html(language, "summary-incidents", count=sum(item.count for item in found), note=note)


def _silent(texts: Texts, language: str, situation: Situation) -> list[Markup]:
    missing = situation.expected - situation.reported
    if missing <= 0:
        return [Markup(""), texts.html(language, "summary-all-reported")] if situation.expected else []
    lines = [Markup(""), texts.html(language, "summary-silent", count=texts.number(language, missing))]
    lines += [
        texts.html(language, "summary-silent-post", name=item.name, place=", ".join(reversed(item.path)))
        if item.path
        else texts.html(language, "summary-silent-here", name=item.name)
        for item in situation.silent[:SILENT_SHOWN]
    ]
    more = missing - min(len(situation.silent), SILENT_SHOWN)
    if more > 0:
        lines.append(texts.html(language, "summary-silent-more", count=texts.number(language, more)))
    if situation.unmanned:
        lines.append(texts.html(language, "summary-unmanned", count=texts.number(language, situation.unmanned)))
    return lines
