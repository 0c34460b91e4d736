"""The list of open incidents as one language reads it: its lines, its buttons, and the menus of its filters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from core.delivery.outgoing import Button
from core.delivery.taps import Tap
from core.forms.forms import Forms
from core.incidents.card_text import event_title
from core.incidents.lifecycle import STATE_SYMBOLS
from core.incidents.open_list import BARE, MENU_PAGE, Counts, ListedIncident, Listing, Wish, has_parts, is_alone, pages
from core.incidents.streak import Streak, streak_line
from core.incidents.taps import ListCardTap, ListMenuTap, Show
from core.kit.ages import age_text
from core.kit.shortening import LABEL_LIMIT, cut, short
from core.kit.texts import Markup, TextArg, Texts
from core.territory.regions import RegionBook

POST_LENGTH: Final = 30  # characters; more breaks the line twice on a small phone
OWNER_LENGTH: Final = 20


@dataclass(frozen=True)
class ListReader:
    """Who reads the list: the language, and where the names of categories and regions stand."""

    texts: Texts
    language: str
    forms: Forms
    book: RegionBook

    def plain(self, key: str, /, **values: TextArg) -> str:
        """Render a text without mark-up for this reader."""
        return self.texts.plain(self.language, key, **values)

    def html(self, key: str, /, **values: TextArg) -> Markup:
        """Render a text for this reader."""
        return self.texts.html(self.language, key, **values)


def list_text(reader: ListReader, listing: Listing, *, streak: Streak | None = None, now: datetime) -> Markup:
    """Render a page; where nothing is open that is said, with the days without conflict."""
    counts, wish = listing.counts, listing.wish
    if not counts.total:
        line = streak_line(reader.texts, reader.language, streak, now=now)
        empty = reader.html("list-empty-here" if counts.others else "list-empty")
        lines = [empty, *_others(reader, counts), *([line] if line else [])]
        return Markup("\n".join([*lines, _foot(reader, listing, now)]))
    title = [reader.html("list-count", count=counts.fitting)]
    if wish.show is not Show.ALL:
        title.append(reader.html("list-filter", name=filter_name(reader, listing)))
    if listing.pages > 1:
        title.append(reader.html("list-page", page=str(wish.page), pages=str(listing.pages)))
    lines = [Markup(" · ".join(title)), *_others(reader, counts), _foot(reader, listing, now)]
    for before, entry in zip([None, *listing.entries], listing.entries, strict=False):
        if before is None or before.severity != entry.severity:
            lines.append(Markup(""))
        lines += _entry(reader, entry, now=now)
    return Markup("\n".join(lines))


def _others(reader: ListReader, counts: Counts) -> list[Markup]:
    """How many more are open there, so that the list agrees with the summary; not what they are."""
    return [reader.html("list-others", count=counts.others)] if counts.others else []


def _foot(reader: ListReader, listing: Listing, now: datetime) -> Markup:
    """The territory, and when this was so: a list is not edited by itself."""
    places = reader.texts.join(reader.language, (reader.book.path(code)[-1] for code in listing.territory))
    return reader.html("list-place", place=places, clock=reader.texts.clock(reader.language, now))


def _entry(reader: ListReader, entry: ListedIncident, *, now: datetime) -> list[Markup]:
    key = "list-entry-late" if entry.overdue else "list-entry"
    owner = cut(entry.owner, OWNER_LENGTH) if entry.owner else reader.plain("list-waiting")
    return [
        reader.html(
            "list-event",
            symbol=entry.severity.symbol,
            number=str(entry.number),
            title=_title(reader, entry),
            post=cut(entry.post, POST_LENGTH),
        ),
        reader.html(
            key,
            severity=reader.plain(f"severity-{entry.severity}"),
            state=STATE_SYMBOLS[entry.state],
            owner=owner,
            age=age_text(reader.texts, reader.language, now - entry.opened_at),
        ),
    ]


def _title(reader: ListReader, entry: ListedIncident) -> str:
    """What an incident is called; by a form that the preset does not have any more, its id."""
    form = reader.forms.get(entry.form_id)
    return event_title(reader.language, form, entry.answers) if form else entry.form_id


def list_rows(reader: ListReader, listing: Listing) -> list[list[Button]]:
    """The buttons under a page: a card for each number, the filters, and the pages before and after."""
    if not listing.counts.total:
        return [[_filter(reader, listing, Show.ALL, "list-refresh")]]
    counts, wish = listing.counts, listing.wish
    cards = [
        Button(
            short(f"{entry.severity.symbol} I-{entry.number} {_title(reader, entry)}"),
            tap=ListCardTap(entry.number),
        )
        for entry in listing.entries
    ]
    filters = [
        _filter(reader, listing, Show.MINE, "list-mine"),
        _filter(reader, listing, Show.UNOWNED, "list-unowned", counts.unowned),
        _filter(reader, listing, Show.OVERDUE, "list-overdue", counts.overdue),
        _filter(reader, listing, Show.CATEGORY, "list-categories"),
    ]
    if has_parts(listing.territory):
        filters.append(_filter(reader, listing, Show.REGION, "list-regions"))
    filters.append(_filter(reader, listing, Show.ALL, "list-all", counts.total))
    turn = _turn(
        [(page, Wish(wish.show, wish.value, page).tap) for page in (wish.page - 1, wish.page + 1)], listing.pages
    )
    return [*_pairs(cards), *_pairs(filters), *([turn] if turn else [])]


def _filter(reader: ListReader, listing: Listing, show: Show, key: str, count: int | None = None) -> Button:
    label = reader.plain(key, **({} if count is None else {"count": count}))
    tap = ListMenuTap(show, 1) if show in (Show.CATEGORY, Show.REGION) else Wish(show).tap
    return Button(f"✓ {label}" if listing.wish.show is show else label, tap=tap)


def menu(
    reader: ListReader, show: Show, counts: Mapping[str, int], page: int, *, listing: Listing
) -> tuple[Markup, list[list[Button]]]:
    """The menu of the categories or the parts of the territory that have open incidents, a page of it at a time."""
    last = pages(len(counts), MENU_PAGE)
    page = min(max(1, page), last)
    shown = list(counts.items())[(page - 1) * MENU_PAGE : page * MENU_PAGE]
    buttons = []
    for value, count in shown:
        wish = Wish(show, value)
        tail = f" ({count})"
        name = value_name(reader, wish, listing)
        buttons.append(Button(f"{short(name, LABEL_LIMIT - len(tail))}{tail}", tap=wish.tap))
    turn = _turn([(number, ListMenuTap(show, number)) for number in (page - 1, page + 1)], last)
    back = Button(reader.plain("button-back"), tap=Wish().tap)
    text = reader.html("list-choose-category" if show is Show.CATEGORY else "list-choose-region")
    return text, [*_pairs(buttons), *([turn] if turn else []), [back]]


def _turn(pages_: Sequence[tuple[int, Tap]], last: int) -> list[Button]:
    """The buttons that turn the page, where there is one to turn to."""
    (before, back), (after, on) = pages_
    found = [Button("◀", tap=back)] if before >= 1 else []
    return [*found, Button("▶", tap=on)] if after <= last else found


def _pairs(buttons: list[Button]) -> list[list[Button]]:
    return [buttons[at : at + 2] for at in range(0, len(buttons), 2)]


def filter_name(reader: ListReader, listing: Listing) -> str:
    """How the title names what is listed: `tanpa pemilik`, `milik Rahmat`, a category, a region."""
    show = listing.wish.show
    if show is Show.MINE:
        return reader.plain("list-is-mine", name=cut(listing.who, OWNER_LENGTH))
    if show in (Show.UNOWNED, Show.OVERDUE):
        return reader.plain("list-is-unowned" if show is Show.UNOWNED else "list-is-overdue")
    return value_name(reader, listing.wish, listing)


def value_name(reader: ListReader, wish: Wish, listing: Listing) -> str:
    """The name of a category, or of a part of the territory."""
    if wish.show is Show.REGION:
        name = reader.book.short(wish.value)
        alone = is_alone(wish, listing.territory)
        return reader.plain("list-region-alone", name=name) if alone else name
    return category_name(reader, wish.value)


def category_name(reader: ListReader, category: str) -> str:
    """What people call a category: the choice of a form that has it, else the title of the form that opens it."""
    if category == BARE:
        return reader.plain("list-no-category")
    forms = [form for form in reader.forms.values() if category in form.categories and form.incident]
    for form in forms:
        if form.incident and form.incident.category_from:
            return form.field(form.incident.category_from).choice(category).text(reader.language)
    return forms[0].title.text(reader.language) if forms else category
