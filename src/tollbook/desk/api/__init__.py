"""The REST API of the desk: what pages show and do, as typed JSON."""
