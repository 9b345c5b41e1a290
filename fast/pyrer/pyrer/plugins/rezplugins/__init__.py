"""Plugins of pyrer for rez; rez looks for this file."""
