"""What a filing costs the officer: taps, messages and bytes from the phone, by form, by buttons and by line.

Run: python -m benchmarks.effort
"""

from __future__ import annotations

import asyncio
import tempfile
import warnings
from dataclasses import dataclass
from pathlib import Path

from core.forms.examples import example_line
from core.forms.forms import Form
from sandbox import Effort, Person
from storage.tables import ReportRow
from tests.kit import Posko, copy_of, make_template, running

MOST_TAPS = 12  # a form that needs more is broken
POSTS = {"tps": "TPS-1673061002-001", "lapas": "LAPAS-1673", "gudang": "GUDANG-1673", "posko": "POSKO-1673"}


@dataclass(frozen=True)
class Cost:
    """What one filing took."""

    form: str
    way: str
    taps: int
    messages: int
    bytes: int

    @classmethod
    def of(cls, form: str, way: str, effort: Effort) -> Cost:
        """Read the count of a phone."""
        return cls(form, way, effort.taps, effort.messages, effort.bytes)


async def officer_for(posko: Posko, form: Form) -> Person:
    """An officer of one post that files this form."""
    kind = next(kind for kind in ("lapas", "tps", "gudang", "posko") if kind in form.posts)
    if kind != "lapas":
        await posko.add_post(POSTS[kind], f"Pos {kind}", kind=kind, voters=250)
    return await posko.officer(f"Petugas {form.id}", POSTS[kind])


async def by_buttons(posko: Posko, form: Form) -> Cost:
    """File with the command alone and taps: the first answer of each question, then `Kirim`; what must be typed is typed."""
    person = await officer_for(posko, form)
    with person.counting() as effort:
        await posko.say(person, f"/{form.command('id')}")
        for _ in range(MOST_TAPS):
            buttons = posko.last(person).buttons
            if "Kirim" in buttons:
                await posko.tap(person, "Kirim")
                break
            if buttons[0] in ("Batal", "Kembali"):
                await posko.say(person, "812")
            else:
                await posko.tap(person, buttons[0])
    assert await _filed(posko, form), f"{form.id} was not filed by buttons"
    return Cost.of(form.id, "buttons", effort)


async def by_line(posko: Posko, form: Form) -> Cost:
    """File with the line that the help shows as an example."""
    person = await officer_for(posko, form)
    with person.counting() as effort:
        await posko.say(person, f"/{form.command('id')} {example_line(form, 'id')}")
    assert await _filed(posko, form), f"{form.id} was not filed by its example line"
    return Cost.of(form.id, "line", effort)


async def nil_reminded(posko: Posko) -> Cost:
    """File nihil under a reminder that it is due."""
    person = await posko.officer("Petugas nihil")
    await posko.at("2027-02-03 07:30")
    with person.counting() as effort:
        await posko.tap(person, "Kirim nihil")
    assert await posko.rows(ReportRow)
    return Cost.of("nihil", "reminder", effort)


async def alarm(posko: Posko) -> Cost:
    """Raise an alarm."""
    person = await posko.officer("Petugas darurat")
    with person.counting() as effort:
        await posko.say(person, "/darurat")
        await posko.tap(person, "KIRIM DARURAT")
    assert [row.form_id for row in await posko.rows(ReportRow)] == ["sos"]
    return Cost.of("sos", "button", effort)


async def _filed(posko: Posko, form: Form) -> list[ReportRow]:
    return await posko.rows(ReportRow, ReportRow.form_id == form.id)


async def costs(folder: Path) -> list[Cost]:
    """Measure every form of the preset, each in a fresh database."""
    template = folder / "template.db"
    await make_template(template)
    async with running(copy_of(template, folder / "forms.db")) as posko:
        forms = [form for form in posko.desk.forms.values() if not form.alarm]
    found: list[Cost] = []
    for form in forms:
        for way in (by_buttons, by_line):
            async with running(copy_of(template, folder / f"{form.id}-{way.__name__}.db")) as posko:
                found.append(await way(posko, form))
    for other in (nil_reminded, alarm):
        async with running(copy_of(template, folder / f"{other.__name__}.db")) as posko:
            found.append(await other(posko))
    return found


def main() -> None:
    """Print the table."""
    warnings.filterwarnings("ignore", message="Please use 'Bot")  # raw calls are made on purpose
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(costs(Path(folder)))
    print(f"{'form':12} {'way':9} {'taps':>5} {'messages':>9} {'bytes':>6}")
    for cost in found:
        print(f"{cost.form:12} {cost.way:9} {cost.taps:5} {cost.messages:9} {cost.bytes:6}")


if __name__ == "__main__":
    main()
