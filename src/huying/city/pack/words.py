"""The words a pack may use where it must choose from a few."""

LEVELS = ("city", "district", "street", "community")
PARENT_LEVEL = {"district": "city", "street": "district", "community": "street"}
URGENCIES = ("life", "utility", "ordinary")
CLOCKS = ("sign", "contact", "answer", "approve", "adjudicate", "assist", "settle", "check", "objection")
UNITS = ("hours", "workdays")
# Each kind of call that has promises, and the sorts within it.
KINDS = {"appeal": ("inquiry", "help", "complaint", "report", "suggestion", "praise")}
# The steps for which a pack may bring words.
STEPS = ("contact", "supplement", "answer", "decline", "refer", "send_back")
# Types without which a call cannot go its way: the city's desk, and the centre that each district has.
DESK, CENTRE = "hotline", "governance-centre"
# Items and things: who applies, what an item is in law, and how a question is answered.
WHO = ("person", "firm")
ITEM_KINDS = ("permit", "confirmation", "payment", "record", "service")
QUESTION_KINDS = ("one", "many", "number")
