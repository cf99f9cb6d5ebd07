"""The embedded GLPI as a server: its thread, its connections, its pace, rows that come and go meanwhile."""
