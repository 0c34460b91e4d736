"""A definition that cannot be changed, and a text in both languages."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict
from pydantic import Field as Option


class Record(BaseModel):
    """A definition: it cannot be changed, and knows no option but its own."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Label(Record):
    """A text in both languages."""

    id: str = Option(min_length=1)
    en: str = Option(min_length=1)

    def text(self, lang: str) -> str:
        """Return the text in a language; one we do not have gets Indonesian."""
        return self.en if lang == "en" else self.id
