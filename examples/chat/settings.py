"""What can be set from outside, with environment variables."""

from collections.abc import Mapping
from dataclasses import dataclass
from secrets import token_bytes


@dataclass(frozen=True)
class Settings:
    """The settings of one worker; every worker of a chat has the same.

    Attributes:
        secret: What sign-ins are signed with.
        password: What a member must know, or empty where anybody may come in.
        origins: The pages that may connect, or none where only our own page may.
        redis: The address of Redis, or empty to run in this process alone.
        history: How many messages of a room are kept.
        tick: The seconds between two ticks.
    """

    secret: bytes
    password: str = ""
    origins: frozenset[str] = frozenset()
    redis: str = ""
    history: int = 50
    tick: float = 20.0


def from_environment(variables: Mapping[str, str]) -> Settings:
    """Read the settings; the README has the list of variables."""
    redis = variables.get("CHAT_REDIS", "")
    secret = variables.get("CHAT_SECRET", "").encode()
    if redis and not secret:
        raise ValueError("CHAT_REDIS needs CHAT_SECRET: every worker has to know the members of the others")
    return Settings(
        secret=secret or token_bytes(32),
        password=variables.get("CHAT_PASSWORD", ""),
        origins=frozenset(variables.get("CHAT_ORIGINS", "").split()),
        redis=redis,
        history=int(variables.get("CHAT_HISTORY", "50")),
        tick=float(variables.get("CHAT_TICK", "20")),
    )
