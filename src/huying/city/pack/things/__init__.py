"""Items and things of a pack: read, checked, and made into versions."""
