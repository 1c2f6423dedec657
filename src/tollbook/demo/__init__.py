"""The demo: reports and source cards of one real incident, retold, and the book that is made of them."""
