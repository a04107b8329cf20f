from huying.features.appeals.kind import APPEAL
from huying.kernel import moves


def test_an_appeal_picks_its_verbs_from_the_table_and_adds_none() -> None:
    own = APPEAL.verbs - {move.verb for move in moves.MOVES}
    assert own == {"rate"}, "the caller's word moves her call, not matter or task"
