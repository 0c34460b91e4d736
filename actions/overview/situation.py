"""The situation of a region: what its summary says, gathered for the windows that stand now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from core.calendar.windows import WindowRef, current_window, rules_on, window_rule
from core.desk import Desk
from core.forms.forms import Form, Summary
from core.overview.form_totals import FormPart, shown_forms
from core.overview.summary import SILENT_SHOWN, Silent, Situation, SubRegion
from core.territory.posts import PostKind
from storage.database.engine import Tx
from storage.incidents.streak import streak_of
from storage.overview import form_totals, summary

FORM = "status"  # the form whose silence counts


async def gather(tx: Tx, desk: Desk, region_code: str, *, now: datetime) -> Situation:
    """Gather the summary of a region for the windows that stand now, one for each kind of post that is due.

    Where some kinds of post have windows today, the others owe nothing: of these, only who reported is counted.
    """
    region_code = region_code or desk.preset.root
    windows = _windows(desk, now=now)
    expected = await summary.count_posts(tx, region_code, windows)
    here = {kind: windows[kind] for _, kind in expected}
    due = {kind: window for kind, window in here.items() if _has_windows(desk, kind, window)} or here
    counts: dict[str, int] = defaultdict(int)
    for (code, kind), number in expected.items():
        counts[code] += number if kind in due else 0
    fields = [item for item in desk.forms[FORM].fields if item.summary is Summary.SUM]
    reported = await summary.count_reported(tx, region_code, _keys(windows), fields)
    unasked = {kind: window for kind, window in windows.items() if kind not in due}
    for code, levels in (await summary.count_reported(tx, region_code, _keys(unasked))).levels.items():
        counts[code] += sum(levels.values())
    return Situation(
        region=desk.regions.path(region_code),
        windows=_labels(desk, due),
        parts=[
            _part(desk, code, number, reported.levels.get(code, {}))
            for code, number in sorted(counts.items())
            if number
        ],
        open_incidents=await summary.list_open_incidents(tx, region_code, now=now),
        silent=await _silent(tx, desk, region_code, due),
        unmanned=await summary.count_unmanned(tx, region_code, due, now=now),
        totals=reported.totals,
        forms=await form_parts(tx, desk, region_code, now=now),
        streak=await streak_of(tx, desk.streak, [region_code]),
    )


async def form_parts(tx: Tx, desk: Desk, region_code: str, *, now: datetime) -> list[FormPart]:
    """The other forms that somebody has filed for the present window (or day), in the order of menus."""
    found = [
        await form_totals.find_part(tx, form, region_code, _standing_keys(desk, form, now=now))
        for form in shown_forms(desk.forms, desk.routing, but=FORM)
    ]
    return [part for part in found if part is not None]


def _standing_keys(desk: Desk, form: Form, *, now: datetime) -> dict[str, list[str]]:
    """Under which keys a form's answers stand now, each with the kinds of post whose window it is."""
    if form.standing_key is not None:
        return {form.standing_key: list(form.posts)}
    keys: dict[str, list[str]] = defaultdict(list)
    for kind in form.posts:
        post_kind = PostKind(kind)
        window = current_window(desk.calendar, form=form.id, post_kind=post_kind, event=desk.event_date, now=now)
        keys[window.key].append(kind)
    return keys


def _windows(desk: Desk, *, now: datetime) -> dict[str, WindowRef]:
    form = desk.forms[FORM]
    return {
        kind: current_window(desk.calendar, form=FORM, post_kind=PostKind(kind), event=desk.event_date, now=now)
        for kind in form.posts
    }


def _keys(windows: Mapping[str, WindowRef]) -> dict[str, str]:
    return {kind: window.key for kind, window in windows.items()}


def _has_windows(desk: Desk, kind: str, window: WindowRef) -> bool:
    """Whether this kind of post is to report at some hour of the window's day."""
    return bool(rules_on(desk.calendar, form=FORM, post_kind=PostKind(kind), event=desk.event_date, day=window.day))


def _labels(desk: Desk, windows: Mapping[str, WindowRef]) -> list[tuple[dict[str, str], datetime, datetime, str]]:
    """The windows that are spoken of, each once."""
    found: dict[str, tuple[dict[str, str], datetime, datetime, str]] = {}
    for window in windows.values():
        rule = window_rule(desk.calendar, FORM, window.window_id) if window.window_id else None
        label = {"id": rule.label.id, "en": rule.label.en} if rule else {"id": "", "en": ""}
        found[window.key] = (label, window.opens_at, window.closes_at, window.state.value)
    return sorted(found.values(), key=lambda item: item[1])


def _part(desk: Desk, code: str, expected: int, levels: Mapping[str | None, int]) -> SubRegion:
    told = {level: count for level, count in levels.items() if level}
    return SubRegion(desk.regions.short(code), expected, sum(levels.values()), told)


async def _silent(tx: Tx, desk: Desk, region_code: str, windows: Mapping[str, WindowRef]) -> list[Silent]:
    """The posts that are due and silent, with the regions between them and the one that is summed up."""
    above = len(desk.regions.path(region_code)) if region_code != desk.preset.root else 0
    found = await summary.list_silent(tx, region_code, _keys(windows), limit=SILENT_SHOWN)
    return [Silent(post.name, post.code, desk.regions.path(post.region_code)[above:]) for post in found]
