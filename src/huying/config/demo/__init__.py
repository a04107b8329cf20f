"""A believable week for the demo: its people and calls stand in the pack's `demo` folder, played through the real verbs."""
