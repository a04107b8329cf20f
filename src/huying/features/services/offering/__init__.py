"""主动服务: where the city knows enough, the thing is offered with everything filled in; the person only confirms.

Read `models.py`, then `running.py`: consent (`consenting.py`) makes a watch for each rule; the day's run claims the watches
that are due, writes each look down before it asks the register, and makes offers (`drawing.py`); she answers one
(`answering.py`). Rules are data of the pack (huying.city.things.offers).
"""
