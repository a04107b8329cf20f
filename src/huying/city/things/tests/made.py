"""Things made for tests: by hand, and any that hypothesis thinks of."""

from typing import Any

from hypothesis import strategies as st

from huying.city.things.shape import Body, Both, Entry, Field, Item, Material, Option, Question, Thing, Whole

TEXT, BODY = Both("文", "text"), Body("body", Both("部门", "Body"))
FIELDS = ("name", "phone", "size")
PAPERS = {"card": True, "licence": True, "drawing": False, "photo": False}


def item(code: str, days: int = 1, **said: Any) -> Item:
    """An item with papers and fields by name; a field that may stay empty ends in `?`."""
    papers, fields = said.get("papers", ()), said.get("fields", ())
    return Item(
        *(code, TEXT, BODY, "city", "service", ("person",), (), days, days),
        materials=tuple(Material(key, TEXT, BODY, PAPERS[key]) for key in papers),
        fields=tuple(Field(name.removesuffix("?"), {"type": "string"}, not name.endswith("?")) for name in fields),
        visits=said.get("visits", 1),
        visits_here=said.get("visits_here", 0),
        fee=None,
        result=TEXT,
        remedy=TEXT,
    )


def entry(code: str, when: Any = None, after: tuple[str, ...] = (), **said: Any) -> Entry:
    """An item in a thing."""
    return Entry(
        *(code, when, after, None, said.get("may_skip", False), said.get("without", ())),
        materials=said.get("materials", {}),
        fields=said.get("fields", {}),
    )


def question(key: str, *options: str, kind: str = "one", when: Any = None, most: int = 0) -> Question:
    """A question with its options, or for a number from 0 through `most`."""
    return Question(key, TEXT, kind, tuple(Option(one, TEXT) for one in options), 0, most, None, when)


def whole(questions: list[Question], entries: list[Entry], items: list[Item]) -> Whole:
    """A thing with its items."""
    thing = Thing("thing", TEXT, BODY, ("person",), 9, TEXT, (), (), tuple(questions), tuple(entries))
    return Whole(thing, {one.code: one for one in items})


# --- Any --------------------------------------------------------------------------------------------------------------

ONE, MANY, NUMBER = ("a", "b", "c"), ("x", "y"), 20
_LEAVES = st.one_of(
    st.fixed_dictionaries({"one": st.lists(st.sampled_from(ONE), min_size=1, max_size=3, unique=True)}),
    st.fixed_dictionaries({"many": st.sampled_from(MANY)}),
    st.fixed_dictionaries({"number": st.fixed_dictionaries({"at_least": st.integers(0, NUMBER)})}),
    st.fixed_dictionaries({"number": st.fixed_dictionaries({"at_most": st.integers(0, NUMBER)})}),
)
CONDITIONS = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        st.fixed_dictionaries({"all": st.lists(inner, min_size=1, max_size=3)}),
        st.fixed_dictionaries({"any": st.lists(inner, min_size=1, max_size=3)}),
        st.fixed_dictionaries({"not": inner}),
    ),
    max_leaves=6,
)
GIVEN = st.fixed_dictionaries(
    {},
    optional={
        "one": st.sampled_from(ONE),
        "many": st.lists(st.sampled_from(MANY), unique=True),
        "number": st.integers(0, NUMBER),
    },
)


@st.composite
def wholes(draw: st.DrawFn) -> Whole:
    """Any thing of up to seven items without a circle."""
    asked = [
        question("one", *ONE),
        question("many", *MANY, kind="many"),
        question("number", kind="number", most=NUMBER, when=draw(st.none() | st.just({"one": ["a", "b"]}))),
    ]
    codes = [f"i{number}" for number in range(draw(st.integers(1, 7)))]
    items = [
        item(
            code,
            draw(st.integers(0, 9)),
            papers=draw(st.lists(st.sampled_from(sorted(PAPERS)), unique=True)),
            fields=draw(st.lists(st.sampled_from(["name", "phone?", "size"]), unique=True)),
            visits=draw(st.integers(1, 3)),
        )
        for code in codes
    ]
    entries = [
        entry(
            code,
            draw(st.none() | CONDITIONS),
            tuple(draw(st.lists(st.sampled_from(codes[:place]), unique=True))) if place else (),
            materials={key: draw(CONDITIONS) for key in draw(st.sets(st.sampled_from(sorted(PAPERS)), max_size=2))},
            fields={name: draw(CONDITIONS) for name in draw(st.sets(st.sampled_from(FIELDS), max_size=1))},
        )
        for place, code in enumerate(codes)
    ]
    return whole(asked, draw(st.permutations(entries)), items)
