"""The desk: server-rendered pages and a REST API over one live book; a person's act is an entry."""
