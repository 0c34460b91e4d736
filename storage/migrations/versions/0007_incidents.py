"""What an incident's life needs: referral, merging, deadlines, steps by the clock; ranks and phones of people."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)
DATA = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    for name in ("closed_at", "due_at", "look_at"):
        op.add_column("incidents", sa.Column(name, TIME, nullable=True))
    for name in ("referred_by", "duplicate_of"):
        op.add_column("incidents", sa.Column(name, BIG, nullable=True))
    op.add_column("incidents", sa.Column("referred_to", sa.String(length=32), nullable=True))
    op.add_column("incidents", sa.Column("level", sa.String(length=16), nullable=True))
    op.add_column("incidents", sa.Column("asked", sa.SmallInteger(), nullable=False, server_default="0"))
    for name in ("opened_at", "duplicate_of", "look_at"):
        op.create_index(f"ix_incidents_{name}", "incidents", [name], unique=False)
    op.create_index("ix_incidents_owner_id", "incidents", ["owner_id", "state"], unique=False)
    op.drop_index("ix_incidents_region_code", table_name="incidents")
    op.create_index("ix_incidents_state", "incidents", ["state", "region_code"], unique=False)
    newest = ["occurred_at", "region_code", "category", "state"]
    op.create_index("ix_incidents_occurred_at", "incidents", newest, unique=False)
    with op.batch_alter_table("incident_events") as table:
        table.alter_column("person_id", existing_type=BIG, nullable=True)
        table.alter_column("update_id", existing_type=BIG, nullable=True)
    op.add_column("incident_events", sa.Column("source", sa.String(length=100), nullable=True))
    op.create_index("ix_incident_events_source", "incident_events", ["bot_id", "source"], unique=True)
    op.add_column("slots", sa.Column("pointer", DATA, nullable=True))
    op.add_column("people", sa.Column("rank", sa.String(length=40), nullable=True))
    op.add_column("people", sa.Column("phone", sa.String(length=20), nullable=True))
    op.create_table(
        "sends",
        sa.Column("message_id", BIG, autoincrement=False, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("bot_id", BIG, nullable=False),
        sa.Column("chat_id", BIG, nullable=False),
        sa.PrimaryKeyConstraint("message_id", "at", name=op.f("pk_sends")),
    )
    op.create_index("ix_sends_at", "sends", ["at"], unique=False)
    # Incidents that were open when the program was renewed are looked at by the clock at once.
    op.execute("UPDATE incidents SET look_at = opened_at WHERE state IN ('new', 'acknowledged')")
