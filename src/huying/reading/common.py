"""Characters and words of ordinary Chinese that say how something is written, not what it is about."""

# Function characters. Not 不, 没, 无: they turn the meaning (灯不亮, 没水, 无证).
EMPTY = frozenset(
    "的了是在我你您他她它们这那就都也很还又和与及之吗呢吧啊呀嘛哦把被给让从到对于而且但或其此该某些么什怎哪谁已请咱各有"
)

# What stands in a letter to an office whatever its subject: greetings, requests, time, place and manner in general.
_COMMON_WORDS = """
尊敬的领导 您好 你好 你们好 我们 你们 他们 她们 咱们 大家 自己 本人 我是 我家 我想 我在 请问 请教 咨询 询问 想问一下
想知道 想咨询 了解一下 希望 盼望 恳请 恳求 请求 要求 敬请 麻烦 帮忙 望 相关部门 有关部门 主管部门 有关领导 各位领导 政府
市政府 区政府 县政府 书记 市长 区长 县长 局长 部门 单位 解决 处理 问题 情况 反映 反应 投诉 举报 建议 表扬 关于 现在 目前
如今 至今 今天 昨天 明天 前天 今年 去年 前年 明年 每天 天天 每年 每次 经常 时常 一直 已经 曾经 还是 就是 但是 可是 不过
只是 然而 因为 由于 所以 因此 如果 假如 而且 或者 并且 以及 另外 此外 同时 然后 什么 怎么 怎样 怎么办 为什么 为何 如何
多少 哪里 哪儿 哪些 哪个 这个 那个 这些 那些 这样 那样 这么 那么 这里 那里 这边 那边 这种 那种 一个 一些 一样 一下 一种
一点 一次 几个 几次 多次 很多 许多 好多 非常 特别 十分 相当 严重 极其 可以 不能 能够 能不能 可不可以 应该 应当 必须 需要
没有 没人 不是 不会 不要 不知道 不清楚 无法 得到 给予 给我 进行 造成 影响 导致 带来 谢谢 感谢 此致敬礼 百忙之中 抽空
回复 答复 回答 答案 老百姓 群众 居民 市民 百姓 广大 附近 周边 周围 旁边 前面 后面 里面 外面 上面 下面 中间 地方 时候
时间 以前 以后 之后 之前 以来 开始 结束 最近 近期 近日 到底 究竟 是否 能否 可否 有没有 是不是 会不会 电话 打电话 联系
说是 告诉 知道 认为 觉得 看到 看见 听说 发现 出来 起来 下来 过来 回来 进去 出去 国家 中国 社会 人民 全部 所有 任何 其他
其它 其中 之间 左右 以上 以下 本来 原来 根本 完全 真的 确实 实在 尽快 尽早 早日 及时 立即 马上 再次 重新 继续 多年
年月日 几年 两年 三年 个月 几个月 半年 一年 星期 小时 分钟 上午 下午 晚上 早上 凌晨 白天 我爸 我妈 家里 有人 别人 的人
这件事 事情 工作人员 相关人员 有关人员 管理人员 负责人 作为 不作为 乱作为 推诿 推脱 推卸 扯皮 踢皮球 互相推 推来推去
一直没 一直不 迟迟 迟迟不 迟迟没 没人管 无人管 无人问津 置之不理 不闻不问 视而不见 熟视无睹 不了了之 石沉大海 严肃查处
严厉查处 查处 引起重视 高度重视 重视 关注 落实 维护 合法权益 权益 越来越 何时 何时能 什么时候能 什么时候 多次投诉
多次反映 不公平 不合理 公平 混乱 恶劣 态度恶劣 长期 长期以来 规定 政策规定 相关规定 国家规定 行为 违法行为 违规行为 出现
存在 威胁 暗箱操作 安全隐患 隐患 质量问题 外地人 当地 本地 进展 情况属实 属实 核实 调查 希望能 能不能够 工作 建设 发展
正常 日常 身心健康 方便 不方便 附近居民 周边居民 广大居民 每月 每个月 多久 这几天 前几天 几天 一段时间 很久 好久
无缘无故 莫名其妙 实际 具体 明确 说明 解释 说法 给个说法 合理 不了 得不到 有效 措施 加强 管理 监管 整治 治理 力度 部分
个别 某些 各种 各个 全市 全区 全县 我市 我区 我县 本市 本区 本县 我镇 我村 本村 人员 相关 有关
"""


def _grams_of(words: str) -> frozenset[str]:
    return frozenset(word[i : i + n] for word in words.split() for n in (2, 3) for i in range(len(word) - n + 1))


COMMON_GRAMS = _grams_of(_COMMON_WORDS)


def is_common(gram: str) -> bool:
    """Whether a pair or triple of characters belongs to any letter."""
    return gram in COMMON_GRAMS


def trim(run: str, begin: int, end: int) -> tuple[int, int]:
    """The bounds of `run[begin:end]` without function characters at its ends."""
    while begin < end and run[begin] in EMPTY:
        begin += 1
    while end > begin and run[end - 1] in EMPTY:
        end -= 1
    return begin, end
