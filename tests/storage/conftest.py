"""What the tests of storage share."""

import pytest


@pytest.fixture
def reported() -> list[str]:
    """What the operator was notified of."""
    return []
