"""The shapes of GLPI's items, for type checkers and editors: `highlevel`, `legacy`; nothing of it runs with the clients.

`python -m glpi_utils.types --url https://glpi.example.com -o mytypes.py` writes those of one server.
"""
