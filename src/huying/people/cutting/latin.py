"""Names in letters, of whatever language writes them: Ana Li, Kimberly O'Connor, Jean-Pierre Dubois, Nguyễn Thị Lan."""

_LETTERS = [chr(n) for part in ((0xC0, 0x250), (0x1E00, 0x1F00)) for n in range(*part)]
_MARKS = "\u0300-\u036f"  # written apart from their letters
SMALL = "a-z" + "".join(letter for letter in _LETTERS if letter.islower()) + _MARKS
LARGE = "A-Z" + "".join(letter for letter in _LETTERS if letter.isupper())
ANY = f"{LARGE}{SMALL}"
BEGINS = f"(?<![{ANY}'’])(?<![{ANY}] )"  # no part of a word, and not the second of a phrase
_ENDS = f"(?![{ANY}])"
ONE = f"[{LARGE}](?:['’]?[{ANY}]){{1,20}}"  # Kimberly, O'Connor, DUBOIS
_OF = f"(?:d[aeiou]s?|v[ao]n|bin|al|la){_ENDS}"
MORE = f"(?:[ -](?:{_OF}|[{LARGE}][{ANY}'’.]{{0,20}}))"
_THINGS = (
    "School|Academy|University|College|Park|City|International|Hotel|Bank|Mall|Cent(?:er|re)|Tower|Plaza|Club|Caf[eé]|Coffee"
    "|Group|Ltd|Garden|Town|House|Bar|Studio|Shop|Store|Home|Road|Street|Pro|Max|Ultra|Plus|Note|Go|Paris|Paulo"
    "|Est[eé]e|Lanc[oô]me|H[aä]agen|Citro[eë]n|Pok[eé]mon|Nestl[eé]|L['’]Or[eé]al|Mo[eë]t|K[eé]rastase|Herm[eè]s|Nescaf[eé]"
)
_NO_THING = f"(?!(?:[{ANY}'’]{{1,20}}[ -]){{0,5}}(?:{_THINGS})(?![a-z]))"
_WHOLE = f"{ONE}(?:-{ONE})?"
# two to five words, none of them with a letter that goes on
SEVERAL = f"{BEGINS}{_NO_THING}{_WHOLE}(?: {_OF})?(?: (?:{_WHOLE}|[{LARGE}]\\.?)){{1,4}}{_ENDS}"
_STRANGE = f"[{SMALL.replace('a-z', '')}{LARGE.replace('A-Z', '')}]"
# of which one letter is none of English
STRANGE = f"(?=[{LARGE}][{ANY}'’. -]{{0,40}}{_STRANGE}){SEVERAL}"
