"""Updates keep their order per person, alarms are known without reading; messages know how much their cause has asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

WAITING = sa.text("state = 'waiting'")
ALARM = sa.text("state = 'waiting' AND alarm")


def upgrade() -> None:
    # What waits from before keeps its chat for a lane: its order is the old one.
    op.drop_index("ix_inbox_waiting", table_name="inbox")
    op.execute("ALTER TABLE inbox RENAME COLUMN chat_key TO lane")
    op.add_column("inbox", sa.Column("alarm", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index(
        "ix_inbox_waiting", "inbox", ["bot_id", "lane", "id"], sqlite_where=WAITING, postgresql_where=WAITING
    )
    op.create_index("ix_inbox_alarm", "inbox", ["bot_id", "lane", "id"], sqlite_where=ALARM, postgresql_where=ALARM)
    op.add_column("outbox", sa.Column("turn", sa.SmallInteger(), nullable=False, server_default="0"))
    op.drop_index("ix_outbox_waiting", table_name="outbox")
    op.create_index(
        "ix_outbox_waiting",
        "outbox",
        ["priority", "turn", "id", "chat_id", "not_before"],
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )
