"""What the tests of storage share."""

from pathlib import Path

import pytest


@pytest.fixture
def reported() -> list[str]:
    """What the operator was notified of."""
    return []


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the inbox or the journal is."""
    return tmp_path / "inbox.sqlite3"
