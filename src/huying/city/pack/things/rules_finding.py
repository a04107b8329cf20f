"""What must hold of the everyday words by which things are found."""

from django.utils.translation import gettext as _

from huying.city.pack.faults import Faults, shown
from huying.city.pack.things.layout import Catalogue, ThingFile, strings


def check_synonyms(things: Catalogue, faults: Faults) -> None:
    """Everyday words for a thing, each for one thing only: else nobody could say which is meant."""
    first: dict[str, ThingFile] = {}
    for file in things.things:
        words = strings(file.row["synonyms"], file.row.file, faults)
        if file.row["synonyms"] is not None and len(words) < 3:
            faults.add(file.row.file, file.row.at("synonyms"), _("至少写三种平常的说法，好让人找得到"))
        for word, place in words:
            earlier = first.setdefault(word, file)
            if earlier is not file:
                message = _("“{word}”已经指 {file} 那件事；请换一种说法").format(word=shown(word), file=earlier.row.file)
                faults.add(file.row.file, place, message)
