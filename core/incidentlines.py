"""The list of open incidents as one language reads it: its lines, its buttons, and the menus of its filters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from core.age import age_text
from core.answers import choice_text
from core.desk import Desk
from core.incidentlist import BARE, MENU_PAGE, Counts, ListedIncident, Listing, Show, Wish, has_parts, is_alone, pages
from core.lifecycle import STATE_SYMBOLS
from core.outgoing import Button
from core.streak import Streak, streak_line
from core.texts import Markup, Texts
from core.wording import LABEL_LIMIT, cut, short

POST_LENGTH: Final = 30  # characters; more breaks the line twice on a small phone
OWNER_LENGTH: Final = 20


def list_text(desk: Desk, language: str, listing: Listing, *, streak: Streak | None = None, now: datetime) -> Markup:
    """Render a page; where nothing is open that is said, with the days without conflict."""
    texts, counts, wish = desk.texts, listing.counts, listing.wish
    if not counts.total:
        line = streak_line(texts, language, streak, now=now)
        empty = texts.html(language, "list-empty-here" if counts.others else "list-empty")
        lines = [empty, *_others(texts, language, counts), *([line] if line else [])]
        return Markup("\n".join([*lines, _foot(desk, language, listing, now)]))
    title = [texts.html(language, "list-count", count=counts.fitting)]
    if wish.show is not Show.ALL:
        title.append(texts.html(language, "list-filter", name=filter_name(desk, language, listing)))
    if listing.pages > 1:
        title.append(texts.html(language, "list-page", page=str(wish.page), pages=str(listing.pages)))
    lines = [Markup(" · ".join(title)), *_others(texts, language, counts), _foot(desk, language, listing, now)]
    for before, entry in zip([None, *listing.entries], listing.entries, strict=False):
        if before is None or before.severity != entry.severity:
            lines.append(Markup(""))
        lines += _entry(desk, language, entry, now=now)
    return Markup("\n".join(lines))


def _others(texts: Texts, language: str, counts: Counts) -> list[Markup]:
    """How many more are open there, so that the list agrees with the summary; not what they are."""
    return [texts.html(language, "list-others", count=counts.others)] if counts.others else []


def _foot(desk: Desk, language: str, listing: Listing, now: datetime) -> Markup:
    """The territory, and when this was so: a list is not edited by itself."""
    places = desk.texts.join(language, (desk.regions.path(code)[-1] for code in listing.territory))
    return desk.texts.html(language, "list-place", place=places, clock=desk.texts.clock(language, now))


def _entry(desk: Desk, language: str, entry: ListedIncident, *, now: datetime) -> list[Markup]:
    texts = desk.texts
    key = "list-entry-late" if entry.overdue else "list-entry"
    owner = cut(entry.owner, OWNER_LENGTH) if entry.owner else texts.plain(language, "list-waiting")
    return [
        texts.html(
            language,
            "list-event",
            symbol=entry.severity.symbol,
            number=str(entry.number),
            title=entry.title[language],
            post=cut(entry.post, POST_LENGTH),
        ),
        texts.html(
            language,
            key,
            severity=texts.plain(language, f"severity-{entry.severity}"),
            state=STATE_SYMBOLS[entry.state],
            owner=owner,
            age=age_text(texts, language, now - entry.opened_at),
        ),
    ]


def list_rows(desk: Desk, language: str, listing: Listing) -> list[list[Button]]:
    """The buttons under a page: a card for each number, the filters, and the pages before and after."""
    if not listing.counts.total:
        return [[_filter(desk, language, listing, Show.ALL, "list-refresh")]]
    counts, wish = listing.counts, listing.wish
    cards = [
        Button(
            short(f"{entry.severity.symbol} I-{entry.number} {entry.title[language]}"),
            data=f"lo:{entry.number}",
        )
        for entry in listing.entries
    ]
    filters = [
        _filter(desk, language, listing, Show.MINE, "list-mine"),
        _filter(desk, language, listing, Show.UNOWNED, "list-unowned", count=counts.unowned),
        _filter(desk, language, listing, Show.OVERDUE, "list-overdue", count=counts.overdue),
        _filter(desk, language, listing, Show.CATEGORY, "list-categories"),
    ]
    if has_parts(listing.territory):
        filters.append(_filter(desk, language, listing, Show.REGION, "list-regions"))
    filters.append(_filter(desk, language, listing, Show.ALL, "list-all", count=counts.total))
    turn = _turn(
        [(page, Wish(wish.show, wish.value, page).data) for page in (wish.page - 1, wish.page + 1)], listing.pages
    )
    return [*_pairs(cards), *_pairs(filters), *([turn] if turn else [])]


def _filter(desk: Desk, language: str, listing: Listing, show: Show, key: str, *, count: int | None = None) -> Button:
    label = desk.texts.plain(language, key, **({} if count is None else {"count": count}))
    data = f"lm:{show}:1" if show in (Show.CATEGORY, Show.REGION) else Wish(show).data
    return Button(f"✓ {label}" if listing.wish.show is show else label, data=data)


def menu(
    desk: Desk, language: str, show: Show, counts: Mapping[str, int], *, page: int, listing: Listing
) -> tuple[Markup, list[list[Button]]]:
    """The menu of the categories or the parts of the territory that have open incidents, a page of it at a time."""
    last = pages(len(counts), MENU_PAGE)
    page = min(max(1, page), last)
    shown = list(counts.items())[(page - 1) * MENU_PAGE : page * MENU_PAGE]
    buttons = []
    for value, count in shown:
        wish = Wish(show, value)
        tail = f" ({count})"
        name = value_name(desk, language, wish, listing)
        buttons.append(Button(f"{short(name, LABEL_LIMIT - len(tail))}{tail}", data=wish.data))
    turn = _turn([(number, f"lm:{show}:{number}") for number in (page - 1, page + 1)], last)
    back = Button(desk.texts.plain(language, "button-back"), data=Wish().data)
    text = desk.texts.html(language, "list-choose-category" if show is Show.CATEGORY else "list-choose-region")
    return text, [*_pairs(buttons), *([turn] if turn else []), [back]]


def _turn(pages_: list[tuple[int, str]], last: int) -> list[Button]:
    """The buttons that turn the page, where there is one to turn to."""
    (before, back), (after, on) = pages_
    found = [Button("◀", data=back)] if before >= 1 else []
    return [*found, Button("▶", data=on)] if after <= last else found


def _pairs(buttons: list[Button]) -> list[list[Button]]:
    return [buttons[at : at + 2] for at in range(0, len(buttons), 2)]


def filter_name(desk: Desk, language: str, listing: Listing) -> str:
    """How the title names what is listed: `tanpa pemilik`, `milik Rahmat`, a category, a region."""
    show = listing.wish.show
    if show is Show.MINE:
        return desk.texts.plain(language, "list-is-mine", name=cut(listing.who, OWNER_LENGTH))
    if show in (Show.UNOWNED, Show.OVERDUE):
        return desk.texts.plain(language, "list-is-unowned" if show is Show.UNOWNED else "list-is-overdue")
    return value_name(desk, language, listing.wish, listing)


def value_name(desk: Desk, language: str, wish: Wish, listing: Listing) -> str:
    """The name of a category, or of a part of the territory."""
    if wish.show is Show.REGION:
        name = desk.regions.short(wish.value)
        alone = is_alone(wish, listing.territory)
        return desk.texts.plain(language, "list-region-alone", name=name) if alone else name
    return category_name(desk, language, wish.value)


def category_name(desk: Desk, language: str, category: str) -> str:
    """What people call a category: the choice of a form that has it, else the title of the form that opens it."""
    if category == BARE:
        return desk.texts.plain(language, "list-no-category")
    forms = [form for form in desk.forms.values() if category in form.categories and form.incident]
    for form in forms:
        if form.incident and form.incident.category_from:
            return choice_text(form.field(form.incident.category_from).choice(category), language)
    return forms[0].title.text(language) if forms else category
