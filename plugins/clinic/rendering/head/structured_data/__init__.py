"""What machines read of a page: one schema.org graph, made of facts that the page shows."""
