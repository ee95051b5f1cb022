"""Widgets draw what they are given and post what was asked of them; they never see the desk."""
