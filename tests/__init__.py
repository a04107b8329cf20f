"""What is tried across rooms: the house rules, both databases, journeys. A room's own tests lie beside its code."""
