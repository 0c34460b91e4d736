"""Regions, posts and linked groups."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)
DATA = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
REGION = sa.String(16).with_variant(sa.String(16, collation="C"), "postgresql")


def upgrade() -> None:
    _regions()
    _posts()
    _groups()


def _regions() -> None:
    op.create_table(
        "regions",
        sa.Column("code", REGION, nullable=False),
        sa.Column("parent_code", REGION, nullable=True),
        sa.Column("level", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("aliases", DATA, nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_regions")),
    )


def _posts() -> None:
    op.create_table(
        "posts",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("region_code", REGION, nullable=False),
        sa.Column("voters", BIG, nullable=True),
        sa.Column("risk", sa.String(length=16), nullable=False),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["region_code"], ["regions.code"], name=op.f("fk_posts_region_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posts")),
        sa.UniqueConstraint("code", name=op.f("uq_posts_code")),
    )
    op.create_index("ix_posts_region_code", "posts", ["region_code", "kind"], unique=False)


def _groups() -> None:
    op.create_table(
        "groups",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("bot_id", BIG, nullable=False),
        sa.Column("chat_id", BIG, nullable=False),
        sa.Column("thread_id", BIG, nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("region_code", REGION, nullable=False),
        sa.Column("purposes", DATA, nullable=False),
        sa.Column("language", sa.String(length=8), nullable=True),
        sa.Column("linked_at", TIME, nullable=False),
        sa.Column("unlinked_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(["region_code"], ["regions.code"], name=op.f("fk_groups_region_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_groups")),
        sa.UniqueConstraint("bot_id", "chat_id", "thread_id", name=op.f("uq_groups_bot_id_chat_id_thread_id")),
    )
    op.create_index("ix_groups_region_code", "groups", ["region_code"], unique=False)
