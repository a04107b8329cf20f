from huying.kernel import moves
from huying.kernel.models import OPEN_TASK, MatterState, TaskState


def test_every_row_has_a_reason_and_known_states() -> None:
    states = {"matter": set(MatterState.values), "task": set(TaskState.values)}
    for move in moves.MOVES:
        assert len(move.why) > 15
        assert move.sources <= states[move.on]
        assert move.target is None or move.target in states[move.on]


def test_no_verb_stands_twice_for_one_subject() -> None:
    keys = [(m.on, m.verb) for m in moves.MOVES]
    assert len(keys) == len(set(keys))


def test_every_open_task_can_be_ended() -> None:
    assert moves.move_of("task", "cancel").sources == set(OPEN_TASK)


def test_every_state_of_a_matter_can_be_reached_from_the_first() -> None:
    reached, grown = {MatterState.RECEIVED.value}, True
    while grown:
        more = {m.target for m in moves.MOVES if m.on == "matter" and m.target and m.sources & reached} - reached
        reached |= {str(m) for m in more}
        grown = bool(more)
    assert reached == set(MatterState.values)


def test_a_matter_that_ended_for_good_is_not_moved_again() -> None:
    final = {"declined", "referred", "withdrawn", "merged", "concluded"}
    assert not [m for m in moves.MOVES if m.on == "matter" and m.sources & final]
