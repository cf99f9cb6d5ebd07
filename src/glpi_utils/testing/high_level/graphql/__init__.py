"""GraphQL: its language, its types, its one route."""
