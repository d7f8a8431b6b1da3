"""Tests of the parts, one by one."""
