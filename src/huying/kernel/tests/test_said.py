"""Whatever people write about a call: identifiers leave it, each under the key of whose it is, and read back to her alone."""

import msgspec
import pytest

from huying.kernel import actions, queries, said
from huying.kernel.models import Call, Extension, Note, Sealed, Task
from huying.kernel.tests.conftest import Story, new_call
from huying.kernel.tests.voices import joining, share
from huying.people import private
from huying.people.actors import holder_actor, party_actor
from huying.people.models import Party
from tests.people import MakeCaller
from tests.privacy import standing

pytestmark = pytest.mark.django_db(transaction=True)
HERS, NEIGHBOUR, OFFICE = "13812345678", "13999990000", "023-67891234"
ANSWER = f"已与楼上住户（电话{NEIGHBOUR}）说好，您留的电话{HERS}已记下。有事请打我局电话{OFFICE}。"


def hers(story: Story, text: str = f"路灯三天不亮，请打{HERS}找我，我是李小梅。") -> Call:
    """A call in which she names herself."""
    opened = actions.open_calls(story.she, [new_call(caller=story.caller, text=text)])[0]
    story.opened = opened
    return story.call


def answered(story: Story, text: str = ANSWER) -> None:
    hers(story)
    story.until("contacted")
    actions.answer(story.handler, story.task().pk, text)
    story.done.append("written")
    story.until("answered")


def opened(row: Sealed) -> dict[str, str]:
    return msgspec.json.decode(private.unseal(row.party, row.sealed), type=dict[str, str])


def test_an_answer_holds_the_offices_telephone_and_nobody_elses(story: Story) -> None:
    answered(story)
    assert (
        story.response().text
        == "已与楼上住户（电话〔电话·1〕）说好，您留的电话〔电话·2〕已记下。有事请打我局电话023-67891234。"
    )
    assert standing(HERS, NEIGHBOUR) == []


def test_she_reads_her_own_number_in_it_and_not_her_neighbours(story: Story) -> None:
    answered(story)
    page = queries.call_page(story.she, story.call.pk)
    assert page.answer and HERS in page.answer.text and OFFICE in page.answer.text
    assert NEIGHBOUR not in page.answer.text and "〔电话·1〕" in page.answer.text
    assert HERS in page.call.text and "李小梅" in page.call.text


def test_who_only_holds_number_and_secret_reads_tokens(story: Story) -> None:
    answered(story)
    page = queries.call_page(holder_actor(story.call.pk), story.call.pk)
    assert page.answer and OFFICE in page.answer.text and HERS not in page.answer.text + page.call.text


def test_officers_read_tokens(story: Story) -> None:
    answered(story)
    page = queries.matter_page(story.handler, story.matter.pk)
    shown = "".join([page.calls[0].text, page.responses[0].text, *(n.text for n in page.notes)])
    assert HERS not in shown and NEIGHBOUR not in shown and "李小梅" not in shown


def test_what_was_cut_lies_under_the_key_of_whose_it_is(story: Story, caller: MakeCaller) -> None:
    share("lamp")
    hers(story)
    story.until("dispatched")
    second = joining(story, caller, text="路灯也不亮，我电话13700001111。")
    actions.pass_down(
        story.centre, story.top.pk, story.city.department("500106.urban-management").pk, "先打13700001111，再打13999990000"
    )  # type: ignore[union-attr]
    rows = {row.party_id: opened(row) for row in Sealed.objects.select_related("party")}
    other = Call.objects.get(pk=second.call_id).caller_id
    assert rows == {other: {"〔电话·1〕": "13700001111"}, story.caller.pk: {"〔电话·2〕": "13999990000"}}


def test_nothing_is_read_or_written_where_nothing_is_cut(story: Story, django_assert_num_queries: object) -> None:
    matter = story.matter
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert said.of_officer(matter, "今晚换了两盏灯，已经亮了。") == "今晚换了两盏灯，已经亮了。"


