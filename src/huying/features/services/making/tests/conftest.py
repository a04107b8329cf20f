"""A small city that was loaded from its pack, the owner of a thing, and whoever must agree to it."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from huying.city import pack, queries
from huying.city.models import Department
from huying.city.tests.small_pack import SmallPack
from huying.city.tests.small_things import with_things
from huying.features.services.making import approving, drafting, publishing
from huying.features.services.making.models import Agreement, ThingDraft, Word
from huying.people.actors import Actor
from tests.people import MakeActor

OWNER, DESK = "city.urban-management", "city.hotline"
# items of the owner's own line, of the streets, and of the next province
MARKET = """\
code: market
name: {zh: 摆夜市, en: A stall at night}
event: opening
who: [firm]
promise: 7
text: {zh: 夜市摆摊要办的事。, en: What a night stall needs.}
synonyms: [想摆夜市, 晚上摆摊, 夜市摊位]
questions:
  - key: sign
    ask: {zh: 挂招牌吗？, en: Is there a sign?}
    options:
      - {key: 'yes', zh: 挂, en: "Yes"}
      - {key: 'no', zh: 不挂, en: "No"}
items:
  - item: sign
    when: {sign: 'yes'}
  - item: tables
    after: [sign]
"""


@dataclass
class Maker:
    """The draft with those around it: `owner` drafts, `head` sends and publishes, `desk` speaks for whoever is not here."""

    small: SmallPack
    owner: Actor
    head: Actor
    desk: Actor

    @property
    def unit(self) -> int:
        """The owner's department."""
        return Department.objects.get(key=OWNER).pk

    def draft(self, text: str = MARKET, base: str = "") -> ThingDraft:
        """A draft of the owner's."""
        return drafting.begin(self.owner, self.unit, base, text)

    def sent(self, text: str = MARKET, base: str = "") -> ThingDraft:
        """A draft that waits for the departments."""
        row = self.draft(text, base)
        return approving.send(self.head, row.pk, row.revision)

    def agreed(self, text: str = MARKET, base: str = "") -> ThingDraft:
        """A draft to which all have agreed."""
        row = self.sent(text, base)
        for consent in Agreement.objects.filter(draft=row, revision=row.revision, word=Word.WAITING):
            approving.agree(self.desk, consent.pk, "渝街函〔2026〕8 号，11 月 20 日")
        return ThingDraft.objects.get(pk=row.pk)

    def published(self, text: str = MARKET, base: str = "") -> ThingDraft:
        """A draft that is in force."""
        row = self.agreed(text, base)
        return publishing.publish(self.head, row.pk, row.revision)

    def consent(self, row: ThingDraft, body: str) -> Agreement:
        """What a body says of the draft as it stands."""
        return Agreement.objects.get(draft=row, revision=ThingDraft.objects.get(pk=row.pk).revision, body=body)


@pytest.fixture
def maker(tmp_path: Path, db: None, actor: MakeActor) -> Maker:
    """The small pack with its things, loaded."""
    small = with_things(SmallPack(tmp_path / "pack"))
    pack.load(small.root)
    queries.reset()
    owner, desk = (Department.objects.get(key=key) for key in (OWNER, DESK))
    return Maker(small, actor("handler", owner), actor("head", owner), actor("head", desk))
