"""A broadcast in words."""

from __future__ import annotations

from collections import Counter

from core.notices.notice_text import audience_text, notice_text, reason_lines
from core.people.audience import Audience
from core.people.roles import Agency, Role
from tests.kit import Posko


async def test_an_audience_is_named_in_the_readers_words(posko: Posko) -> None:
    """Roles, agencies and regions are told by name; no words at all mean everybody."""
    audience = Audience(roles=frozenset({Role.OFFICER}), agencies=frozenset({Agency.POLRI, Agency.LAPAS}))
    assert audience_text(posko.desk.texts, "id", audience, posko.desk.regions) == "petugas · Lapas, Polri"
    assert audience_text(posko.desk.texts, "id", Audience(), posko.desk.regions) == "Semua orang"


async def test_telegrams_reasons_become_ours(posko: Posko) -> None:
    """Failures are counted by what people understand, the commonest first."""
    failed = Counter(
        {
            "Forbidden: bot was blocked by the user": 2,
            "Forbidden: user is deactivated": 1,
            "Forbidden: bot can't initiate conversation with a user": 1,
            "Bad Request: whatever": 3,
        }
    )
    lines = reason_lines(posko.desk.texts, "id", failed)
    assert lines[0] == "• Gagal, ditolak Telegram: 3"
    assert lines[1] == "• Gagal, memblokir bot: 2"
    assert {line.rpartition(", ")[2] for line in lines[2:]} == {"akun dihapus: 1", "belum pernah membuka bot: 1"}


async def test_a_notice_carries_its_author(posko: Posko) -> None:
    """Readers see who speaks, and every sign as it was typed."""
    text = notice_text(posko.desk.texts, "id", "Apel <pagi>", "Sari & Dewi")
    assert "Apel &lt;pagi&gt;" in text
    assert "— Sari &amp; Dewi" in text