def test_the_same_number_keeps_its_token_through_a_matter(story: Story) -> None:
    matter = story.matter
    first = said.of_officer(matter, f"打了{NEIGHBOUR}没人接")
    assert said.of_officer(matter, f"又打{NEIGHBOUR}，接了；另有13600000000") == "又打〔电话·1〕，接了；另有〔电话·2〕"
    assert first == "打了〔电话·1〕没人接"


def test_a_rewritten_draft_keeps_what_its_tokens_stand_for(story: Story) -> None:
    answered(story)
    text = story.response().text
    assert said.of_officer(story.matter, text) == text


def test_erasing_her_erases_what_others_wrote_of_her(story: Story) -> None:
    answered(story)
    Party.objects.filter(pk=story.caller.pk).update(data_key=None)
    assert said.held_by(story.call) == {}
    assert said.of_officer(story.matter, f"她的电话{HERS}") == "她的电话〔电话·1〕"
    page = queries.call_page(story.she, story.call.pk)
    assert page.answer and HERS not in page.answer.text


def test_words_of_her_rating_are_cut(story: Story) -> None:
    answered(story)
    actions.rate(story.she, story.call.pk, False, 2, "楼上13899998888说没有人来过")
    assert story.call.rating_text == "楼上〔电话2〕说没有人来过" and standing("13899998888") == []
    assert queries.call_page(story.she, story.call.pk).call.rating_text == "楼上13899998888说没有人来过"


def test_a_question_put_to_her_is_cut(story: Story) -> None:
    story.until("signed")
    actions.supplement(story.handler, story.task().pk, f"请问{NEIGHBOUR}是您家的吗？")
    assert queries.call_page(story.she, story.call.pk).asks[0].text == "请问〔电话·1〕是您家的吗？"


def test_a_ground_fits_its_column_after_its_tokens_have_made_it_longer(story: Story) -> None:
    story.until("signed")
    ground = "不归我局管，见" + "业主赵敏、" * 58
    actions.send_back(story.handler, story.task().pk, ground)
    stored = Task.objects.get(pk=story.task().pk).ground
    assert len(stored) <= 300 and "赵敏" not in stored and stored.count("〔") == stored.count("〕")


def test_the_ground_of_an_extension_is_cut(story: Story) -> None:
    story.until("signed")
    actions.ask_extension(story.handler, story.task().pk, 1, f"等住户{NEIGHBOUR}回来开门")
    assert Extension.objects.get().ground == "等住户〔电话·1〕回来开门"
    assert Note.objects.order_by("-pk")[0].text == "等住户〔电话·1〕回来开门"


@pytest.mark.parametrize("length", range(6, 22))
def test_no_half_of_a_number_is_left_in_a_title_that_was_cut_short(story: Story, length: int) -> None:
    text = f"请打{HERS}，路灯三天不亮"
    opened = actions.open_calls(story.she, [new_call(caller=story.caller, text=text, title=text[:length])])[0]
    call = Call.objects.get(pk=opened.call_id)
    assert HERS[:3] not in call.title and HERS[:3] not in call.matter.title


def test_what_another_voice_said_of_herself_is_not_hers_to_read(story: Story, caller: MakeCaller) -> None:
    share("lamp")
    second = joining(story, caller, text="路灯也不亮，我电话13700001111。")
    story.until("contacted")
    actions.answer(story.handler, story.task().pk, "已回电13700001111，修好了，灯亮了。")
    story.done.append("written")
    story.until("answered")
    first_reads = queries.call_page(story.she, story.call.pk).answer
    other = Call.objects.select_related("caller").get(pk=second.call_id)
    second_reads = queries.call_page(party_actor(other.caller), other.pk).answer
    assert first_reads and second_reads
    assert first_reads.text == "已回电〔电话·1〕，修好了，灯亮了。" and "13700001111" in second_reads.text


def test_words_for_everybody_keep_the_offices_number_alone() -> None:
    assert said.for_all(f"我局电话{OFFICE}，楼上住户13999990000已同意。") == f"我局电话{OFFICE}，楼上住户〔电话·1〕已同意。"
