"""Keys of what admins are told about links of groups."""

from __future__ import annotations


def link_changed_key(group_id: int, item_id: int) -> str:
    """The alert that a link was made, changed or ended by an update."""
    return f"link-changed:{group_id}:u{item_id}"
