"""What processing made of an update; shared by the pump and by what it is given to call."""

from enum import Enum


class Verdict(Enum):
    """The end of one update's processing."""

    DONE = "done"
    FORGET = "forget"  # done, and what it said is not kept
    UNPARSABLE = "unparsable"
