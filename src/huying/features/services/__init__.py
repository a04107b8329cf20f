"""办事: one thing made of many items, applied for once and borne side by side. Read kind.py first."""
