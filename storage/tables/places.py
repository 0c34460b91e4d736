"""The territory: regions, posts, and the Telegram groups linked to them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Float, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import REGION, Base, Key


class RegionRow(Base):
    """A node of the tree, keyed by its official dotted code."""

    __tablename__ = "regions"
    code: Mapped[str] = mapped_column(REGION, primary_key=True)
    parent_code: Mapped[str | None] = mapped_column(REGION)
    level: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(120))
    aliases: Mapped[list[str]]


class PostRow(Base):
    """A place that reports."""

    __tablename__ = "posts"
    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(16))
    region_code: Mapped[str] = mapped_column(REGION, ForeignKey("regions.code"))
    voters: Mapped[int | None]
    risk: Mapped[str] = mapped_column(String(16))
    lat: Mapped[float | None] = mapped_column(Float)
    lon: Mapped[float | None] = mapped_column(Float)
    active: Mapped[bool] = mapped_column(default=True)
    __table_args__ = (Index("ix_posts_region_code", "region_code", "kind"),)


class GroupRow(Base):
    """A Telegram group (or one topic of it) that an admin linked to a region."""

    __tablename__ = "groups"
    id: Mapped[Key]
    bot_id: Mapped[int]
    chat_id: Mapped[int]
    thread_id: Mapped[int] = mapped_column(default=0)  # 0: the group itself, no topic
    title: Mapped[str] = mapped_column(String(200))
    region_code: Mapped[str] = mapped_column(REGION, ForeignKey("regions.code"))
    purposes: Mapped[list[str]]
    language: Mapped[str | None] = mapped_column(String(8))
    linked_at: Mapped[datetime]
    unlinked_at: Mapped[datetime | None]
    __table_args__ = (UniqueConstraint("bot_id", "chat_id", "thread_id"), Index("ix_groups_region_code", "region_code"))
