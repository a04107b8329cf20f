"""Names in letters, of whatever language writes them: Ana Li, Kimberly O'Connor, Jean-Pierre Dubois, Nguyễn Thị Lan."""

SMALL = "a-zß-öø-ÿāăąćčďđēęěğįīłńňōőřśşšţťūůűųźżžơưạ-ỹ"
LARGE = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞİĪŁŃŇŌŐŘŚŞŠŢŤŪŮŰŲŹŻŽƠƯẠ-Ỹ"
ONE = f"[{LARGE}](?:['’]?[{LARGE}{SMALL}])+"  # Kimberly, O'Connor, DUBOIS
MORE = f"(?:[ -](?:d[aeiou]s?|v[ao]n|bin|al|la|[{LARGE}][{LARGE}{SMALL}'’.]*))"
_THINGS = (
    "School|Academy|University|College|Park|City|International|Hotel|Bank|Mall|Cent(?:er|re)|Tower|Plaza|Club|Caf[eé]|Coffee"
    "|Group|Ltd|Garden|Town|House|Bar|Studio|Shop|Store|Home|Road|Street|Pro|Max|Ultra|Plus|Note"
)
# two to five words, none of them with a letter that goes on
SEVERAL = (
    f"(?<![A-Za-z] )(?<![A-Za-z])(?!(?:[{LARGE}{SMALL}'’]+[ -]){{0,5}}(?:{_THINGS})(?![a-z])){ONE}"
    f"(?:[ -](?:d[aeiou]s?|v[ao]n|bin|al|la) ?)?(?:[ -](?:{ONE}|[{LARGE}]\\.?)){{1,4}}(?![A-Za-z])"
)
_STRANGE = f"[{SMALL.replace('a-z', '')}{LARGE.replace('A-Z', '')}]"
# of which one letter is none of English: no firm here, no phrase
STRANGE = f"(?=[{LARGE}{SMALL}'’. -]{{0,40}}{_STRANGE}){SEVERAL}"
