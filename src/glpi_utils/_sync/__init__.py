"""The blocking surface, made by `tools/make_sync.py` from the asynchronous one."""
