"""Whether a report was told in confidence."""

from __future__ import annotations

from core.forms.forms import CONFIDENTIAL, Answers, Form
from core.groups.routing import Routing


def confides(form: Form | None, routing: Routing, answers: Answers) -> bool:
    """Whether a report with these answers promises its reporter that the name is kept: marked so, or by its category."""
    if answers.get(CONFIDENTIAL) is True:
        return True
    opened = form.opens(answers) if form else None
    return opened is not None and opened[0] is not None and routing.category(opened[0]).confidential
