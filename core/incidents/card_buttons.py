"""The buttons of an incident's card, and of the question whether the incident is over."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial
from types import MappingProxyType
from typing import Final

from core.delivery.outgoing import Button
from core.incidents.card import Card
from core.incidents.lifecycle import OPEN, Action, State
from core.incidents.taps import (
    AcceptTap,
    CloseTap,
    FilesTap,
    IncidentTap,
    MenuTap,
    NotOverTap,
    OverTap,
    ResolveTap,
    StartTap,
    StepTap,
    TakeTap,
    TwinTap,
)
from core.kit.texts import Texts

# The steps that have a button on the card itself: what is done, its text, its tap, its colour.
_Step = tuple[Action, str, Callable[[int], IncidentTap], str | None]
_return: Final = partial(StepTap, action=Action.RETURN)
_RESOLVE: Final[_Step] = (Action.RESOLVE, "button-resolve", ResolveTap, "success")
_FIRST: Final[Mapping[State, tuple[_Step, ...]]] = MappingProxyType(
    {
        State.NEW: ((Action.TAKE, "button-take", TakeTap, "primary"), _RESOLVE),
        State.ACKNOWLEDGED: ((Action.START, "button-start", StartTap, "primary"), _RESOLVE),
        State.IN_PROGRESS: (_RESOLVE,),
        State.REFERRED: (),
        State.RESOLVED: ((Action.CLOSE, "button-close", CloseTap, None),),
        State.CLOSED: (),
        State.DUPLICATE: (),
        State.REJECTED: (),
    }
)
_RECEIVING: Final[tuple[_Step, ...]] = (
    (Action.ACCEPT, "button-accept", AcceptTap, "primary"),
    (Action.RETURN, "button-return", _return, None),
)
_RECALL: Final[_Step] = (Action.RETURN, "button-recall", _return, None)  # for who sent it there


def card_buttons(
    texts: Texts, language: str, card: Card, *, receiving: bool = False, allowed: Collection[Action] | None = None
) -> list[list[Button]]:
    """The buttons that move the incident along from its present state.

    `receiving` is a group of the body that it is referred to. Of a copy that one person sees `allowed` names the
    steps that this person may take; a group's card shows what somebody in it may do.
    """
    state, key, twin = card.state, card.incident_id, card.event.twin
    first = _RECEIVING if receiving and state is State.REFERRED else _FIRST[state]
    if allowed is not None and state is State.REFERRED:
        first = _RECEIVING
    if allowed is not None and Action.ACCEPT not in allowed:
        first = tuple(_RECALL if item[0] is Action.RETURN else item for item in first)
    steps = [item for item in first if allowed is None or item[0] in allowed]
    buttons = [Button(texts.plain(language, text), tap=tap(key), style=style) for _, text, tap, style in steps]
    others = set(allowed or ()) - {item[0] for item in steps} - {Action.NOTE, Action.WITHDRAW}
    if others or (allowed is None and first is not _RECEIVING):
        buttons.append(Button(texts.plain(language, "button-more"), tap=MenuTap(key)))
    if card.report.files:
        buttons.append(Button(texts.plain(language, "button-files"), tap=FilesTap(key)))
    if twin is not None and state in OPEN and (allowed is None or Action.DUPLICATE in allowed):
        label = texts.plain(language, "button-merge-into", number=str(twin.number))
        buttons.append(Button(label, tap=TwinTap(key, twin.incident_id)))
    return [buttons[start : start + 2] for start in range(0, len(buttons), 2)]


def over_buttons(texts: Texts, language: str, incident_id: int) -> list[list[Button]]:
    """What an officer may answer when an incident was declared resolved: it is over, or it is not."""
    return [
        [
            Button(texts.plain(language, "button-over"), tap=OverTap(incident_id), style="success"),
            Button(texts.plain(language, "button-not-over"), tap=NotOverTap(incident_id)),
        ]
    ]
