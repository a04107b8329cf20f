"""Short letters of our own about four kinds of things, for readers to learn from."""

import itertools

PLACES = ("文化路", "桃花巷", "东门口", "滨河小区", "老车站", "青石坡")
SAID = {
    "灯": ("路灯不亮了，晚上看不见路", "灯杆歪了要倒，灯一直闪", "街灯白天亮晚上黑", "照明坏了半个月，夜里摔过人"),
    "工资": ("老板拖欠工资三个月不发", "包工头跑了，工钱没有结", "加班费一分不给，还要辞退我", "劳动合同没签，社保也没交"),
    "公交": ("公交车等了一个钟头不来", "司机到站不停，老人没上成", "这路车取消了，上学怎么坐车", "公交站牌写错了班次"),
    "油烟": ("楼下烧烤油烟熏得开不了窗", "饭店排烟管对着窗户", "工厂半夜排黑烟，味道刺鼻", "河沟里排污水，水面发臭"),
}


def letters() -> list[tuple[str, str]]:
    """Every sentence at every place, with its label: near copies of each other along the sentences."""
    found = itertools.product(SAID.items(), PLACES)
    return [(f"{place}{sentence}。请派人来看看。", label) for (label, said), place in found for sentence in said]
