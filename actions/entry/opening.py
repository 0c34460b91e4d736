"""Opening: the preset and the texts are read, held against each other, and put on the desk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from actions.entry import setup
from core.calendar.calendar import Calendar, event_name
from core.calendar.calendar_file import load_calendar
from core.desk import Desk
from core.forms.form_files import load_forms
from core.groups.routing_file import load_routing
from core.incidents.escalation_file import load_escalation
from core.incidents.merging import load_merge
from core.incidents.streak import load_streak
from core.kit.bounds import load_bounds
from core.kit.preset_tables import PresetError, load_preset
from core.kit.settings import Settings
from core.kit.texts import LANGUAGES, Texts
from core.privacy.confidants import load_confidants
from storage.database.engine import Database
from storage.territory import places


async def open_desk(settings: Settings, db: Database, *, locales: Path, now: datetime, strict: bool = False) -> Desk:
    """Load the preset and the texts; raises PresetError or FormFileError naming the fault.

    Which bot it is must still be filled in, once Telegram has said so. `locales` is the folder of the program's own
    texts. `strict` makes a faulty text an error instead of a log line.
    """
    preset = settings.preset
    routing_file, calendar_file = preset / "routing.toml", preset / "calendar.toml"
    texts = _texts([locales, preset / "texts"], settings, strict=strict)
    forms = load_forms(preset / "forms")
    regions = await db.read(places.region_book)
    calendar = load_calendar(calendar_file, zone=settings.zone, forms=set(forms), book=regions)
    _check_texts(calendar, texts, calendar_file)
    routing = load_routing(routing_file, categories=forms.categories or None)
    return Desk(
        bot_id=0,
        bot_username="",
        texts=texts,
        forms=forms,
        calendar=calendar,
        event_date=await setup.event_day(db, calendar, settings.event_date, now=now),
        event_names={language: event_name(calendar, language, settings.event_name or "") for language in LANGUAGES},
        routing=routing,
        regions=regions,
        preset=load_preset(preset),
        escalation=load_escalation(calendar_file, zone=settings.zone),
        merging=load_merge(routing_file),
        streak=load_streak(routing_file, routing.categories),
        confidants=load_confidants(routing_file, routing.categories),
        bounds=load_bounds(preset),
    )


def _texts(folders: Sequence[Path], settings: Settings, *, strict: bool) -> Texts:
    return Texts(folders, zone=settings.zone, default=settings.language, strict=strict)


def _check_texts(calendar: Calendar, texts: Texts, file: Path) -> None:
    """Refuse a reminder whose text is nowhere, before it is due."""
    for reminder in calendar.reminders:
        if reminder.text and not texts.has(reminder.text):
            raise PresetError(file, f"reminder {reminder.id}", f"there is no text {reminder.text}")
