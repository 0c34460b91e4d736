"""When somebody was put out: what was made before lets them in no more."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("people", sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))
