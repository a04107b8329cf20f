"""She asks for erasure: what names her is gone for good, also out of a backup; everything else stays and verifies."""

import io
import sqlite3
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connection
from PIL import Image

from huying.events.tests.logs import seal
from huying.events.verify import verify
from huying.kernel import actions, photos, queries, rebuild
from huying.kernel.errors import NotThere
from huying.kernel.models import Call, Photo, Sealed
from huying.kernel.tests.conftest import Story, new_call
from huying.people import erasures, holdings, parties, private
from huying.people.actors import party_actor
from huying.people.holdings import OpenMatters
from huying.people.models import Party
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db(transaction=True)
PHONE, TEXT = "13800004321", "我是王秀英，电话13800004321，路灯三天不亮。"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, settings: LazySettings) -> None:
    settings.ERASURES, settings.PHOTOS = tmp_path / "erasures", tmp_path / "photos"


@pytest.fixture
def hers(story: Story) -> Story:
    """Her call with identifiers and a photo, which a neighbour's joined; both were answered."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "JPEG")
    picture = photos.take_up("灯.jpg", out.getvalue())
    story.opened = actions.open_calls(
        story.she, [new_call(caller=parties.draft_of_phone(PHONE), text=TEXT, photos=[picture], lon=106.5, lat=29.5)]
    )[0]
    story.caller = story.call.caller
    parties.account_of(story.caller)
    neighbour = actions.open_calls(story.she, [new_call(caller=parties.draft_of_phone("13900001234"), text="也是黑的")])[0]
    actions.merge(story.dispatcher, neighbour.matter_id, story.opened.matter_id)
    story.until("answered")
    return story


def neighbour_of(story: Story) -> Call:
    return Call.objects.exclude(caller=story.caller).get(matter=story.matter)


def test_a_call_that_waits_is_named_first(story: Story) -> None:
    with pytest.raises(OpenMatters) as told:
        holdings.erase(story.she, story.caller)
    assert told.value.numbers == [story.call.number] and erasures.tokens() == []


def test_what_names_her_is_gone_and_the_log_verifies(hers: Story) -> None:
    seal()
    call, photo = hers.call, Photo.objects.get()
    files = [photos.stored(photo.sha256), photos.stored(photo.sha256, small=True)]
    sealed = bytes(call.sealed or b"")
    assert all(file.exists() for file in files)
    holdings.erase(party_actor(hers.caller), hers.caller)
    her = Party.objects.get(pk=hers.caller.pk)
    with pytest.raises(private.Erased):
        private.unseal(her, sealed)
    assert (her.phone_mac, her.phone_sealed, her.account, her.data_key) == (None, None, None, None)
    assert hers.call.sealed is None and hers.call.lon is None and not Sealed.objects.filter(party=her).exists()
    assert not any(file.exists() for file in files) and parties.party_of_phone(PHONE, create=False) is None
    seal()
    found = verify()
    assert found.faults == 0 and found.erased > 0 and list(rebuild.differences()) == []


def test_the_other_voice_is_untouched_and_keeps_her_receipt(hers: Story) -> None:
    seal()
    other = neighbour_of(hers)
    actor = party_actor(other.caller)
    before, page = queries.receipt(actor, other.pk).document, queries.call_page(actor, other.pk)
    holdings.erase(party_actor(hers.caller), hers.caller)
    assert queries.receipt(actor, other.pk).document == before
    after = queries.call_page(actor, other.pk)
    assert (after.call.text, after.answer, len(after.hops)) == (page.call.text, page.answer, len(page.hops))
    with pytest.raises(NotThere):
        queries.receipt(party_actor(hers.caller), hers.call.pk)


def test_a_photo_that_another_call_shows_too_stays(hers: Story) -> None:
    photo = Photo.objects.get()
    Photo.objects.create(
        **{f.name: getattr(photo, f.name) for f in Photo._meta.fields if f.name not in ("id", "call")}, call=neighbour_of(hers)
    )
    holdings.erase(party_actor(hers.caller), hers.caller)
    assert photos.stored(photo.sha256).exists()


def test_all_that_is_held_is_shown_to_her_with_her_own_words(hers: Story) -> None:
    actions.rate(party_actor(hers.caller), hers.call.pk, True, 5, "谢谢，我叫王秀英")
    sections = {section.name: section.rows for section in holdings.held(hers.caller)}
    assert sections["profile"][0]["手机号"] == PHONE
    assert sections["calls"][0]["内容"] == TEXT and sections["calls"][0]["评价"] == "谢谢，我叫王秀英"
    assert len(sections["calls"]) == len(sections["photos"]) == 1
    assert "也是黑的" not in str(sections)


def test_who_looked_and_what_was_left_for_her_are_shown(hers: Story) -> None:
    look = actions.look(hers.handler, hers.call.pk, "phone", "contact", "约上门的时间").look
    actions.object_(party_actor(hers.caller), hers.call.pk, look.pk, "没有人打过电话给我")
    actions.leave_message(hers.handler, hers.call.pk, "请问大概几点方便？")
    actions.answer_message(party_actor(hers.caller), hers.call.pk, "下午五六点")
    sections = {section.name: section.rows for section in holdings.held(hers.caller)}
    (seen,), (left,) = sections["looks"], sections["left_messages"]
    assert hers.handler.officer and look.department
    told = {"谁": hers.handler.officer.name, "岗位": "经办人", "单位": look.department.name, "看了什么": "电话"}
    assert seen.items() >= {**told, "写的话": "约上门的时间", "您的异议": "没有人打过电话给我"}.items()
    assert (left["留言"], left["您的回复"]) == ("请问大概几点方便？", "下午五六点")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="copies the file of SQLite")
def test_a_backup_put_back_is_erased_again(hers: Story, tmp_path: Path) -> None:
    backup, sealed = sqlite3.connect(tmp_path / "backup.sqlite3"), bytes(hers.call.sealed or b"")
    connection.ensure_connection()
    connection.connection.backup(backup)
    holdings.erase(party_actor(hers.caller), hers.caller)
    backup.backup(connection.connection)
    back = Party.objects.get(pk=hers.caller.pk)
    assert PHONE in private.unseal(back, sealed), "the restored backup can be read: that is why it is erased again"
    assert [party.pk for party in erasures.come_back()] == [back.pk]
    assert holdings.reapply() == 1 and holdings.reapply() == 0
    with pytest.raises(private.Erased):
        private.unseal(Party.objects.get(pk=back.pk), sealed)
    assert parties.party_of_phone(PHONE, create=False) is None and neighbour_of(hers).caller.data_key is not None
    seal()
    assert verify().faults == 0


def test_where_it_cannot_be_written_down_nothing_is_erased(hers: Story, tmp_path: Path, settings: LazySettings) -> None:
    (tmp_path / "folder").mkdir()
    settings.ERASURES = tmp_path / "folder"
    with pytest.raises(private.KeyTrouble, match="cannot be written"):
        holdings.erase(party_actor(hers.caller), hers.caller)
    assert parties.phone_of(Party.objects.get(pk=hers.caller.pk)) == PHONE


def test_everything_may_be_read_on_by_officers(hers: Story, small_city: SmallCity) -> None:
    holdings.erase(party_actor(hers.caller), hers.caller)
    view = queries.matter_page(hers.handler, hers.matter.pk)
    assert {call.pk for call in view.calls} >= {hers.call.pk}
