"""The words of other systems: how they name columns, kinds of appeal, times and what is not known. Read, never said."""

import re

# Field -> the names its column may have, the best first: where a table has two of them, the earlier one is taken.
ALIASES: dict[str, tuple[str, ...]] = {  # read, not said
    "id": (
        *("msg_id", "message_id", "留言编号", "诉求编号", "工单编号", "工单号", "信件编号", "受理编号", "办件编号", "业务编号"),
        *("流水号", "单号", "编号", "ticket_id", "ticket_no", "case_id", "unique_key", "id"),
    ),
    "title": (
        *("标题", "留言标题", "诉求标题", "工单标题", "信件标题", "主题", "留言主题", "诉求主题", "题目", "事由"),
        *("title", "subject", "topic", "headline"),
    ),
    "text": (
        *(
            "内容",
            "正文",
            "诉求内容",
            "留言内容",
            "留言详情",
            "诉求详情",
            "工单内容",
            "来电内容",
            "信件内容",
            "反映内容",
            "反映问题",
        ),
        *("问题描述", "诉求描述", "事件描述", "详细描述", "事项描述", "投诉内容", "主要内容", "详情", "描述"),
        *("body", "content", "text", "message", "description", "details", "detail", "complaint"),
    ),
    "time": (
        *(
            "来电时间",
            "留言时间",
            "诉求时间",
            "反映时间",
            "提交时间",
            "来信时间",
            "受理时间",
            "登记时间",
            "创建时间",
            "接收时间",
            "时间",
        ),
        *("来电日期", "留言日期", "受理日期", "登记日期", "创建日期", "日期"),
        *(
            "opened_at",
            "received_at",
            "submitted_at",
            "created_at",
            "created_date",
            "created",
            "datetime",
            "timestamp",
            "time",
            "date",
        ),
    ),
    "city": ("城市", "地市", "所属城市", "所在城市", "city"),
    "district": (
        *(
            "区县",
            "区县市",
            "县区",
            "所属区县",
            "所在区县",
            "事发区县",
            "行政区",
            "行政区划",
            "所属区域",
            "所在区域",
            "事发区域",
        ),
        *("发生区域", "区域", "辖区", "地区", "district", "county", "borough", "area", "region"),
    ),
    "street": (
        "镇街",
        "街镇",
        "乡镇街道",
        "街道乡镇",
        "街道",
        "乡镇",
        "所属街道",
        "所属镇街",
        "subdistrict",
        "township",
        "town",
    ),
    "place": (
        *(
            "事发地点",
            "事发地址",
            "发生地点",
            "发生地址",
            "诉求地点",
            "诉求地址",
            "问题地点",
            "详细地址",
            "具体位置",
            "地点",
            "地址",
            "位置",
        ),
        *("place", "address", "location", "incident_address"),
    ),
    "sort": (
        *("诉求类型", "工单类型", "来电类型", "留言类型", "信件类型", "事项类型", "诉求类别", "诉求性质", "类型", "性质"),
        *("sort", "kind", "type", "call_type", "appeal_type", "request_type"),
    ),
    "user": ("用户", "用户编号", "用户ID", "留言用户", "网友", "账号", "user", "user_id", "username", "account", "author"),
    "name": (
        *("来电人", "来电人姓名", "诉求人", "诉求人姓名", "反映人", "投诉人", "写信人", "留言人", "联系人", "姓名"),
        *("caller", "caller_name", "name", "contact"),
    ),
    "phone": (
        *("来电号码", "联系电话", "手机号码", "手机号", "手机", "电话号码", "电话", "联系方式"),
        *("phone", "phone_number", "mobile", "telephone", "tel", "caller_phone"),
    ),
    "confidential": ("是否保密", "保密", "身份保密", "confidential"),
    "anonymous": ("是否匿名", "匿名", "anonymous"),
}

# Kind of appeal -> words that mean it, tried in this order: 投诉举报 is a complaint, 意见建议 a suggestion.
SORTS: dict[str, tuple[str, ...]] = {  # read, not said
    "complaint": ("投诉", "申诉", "complaint"),
    "report": ("举报", "检举", "揭发", "report"),
    "inquiry": ("咨询", "询问", "问询", "查询", "inquiry", "enquiry", "question", "consult"),
    "suggestion": ("建议", "意见", "建言", "献策", "suggestion", "proposal"),
    "praise": ("表扬", "感谢", "致谢", "表彰", "praise", "thanks", "compliment"),
    "help": ("求助", "求决", "帮助", "申请", "诉求", "help", "request"),
}
# What a message calls itself, where no column says it; the first that stands in it counts.
CALLED = re.compile("投诉|举报|检举|咨询|请问|询问|建议|表扬|求助|求解决")  # read, not said
CALLED_SORT = {  # read, not said
    "投诉": "complaint",
    "举报": "report",
    "检举": "report",
    "咨询": "inquiry",
    "请问": "inquiry",
    "询问": "inquiry",
    "建议": "suggestion",
    "表扬": "praise",
    "求助": "help",
    "求解决": "help",
}
ASKS = re.compile("(?:[?？]|[吗呢])[?？!！。]*$")  # read, not said

# What stands in a cell where nothing is known.
UNKNOWN = frozenset(  # read, not said
    (
        *("无", "暂无", "没有", "不详", "未知", "不明", "未填", "未填写", "未提供", "不提供"),
        *("匿名", "匿名用户", "匿名网友", "游客", "网友", "保密", "-", "--", "—", "——", "/", "\\", ".", "0"),
        *("none", "null", "nil", "nan", "n/a", "na", "anonymous", "unknown"),
        *("#n/a", "#ref!", "#value!", "#name?", "#div/0!", "#null!", "#num!"),
    )
)
YES = frozenset(("是", "有", "对", "要", "保密", "匿名", "y", "yes", "true", "t", "1", "√", "✓"))  # read, not said

# What stands in a district's column where the whole city is meant, or none of its districts.
WHOLE_CITY = frozenset(("", "全市", "市级", "市本级", "市直", "市辖区", "全市范围", "其他", "其它", "跨区"))  # read, not said

# Greetings that a title does not begin with: 尊敬的张市长：您好！
GREETING = re.compile(  # read, not said
    r"(?:\s|(?:尊敬|敬爱|亲爱)的[^，。,.！!：:；;？?\n]{0,16}[，,：:！!；;。]|(?:各位)?(?:领导|市长|书记|区长|县长|局长)们?[，,：:！!]|"
    r"(?:您|你|大家|领导)们?好[，,：:！!。~～]*)+"
)

DATE = r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?"  # read, not said
CLOCK = (  # read, not said
    r"(?:[T\s]*(?:\(?(?:星期|周)[一二三四五六日天]\)?)?\s*(?P<half>上午|下午|AM|PM)?\s*"
    r"(?P<h>\d{1,2})[:时点](?:(?P<m>\d{1,2})(?:[:分](?:(?P<s>\d{1,2})(?:[.,]\d+)?秒?)?)?)?\s*"
    r"(?P<half2>AM|PM)?\s*(?P<zone>Z|UTC|[+-]\d{2}:?\d{2})?)?"
)
AFTERNOON = frozenset(("下午", "PM"))  # read, not said
MORNING = frozenset(("上午", "AM"))  # read, not said

ADDRESS_LABEL = "地点："  # read, not said: it becomes part of the caller's text
PHONE_LABEL = "联系电话："  # read, not said: the same; at intake it is cut out with the number behind it
