"""Drafts, reports, standings and incidents."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)
DATA = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
REGION = sa.String(16).with_variant(sa.String(16, collation="C"), "postgresql")


def upgrade() -> None:
    _drafts()
    _reports()
    _report_versions()
    _standings()
    _incidents()
    _incident_events()


def _drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("form_id", sa.String(length=32), nullable=False),
        sa.Column("post_id", BIG, nullable=True),
        sa.Column("answers", DATA, nullable=False),
        sa.Column("asking", DATA, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("sent_at", TIME, nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_drafts_person_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_drafts_post_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("source", name=op.f("uq_drafts_source")),
    )
    op.create_index("ix_drafts_person_id", "drafts", ["person_id"], unique=False)


def _reports() -> None:
    op.create_table(
        "reports",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("number", BIG, nullable=False),
        sa.Column("form_id", sa.String(length=32), nullable=False),
        sa.Column("post_id", BIG, nullable=False),
        sa.Column("region_code", REGION, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("answers", DATA, nullable=False),
        sa.Column("level", sa.String(length=8), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("window_key", sa.String(length=60), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("occurred_at", TIME, nullable=False),
        sa.Column("sent_at", TIME, nullable=False),
        sa.Column("stored_at", TIME, nullable=False),
        sa.Column("bot_id", BIG, nullable=False),
        sa.Column("update_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_reports_person_id")),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_reports_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sa.UniqueConstraint("number", name=op.f("uq_reports_number")),
        sa.UniqueConstraint("source", name=op.f("uq_reports_source")),
    )
    op.create_index("ix_reports_person_id", "reports", ["person_id", "id"], unique=False)
    op.create_index("ix_reports_region_code", "reports", ["region_code", "stored_at"], unique=False)


def _report_versions() -> None:
    op.create_table(
        "report_versions",
        sa.Column("report_id", BIG, nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("answers", DATA, nullable=False),
        sa.Column("level", sa.String(length=8), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("occurred_at", TIME, nullable=False),
        sa.Column("sent_at", TIME, nullable=False),
        sa.Column("stored_at", TIME, nullable=False),
        sa.Column("bot_id", BIG, nullable=False),
        sa.Column("update_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name=op.f("fk_report_versions_report_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report_id", "version", name=op.f("pk_report_versions")),
    )


def _standings() -> None:
    op.create_table(
        "standings",
        sa.Column("window_key", sa.String(length=60), nullable=False),
        sa.Column("post_id", BIG, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("region_code", REGION, nullable=False),
        sa.Column("report_id", BIG, nullable=False),
        sa.Column("level", sa.String(length=8), nullable=True),
        sa.Column("answers", DATA, nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("sent_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_standings_post_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("window_key", "post_id", name=op.f("pk_standings")),
    )


def _incidents() -> None:
    op.create_table(
        "incidents",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("number", BIG, nullable=False),
        sa.Column("report_id", BIG, nullable=False),
        sa.Column("category", sa.String(length=32), nullable=True),
        sa.Column("severity", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("post_id", BIG, nullable=False),
        sa.Column("region_code", REGION, nullable=False),
        sa.Column("reporter_id", BIG, nullable=False),
        sa.Column("owner_id", BIG, nullable=True),
        sa.Column("occurred_at", TIME, nullable=False),
        sa.Column("opened_at", TIME, nullable=False),
        sa.Column("acknowledged_at", TIME, nullable=True),
        sa.Column("resolved_at", TIME, nullable=True),
        sa.Column("row_version", BIG, nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name=op.f("fk_incidents_owner_id")),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_incidents_post_id")),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_incidents_report_id")),
        sa.ForeignKeyConstraint(["reporter_id"], ["people.id"], name=op.f("fk_incidents_reporter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents")),
        sa.UniqueConstraint("number", name=op.f("uq_incidents_number")),
        sa.UniqueConstraint("report_id", name=op.f("uq_incidents_report_id")),
    )
    op.create_index("ix_incidents_region_code", "incidents", ["region_code", "state"], unique=False)


def _incident_events() -> None:
    op.create_table(
        "incident_events",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("incident_id", BIG, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("action", sa.String(length=16), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("bot_id", BIG, nullable=False),
        sa.Column("update_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name=op.f("fk_incident_events_incident_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_incident_events_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_events")),
    )
    op.create_index("ix_incident_events_incident_id", "incident_events", ["incident_id", "id"], unique=False)
    # ### end Alembic commands ###
