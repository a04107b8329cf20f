"""What people are told: why a row is refused, and why a whole file cannot be used."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huying.features.appeals.importing.table import Fault, Unusable

ROW = {
    "no_text": gettext_lazy("没有内容。单元格里若是公式，请先在表格软件里打开并保存一次。"),
    "short_text": gettext_lazy("内容太短，看不出说的是什么。"),
    "long_text": gettext_lazy("内容有 %(n)s 字，最多 %(most)s 字。"),
    "long_id": gettext_lazy("编号有 %(n)s 字，最多 %(most)s 字。"),
    "not_a_time": gettext_lazy("看不懂这个时间：%(value)s。请写成 2025-11-23 08:30 这样。"),
    "ambiguous_time": gettext_lazy("分不清哪个是日、哪个是月：%(value)s。请写成 2025-11-23 08:30 这样。"),
    "impossible_time": gettext_lazy("没有这样的日期或时间：%(value)s。"),
    "too_early": gettext_lazy("时间太早，不像受理时间：%(value)s。"),
    "in_the_future": gettext_lazy("时间还没有到：%(value)s。"),
    "bad_bytes": gettext_lazy("有认不出的字节，这一行可能损坏了，或者混用了两种编码。"),
    "open_quote": gettext_lazy("引号没有收尾，这一行会和下面的行粘在一起。"),
    "not_csv": gettext_lazy("不合 CSV 的写法（%(why)s）。"),
    "too_wide": gettext_lazy("有 %(n)s 格，表头只有 %(most)s 格：内容里的分隔符可能没有加引号。"),
    "number_taken": gettext_lazy(
        "这个编号已经导入过，内容却不一样，没有改动原来的诉求。来自另一个系统的话，请加 --source 名称。"
    ),
    "not_stored": gettext_lazy("存不进数据库（%(why)s）。"),
}
FILE = {
    "not_there": gettext_lazy("没有这个文件，请检查路径。"),
    "is_a_folder": gettext_lazy("这是文件夹，请写出其中的文件。"),
    "cannot_read": gettext_lazy("读不了（%(why)s），请检查权限和磁盘。"),
    "empty": gettext_lazy("文件是空的。"),
    "cut_off": gettext_lazy("压缩文件不完整，请重新下载或重新压缩。"),
    "damaged": gettext_lazy("表格文件已损坏（%(why)s），请重新导出。"),
    "old_excel": gettext_lazy("这是旧版 .xls，或者加了密码，请在表格软件里另存为不加密的 .xlsx 或 CSV。"),
    "not_a_table": gettext_lazy("不是 CSV，也不是 XLSX 表格。"),
    "too_big": gettext_lazy("解压后太大，请拆成几个文件，或者另存为 CSV。"),
    "no_rows": gettext_lazy("一行都没有。"),
    "no_such_sheet": gettext_lazy("没有名为“%(sheet)s”的工作表，只有：%(found)s。"),
    "no_text_column": gettext_lazy(
        "找不到写内容的列。找到的列：%(found)s。需要一列内容，列名如 内容、正文、诉求内容、留言详情、body、text；"
        "列名不同就指给它看：--column text=列名。"
    ),
    "no_such_column": gettext_lazy("没有“%(column)s”这一列。找到的列：%(found)s。"),
    "cannot_write": gettext_lazy("%(place)s 写不了（%(why)s）。请换一个能写的地方：--refused 文件。"),
    "stopped": gettext_lazy("做到一半停下了（%(why)s）。已经记下的都在，排除故障后再运行同样的命令，就接着做。"),
}
FIELDS = {
    "id": gettext_lazy("编号"),
    "title": gettext_lazy("标题"),
    "text": gettext_lazy("内容"),
    "time": gettext_lazy("时间"),
    "city": gettext_lazy("城市"),
    "district": gettext_lazy("区县"),
    "street": gettext_lazy("镇街"),
    "place": gettext_lazy("地点"),
    "sort": gettext_lazy("类型"),
    "user": gettext_lazy("用户"),
    "name": gettext_lazy("来电人"),
    "phone": gettext_lazy("电话"),
    "confidential": gettext_lazy("是否保密"),
    "anonymous": gettext_lazy("是否匿名"),
}
_NAMES_MOST, _NAME_LONGEST = 20, 24


def of_row(fault: Fault) -> str:
    """Why the row is refused."""
    return str(ROW[fault.code]) % fault.values


def of_file(fault: Unusable) -> str:
    """Why nothing can be imported from the file; one line."""
    values = {name: _names(value) if isinstance(value, list) else value for name, value in fault.values.items()}
    return " ".join((str(FILE[fault.code]) % values).split())


def column_of(fault: Fault, named: dict[str, str]) -> str:
    """The column at fault as the file names it; a field without a column by its own name; '' for the whole row."""
    return named.get(fault.field) or str(FIELDS.get(fault.field, fault.field))


def listed(words: Iterable[str]) -> str:
    """Words one after the other."""
    return _("、").join(words)


def _names(names: Iterable[Any]) -> str:
    short = [name if len(name) <= _NAME_LONGEST else name[:_NAME_LONGEST] + "…" for name in map(str, names)]
    kept = listed(short[:_NAMES_MOST])
    return _("%(names)s等 %(n)s 列") % {"names": kept, "n": len(short)} if len(short) > _NAMES_MOST else kept
