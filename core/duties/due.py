"""What a post owes: the window that a nihil counts for, and the words and buttons that remind an officer of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from core.calendar.calendar import Calendar
from core.calendar.windows import WindowRef, WindowState, window_for, window_rule
from core.delivery.outgoing import Button
from core.delivery.taps import BUTTON_DATA_BYTES
from core.duties.taps import ALL, NilTap
from core.forms.forms import Form, Forms
from core.kit.shortening import short
from core.kit.texts import Markup, Texts
from core.reports.taps import DraftGoOnTap, OpenFormTap
from core.territory.posts import PostKind

POSTS_NAMED: Final = 20  # in one message; an officer with more sees how many more there are
ORDER: Final = (WindowState.OPEN, WindowState.COMING, WindowState.CLOSED)


@dataclass(frozen=True)
class SilentPost:
    """A post that owes a form, and the window it is due in."""

    post_id: int
    name: str
    code: str
    window: WindowRef


@dataclass
class SilentOfficer:
    """An officer who can be reached, with the posts of theirs that are silent."""

    person_id: int
    telegram_id: int
    language: str | None
    telegram_language: str | None
    posts: list[SilentPost] = field(default_factory=list)
    drafts: dict[tuple[str, int], int] = field(default_factory=dict)  # form and post to the draft that waits


def nil_windows(
    forms: Forms, calendar: Calendar, event_date: date, *, post_kind: PostKind, sent_at: datetime
) -> list[tuple[Form, WindowRef]]:
    """Return the windows that a nihil sent then can count for, the one that is meant first; none where none is planned."""
    found = []
    for form in forms.for_post(post_kind):
        window = window_for(calendar, form=form.id, post_kind=post_kind, event=event_date, sent_at=sent_at)
        if form.nil is not None and window.window_id is not None:
            found.append((form, window))
    return sorted(found, key=lambda item: ORDER.index(item[1].state))


def window_label(forms: Forms, calendar: Calendar, language: str, window: WindowRef) -> str:
    """The name of a window as people know it; of a whole day, the form's."""
    rule = window_rule(calendar, window.form, window.window_id) if window.window_id else None
    return (rule.label if rule else forms[window.form].title).text(language)


def standing_key(forms: Forms, window: WindowRef) -> str:
    """Under which key a report for this window stands: that of the window, or the lasting one of its form."""
    form = forms.get(window.form)
    return (form.standing_key if form else None) or window.key


def nil_tap(post_id: int, window: WindowRef) -> NilTap:
    """The button that files nihil for a post, in this window and in no other."""
    return NilTap(post_id, window.key)


def nil_all_tap(windows: Iterable[WindowRef]) -> NilTap:
    """The button that files nihil for all own posts; it names when their windows close, so that it means no others."""
    about = ""
    for minute in sorted({closing_minute(window) for window in windows}):
        more = f"{about},{minute}" if about else str(minute)
        if len(f"{NilTap.prefix}:{ALL}:{more}") > BUTTON_DATA_BYTES:
            break
        about = more
    return NilTap(ALL, about)


def closing_minute(window: WindowRef) -> int:
    """When a window closes, in minutes since 1970: windows close on the minute."""
    return int(window.closes_at.timestamp()) // 60


class DueTexts:
    """Renders the reminders of one moment; what is the same for many officers is rendered once."""

    def __init__(self, texts: Texts, forms: Forms, calendar: Calendar, key: str) -> None:
        self._texts, self._forms, self._calendar, self._key = texts, forms, calendar, key
        self._heads: dict[tuple[str, ...], Markup] = {}
        self._labels: dict[tuple[str, str], str] = {}

    def message(self, language: str, officer: SilentOfficer) -> tuple[Markup, list[list[Button]]]:
        """Name the silent posts and when it is too late, with the buttons that put an end to it."""
        html, posts = self._texts.html, officer.posts
        lines = [self._head(language, posts)]
        for post in posts[:POSTS_NAMED]:
            key = "due-post-draft" if (post.window.form, post.post_id) in officer.drafts else "due-post"
            lines.append(html(language, key, name=post.name, code=post.code))
        if len(posts) > POSTS_NAMED:
            lines.append(html(language, "my-more-posts", count=len(posts) - POSTS_NAMED))
        nilable = self._nilable(posts)
        how = "due-how-fill" if not nilable else "due-how-nil" if len(posts) == 1 else "due-how-nil-all"
        lines.append(self._same(language, how))
        return Markup("\n".join(lines)), self.rows(language, officer)

    def _nilable(self, posts: Sequence[SilentPost]) -> list[SilentPost]:
        return [post for post in posts if self._forms[post.window.form].nil is not None]

    def _head(self, language: str, posts: Sequence[SilentPost]) -> Markup:
        windows = {post.window.key: post.window for post in posts}
        known = (language, *windows)
        if known not in self._heads:
            labels = dict.fromkeys(
                window_label(self._forms, self._calendar, language, window) for window in windows.values()
            )
            closes_at = min(window.closes_at for window in windows.values())
            clock = self._texts.clock(language, closes_at)
            self._heads[known] = self._texts.html(language, self._key, label=", ".join(labels), clock=clock)
        return self._heads[known]

    def _same(self, language: str, key: str) -> Markup:
        """A text without arguments."""
        if (language, key) not in self._labels:
            self._labels[language, key] = self._texts.plain(language, key)
        return Markup(self._labels[language, key])

    def rows(self, language: str, officer: SilentOfficer) -> list[list[Button]]:
        """The buttons: nihil where the form has it, and the form itself or the draft of it that waits."""
        nilable = self._nilable(officer.posts)
        buttons = []
        if len(nilable) > 1:
            tap = nil_all_tap(post.window for post in nilable)
            buttons.append(Button(self._same(language, "button-nil-all"), tap=tap, style="success"))
        elif nilable:
            tap = nil_tap(nilable[0].post_id, nilable[0].window)
            buttons.append(Button(self._same(language, "button-nil"), tap=tap, style="success"))
        forms = dict.fromkeys(post.window.form for post in officer.posts)
        for form_id in forms:
            owing = [post for post in officer.posts if post.window.form == form_id]
            buttons.append(self._fill(language, officer, form_id, owing, alone=len(forms) == 1))
        return [buttons[start : start + 2] for start in range(0, len(buttons), 2)]

    def _fill(
        self, language: str, officer: SilentOfficer, form_id: str, owing: Sequence[SilentPost], *, alone: bool
    ) -> Button:
        """The button that opens the form, or goes on with the draft that was begun for it."""
        draft = next(
            (officer.drafts[form_id, post.post_id] for post in owing if (form_id, post.post_id) in officer.drafts), None
        )
        if draft is not None:
            return Button(self._same(language, "button-go-on"), tap=DraftGoOnTap(draft))
        tap = OpenFormTap(form_id, owing[0].post_id if len(owing) == 1 else None)
        if alone:
            return Button(self._same(language, "button-fill"), tap=tap)
        title = self._forms[form_id].title.text(language)
        return Button(short(self._texts.plain(language, "button-fill-form", title=title)), tap=tap)
