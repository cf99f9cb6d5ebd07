"""Fidelity, measured: recorded answers of real servers against the embedded GLPI's."""
