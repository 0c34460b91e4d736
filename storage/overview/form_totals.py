"""What stands now of every form beside the situation report: one statement a form, over standings only."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import BigInteger, and_, cast, false, func, or_, select

from core.forms.fields import Field, Summary
from core.forms.forms import CONFIDENTIAL, Form
from core.forms.kinds import kind_of
from core.overview.form_totals import FormPart
from storage.database.engine import Tx
from storage.tables import StandingRow
from storage.territory.within import in_region


async def find_part(tx: Tx, form: Form, region_code: str, keys: Mapping[str, Sequence[str]]) -> FormPart | None:
    """What stands of a form in a region under these keys, each with the kinds of post whose window it is; None: nothing.

    Groups the standings by what is counted and adds up the rest in each group: each answer is read once a row.
    """
    counted = [field for field in form.fields if field.summary is Summary.COUNT]
    summed = [
        (field, place) for field in form.fields if field.summary is Summary.SUM for place in kind_of(field).places
    ]
    latest = [field for field in form.fields if field.summary is Summary.LATEST]
    stands = and_(
        or_(*(and_(StandingRow.window_key == key, StandingRow.kind.in_(kinds)) for key, kinds in keys.items())),
        in_region(StandingRow.region_code, region_code),
    )
    groups = [_text(field).label(f"g{number}") for number, field in enumerate(counted)]
    numbers = [number_at(field, place).label(f"n{number}") for number, (field, place) in enumerate(summed)]
    newest = [_newest(field, stands).label(f"l{number}") for number, field in enumerate(latest)]
    each = select(StandingRow.post_id, *groups, *numbers).where(stands).subquery()
    keyed = [each.c[group.name] for group in groups]
    rows = (
        await tx.execute(
            select(func.count(), *keyed, *(func.sum(each.c[number.name]) for number in numbers), *newest)
            .select_from(each)  # a form may have nothing that is counted or added up
            .group_by(*keyed)
        )
    ).all()
    reported = sum(row[0] for row in rows)
    if not reported:
        return None
    after = 1 + len(counted)
    return FormPart(
        form,
        reported,
        [(field, _counts(field, [(row[1 + number], row[0]) for row in rows])) for number, field in enumerate(counted)],
        _sums(summed, [row[after : after + len(summed)] for row in rows]),
        [
            (field, value)
            for field, value in zip(latest, rows[0][after + len(summed) :], strict=True)
            if value is not None
        ],
    )


def _text(field: Field) -> Any:
    answer = StandingRow.answers[field.id]
    return answer.as_boolean() if kind_of(field).stored is bool else answer.as_string()


def number_at(field: Field, place: int | None) -> Any:
    """The column of one number of an answer."""
    answer = StandingRow.answers[field.id] if place is None else StandingRow.answers[field.id, place]
    return cast(answer.as_string(), BigInteger)  # as_integer would have 32 bits on PostgreSQL


def _newest(field: Field, stands: Any) -> Any:
    # Words may name somebody: those of a report whose name is kept back are in no summary.
    told = [func.coalesce(StandingRow.answers[CONFIDENTIAL].as_boolean(), false()).is_(False)]
    return (
        select(StandingRow.answers[field.id])
        .where(stands, StandingRow.answers[field.id].as_string().is_not(None), *(told if kind_of(field).free else ()))
        .order_by(StandingRow.sent_at.desc())
        .limit(1)
        .scalar_subquery()
    )


def _counts(field: Field, found: list[tuple[Any, int]]) -> dict[str, int]:
    """How many posts gave each choice; several choices of one post count each."""
    kind = kind_of(field)
    counts: dict[str, int] = defaultdict(int)
    for value, posts in found:
        if value is None:
            continue
        for one in kind.counted(json.loads(value) if kind.stored is list else value):
            counts[one] += posts
    return counts


def _sums(fields: list[tuple[Field, int | None]], rows: list[Any]) -> list[tuple[Field, tuple[int, ...]]]:
    """The totals of the numbers that somebody gave."""
    totals: dict[str, tuple[Field, list[int]]] = {}
    for number, (field, _) in enumerate(fields):
        given = [row[number] for row in rows if row[number] is not None]
        if given:
            totals.setdefault(field.id, (field, []))[1].append(int(sum(given)))
    return [(field, tuple(numbers)) for field, numbers in totals.values()]
