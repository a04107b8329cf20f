"""Each page of the portal: a view reads what came, carries it to a verb or a query, and renders."""
