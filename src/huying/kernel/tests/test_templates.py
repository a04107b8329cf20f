"""Templates: of the pack, of the unit, of oneself, with gaps that must be filled before they are sent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.city import queries as city
from huying.city.models import Setting
from huying.kernel import actions, gaps, templates
from huying.kernel.errors import BadInput, NotThere
from huying.kernel.models import Matter
from huying.kernel.tests.conftest import BUREAU, CENTRE, Story
from tests.people import MakeActor

pytestmark = pytest.mark.django_db(transaction=True)
PACK = [
    {"key": "any", "title": "办好了", "step": "answer", "duty": "", "text": "〔日期〕办好。"},
    {"key": "lamp", "title": "灯亮了", "step": "answer", "duty": "lamp", "text": "〔日期〕灯亮了。"},
    {"key": "noise", "title": "噪声", "step": "answer", "duty": "noise", "text": "〔日期〕测过。"},
    {"key": "call", "title": "约好了", "step": "contact", "duty": "", "text": "约好〔几点〕。"},
]
GAPPY = "您说的路灯〔日期〕由市政科换好，已经亮了。"


@pytest.fixture(autouse=True)
def pack(story: Story) -> None:
    Setting.objects.create(key="replies", value=PACK)
    city.reset()


def titles(story: Story, duty: str = "lamp", step: str = "answer") -> list[str]:
    return [row.title for row in templates.offered(story.handler, [step], duty)]


def test_what_is_for_the_duty_comes_first_and_another_duty_s_not_at_all(story: Story) -> None:
    assert titles(story) == ["灯亮了", "办好了"]
    assert titles(story, "", "contact") == ["约好了"]


def test_one_s_own_before_the_unit_s_before_the_pack_s(story: Story) -> None:
    templates.keep(story.head, "局里的", "answer", "〔日期〕。", unit=story.city.department(BUREAU).pk)
    templates.keep(story.handler, "我的", "answer", "〔日期〕。")
    assert titles(story) == ["灯亮了", "我的", "局里的", "办好了"]


def test_nobody_else_is_offered_one_s_own_and_no_other_unit_the_unit_s(story: Story, actor: MakeActor) -> None:
    templates.keep(story.head, "局里的", "answer", "〔日期〕。", unit=story.city.department(BUREAU).pk)
    mine = templates.keep(story.handler, "我的", "answer", "〔日期〕。")
    assert "我的" not in [row.title for row in templates.everything(story.head)]
    assert "局里的" not in [row.title for row in templates.everything(story.centre)]
    assert templates.get(story.head, str(mine.pk)) is None
    for stranger in (story.head, story.centre):
        with pytest.raises(NotThere):
            templates.remove(stranger, str(mine.pk))
    with pytest.raises(NotThere):
        templates.keep(story.handler, "局里的", "answer", "〔日期〕。", unit=story.city.department(BUREAU).pk)
    with pytest.raises(NotThere):
        templates.keep(story.head, "别处的", "answer", "〔日期〕。", unit=story.city.department(CENTRE).pk)


def test_a_template_is_changed_and_taken_out(story: Story) -> None:
    row = templates.keep(story.handler, "我的", "answer", "〔日期〕。")
    templates.keep(story.handler, "改过的", "answer", "〔日期〕〔几点〕。", key=str(row.pk))
    assert "改过的" in titles(story)
    templates.remove(story.handler, str(row.pk))
    assert "改过的" not in titles(story)


@pytest.mark.parametrize(
    ("title", "step", "text", "field"),
    [
        ("", "answer", "好", "title"),
        ("好" * 41, "answer", "好", "title"),
        ("好", "sign", "好", "step"),
        ("好", "answer", "", "text"),
        ("好", "answer", "〔日期", "text"),
        ("好", "answer", "请打 13800138000", "text"),
    ],
)
def test_what_cannot_be_a_template_names_its_field(story: Story, title: str, step: str, text: str, field: str) -> None:
    with pytest.raises(BadInput) as fault:
        templates.keep(story.handler, title, step, text)
    assert list(fault.value.errors) == [field]


def test_one_s_own_approved_answer_becomes_one_with_what_identifies_as_gaps(story: Story) -> None:
    story.until("contacted")
    text = "11 月 18 日晚上换了两盏灯，请打 13800138000 找我。我叫周明远。"
    response = actions.answer(story.handler, story.task().pk, text)
    with pytest.raises(NotThere):
        templates.from_answer(story.handler, response.pk)
    actions.submit(story.handler, story.task().pk)
    actions.approve(story.centre, story.task().pk)
    Matter.objects.update(duty_key="lamp")
    row = templates.from_answer(story.handler, response.pk)
    assert "〔日期〕" in row.text and "〔电话〕" in row.text
    assert "13800138000" not in row.text and "周明远" not in row.text and "18 日" not in row.text
    assert (row.officer, row.duty_key, row.step) == (story.handler.officer, "lamp", "answer")
    with pytest.raises(NotThere):
        templates.from_answer(story.head, response.pk)


# --- Gaps ---------------------------------------------------------------------------------------------------------------


def test_a_draft_keeps_its_gaps_and_is_not_sent_with_them(story: Story) -> None:
    story.until("contacted")
    actions.answer(story.handler, story.task().pk, GAPPY)
    with pytest.raises(BadInput) as fault:
        actions.submit(story.handler, story.task().pk)
    assert "〔日期〕" in fault.value.errors["text"] and story.task().state == "signed"
    actions.answer(story.handler, story.task().pk, GAPPY.replace("〔日期〕", "昨晚"))
    actions.submit(story.handler, story.task().pk)


def test_no_step_goes_to_the_caller_with_a_gap(story: Story) -> None:
    task = story.until("signed").task().pk
    with pytest.raises(BadInput) as note:
        actions.contact(story.handler, task, "phone", "约好〔几点〕来看")
    with pytest.raises(BadInput) as text:
        actions.supplement(story.handler, task, "请补充〔哪种凭据〕")
    with pytest.raises(BadInput) as ground:
        actions.send_back(story.handler, task, "依据〔哪一条〕，由产权人负责。")
    assert (list(note.value.errors), list(text.value.errors), list(ground.value.errors)) == (["note"], ["text"], ["ground"])


def test_a_ground_with_a_gap_declines_nothing(story: Story) -> None:
    with pytest.raises(BadInput) as fault:
        actions.decline(story.dispatcher, story.opened.matter_id, "依照〔哪一条〕不予受理", "请向〔哪个法院〕起诉")
    assert set(fault.value.errors) == {"ground", "way"} and story.matter.state == "received"


@pytest.mark.parametrize("text", ["国办发〔2020〕53号", "请打〔电话1〕", "没有空", "〔〕"])
def test_what_is_no_gap_goes(text: str) -> None:
    assert gaps.left(text) == []


@given(st.lists(st.text("日期几点哪里做了什么", min_size=1, max_size=8), min_size=1, max_size=5))
def test_every_gap_that_is_left_is_found(names: list[str]) -> None:
    text = "。".join(f"在〔{name}〕办" for name in names)
    assert gaps.left(text) == list(dict.fromkeys(names))
