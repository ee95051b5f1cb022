"""Screens wire widgets to the desk, and do nothing else."""
