"""Annotations that are evaluated when the router asks, as those of Python 3.14 are."""

import sys

import pytest

from bareasgi_ws import Router

pytestmark = pytest.mark.skipif(sys.version_info < (3, 14), reason="Python evaluates annotations at once before 3.14")


def test_a_type_that_is_defined_after_the_handler_is_compared() -> None:
    from . import deferred_annotations

    Router().add("/{number:int}", deferred_annotations.later)
    with pytest.raises(TypeError, match="which later asks for in its matches"):
        Router().add("/{number}", deferred_annotations.later)


def test_a_name_for_checkers_only_is_not_compared() -> None:
    from . import deferred_annotations

    Router().add("/{number}", deferred_annotations.checkers_only)
    Router().add("/{number}", deferred_annotations.unknown_item)
