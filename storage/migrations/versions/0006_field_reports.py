"""What guided drafts, corrections, locations, shared phones, handovers and media need."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)
DATA = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    _drafts()
    _reports()
    _people()
    _handovers()
    _media()


def _list(name: str) -> sa.Column[object]:
    return sa.Column(name, DATA, nullable=False, server_default="[]")


def _number(name: str) -> sa.Column[float]:
    return sa.Column(name, sa.Float(), nullable=True)


def _drafts() -> None:
    op.add_column("drafts", sa.Column("stage", sa.String(length=8), nullable=False, server_default="ask"))
    for name in ("trail", "insisted", "flags"):
        op.add_column("drafts", _list(name))
    op.add_column("drafts", sa.Column("report_id", BIG, nullable=True))
    for name in ("lat", "lon", "accuracy_m"):
        op.add_column("drafts", _number(name))
    op.add_column("drafts", sa.Column("expires_at", TIME, nullable=True))
    op.create_index("ix_drafts_expires_at", "drafts", ["expires_at"], unique=False)


def _reports() -> None:
    op.add_column("reports", _list("flags"))
    for name in ("lat", "lon", "accuracy_m", "distance_m"):
        op.add_column("reports", _number(name))
    op.create_index("ix_reports_post_id", "reports", ["post_id", "id"], unique=False)
    op.add_column("report_versions", sa.Column("post_id", BIG, nullable=True))
    op.add_column("report_versions", _list("flags"))
    op.add_column("incidents", sa.Column("contact_id", BIG, nullable=True))


def _people() -> None:
    op.add_column("people", sa.Column("shared", sa.Boolean(), nullable=False, server_default=sa.false()))
    for name in ("lat", "lon", "accuracy_m"):
        op.add_column("people", _number(name))
    op.add_column("people", sa.Column("located_at", TIME, nullable=True))
    op.add_column("invites", sa.Column("shared", sa.Boolean(), nullable=False, server_default=sa.false()))


def _handovers() -> None:
    op.create_table(
        "handovers",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("post_id", BIG, nullable=False),
        sa.Column("from_id", BIG, nullable=False),
        sa.Column("to_id", BIG, nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("offered_at", TIME, nullable=False),
        sa.Column("settled_at", TIME, nullable=True),
        sa.Column("bot_id", BIG, nullable=False),
        sa.Column("update_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["from_id"], ["people.id"], name=op.f("fk_handovers_from_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_handovers_post_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["to_id"], ["people.id"], name=op.f("fk_handovers_to_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handovers")),
    )
    op.create_index("ix_handovers_post_id", "handovers", ["post_id", "id"], unique=False)
    op.create_index("ix_handovers_to_id", "handovers", ["to_id"], unique=False)


def _media() -> None:
    op.create_table(
        "media",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("report_id", BIG, nullable=True),
        sa.Column("draft_source", sa.String(length=60), nullable=True),
        sa.Column("chat_id", BIG, nullable=False),
        sa.Column("message_id", BIG, nullable=False),
        sa.Column("album_id", sa.String(length=64), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("file_unique_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=True),
        sa.Column("mime", sa.String(length=120), nullable=True),
        sa.Column("size", BIG, nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("path", sa.String(length=255), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), nullable=False),
        sa.Column("next_at", TIME, nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("sent_at", TIME, nullable=False),
        sa.Column("stored_at", TIME, nullable=True),
        sa.Column("bot_id", BIG, nullable=False),
        sa.Column("update_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_media_person_id")),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_media_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_media")),
        sa.UniqueConstraint(
            "bot_id",
            "chat_id",
            "message_id",
            "file_unique_id",
            name=op.f("uq_media_bot_id_chat_id_message_id_file_unique_id"),
        ),
    )
    op.create_index("ix_media_report_id", "media", ["report_id"], unique=False)
    op.create_index("ix_media_draft_source", "media", ["draft_source"], unique=False)
    op.create_index("ix_media_album_id", "media", ["chat_id", "album_id"], unique=False)
    op.create_index("ix_media_sha256", "media", ["sha256"], unique=False)
    op.create_index(
        "ix_media_waiting",
        "media",
        ["next_at"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
