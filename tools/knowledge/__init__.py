"""The parts of `tools.make_knowledge`: reading the OpenAPI document, correcting it, writing `_knowledge`'s tables."""
