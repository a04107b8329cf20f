"""A thing of a few items for the small pack: sound as it stands, and easy to break in one place."""

from huying.city.tests.small_pack import SmallPack

FILES = {
    "partners.csv": """\
key,name,name_en,short,home,home_code,phone
next.police,邻省公安厅,Police of the next province,邻省公安,邻省,510000,
""",
    "things/common/bodies.yaml": """\
- {key: urban-management, zh: 城市管理部门, en: Urban management, department: true}
- {key: street-office, zh: 镇街, en: Street office, department: true}
- {key: designer, zh: 设计单位, en: The designer}
""",
    "things/common/laws.yaml": """\
- {key: signs, zh: 招牌办法, en: Measures for Signboards}
""",
    "things/common/materials.yaml": """\
- {key: licence, zh: 营业执照, en: Business licence, issuer: urban-management, held: true}
- {key: drawing, zh: 效果图, en: Drawing, issuer: designer}
- {key: plan, zh: 平面图, en: Plan, issuer: designer}
""",
    "things/common/remedies.yaml": """\
- {key: review, zh: 可以申请行政复议。, en: You may ask for review.}
""",
    "things/common/events.yaml": """\
- {key: opening, zh: 开店, en: Opening a shop}
""",
    "things/common/fields.yaml": """\
shop_name: {type: string, title: 店名, x-title-en: Name of the shop, minLength: 2}
seats: {type: integer, title: 座位, x-title-en: Seats, minimum: 0}
""",
    "things/items/city.yaml": """\
- code: sign
  name: {zh: 招牌备案, en: Filing a signboard}
  department: urban-management
  level: district
  kind: record
  who: [firm]
  ground: [signs.11]
  statutory: 10
  promised: 2
  materials: [licence, drawing]
  fields: [shop_name]
  visits: 1
  result: {zh: 回执, en: Receipt}
  remedy: review
- code: tables
  name: {zh: 外摆许可, en: Permit for tables outside}
  department: street-office
  level: street
  kind: permit
  who: [firm, person]
  ground: [signs]
  statutory: 20
  promised: 5
  materials: [licence, plan]
  fields: [shop_name, seats?, colour]
  define:
    colour: {type: string, title: 颜色, x-title-en: Colour, oneOf: [{const: red, title: 红, x-title-en: Red}]}
  visits: 2
  visits_here: 1
  fee: {yuan: 30, zh: 每张桌子, en: A table}
  result: {zh: 许可, en: Permit}
  remedy: review
- code: record
  name: {zh: 邻省记录, en: Record from the next province}
  partner: next.police
  kind: service
  who: [firm]
  ground: [signs]
  statutory: 3
  promised: 1
  materials: []
  fields: [shop_name]
  visits: 1
  result: {zh: 记录, en: Record}
  remedy: review
""",
    "things/open.yaml": """\
code: open
name: {zh: 开店, en: Opening a shop}
event: opening
who: [firm]
promise: 8
text: {zh: 开店要办的事。, en: What a shop needs.}
synonyms: [想开店, 开门市, 做生意]
questions:
  - key: outside
    ask: {zh: 店外摆桌子吗？, en: Are there tables outside?}
    options:
      - {key: some, zh: 摆, en: "Yes"}
      - {key: none, zh: 不摆, en: "No"}
  - key: places
    ask: {zh: 摆多少座？, en: How many seats?}
    when: {outside: some}
    kind: number
    least: 1
    most: 500
  - key: from
    ask: {zh: 从哪里来？, en: Where from?}
    kind: many
    options:
      - {key: next, zh: 邻省, en: Next province}
      - {key: far, zh: 更远, en: Further}
items:
  - item: record
    when: {from: next}
  - item: sign
    after: [record]
    materials:
      drawing: {any: [{from: far}, {outside: none}]}
  - item: tables
    when: {places: {at_least: 10}}
    after: [sign]
    fields:
      seats: {places: {at_least: 50}}
""",
}
OPEN, ITEMS = "things/open.yaml", "things/items/city.yaml"


def with_things(small: SmallPack) -> SmallPack:
    """The small pack, with the files of things in it."""
    for name, text in FILES.items():
        small.write(name, text)
    return small
