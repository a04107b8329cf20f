"""Import appeals with dispatch: appeals per CPU second on a fresh database with the whole pack, and again when all are there.

Without FILE a table of its own making is imported: sentences about what people call for, 60 to 700 characters a row.
"""

import argparse
import csv
import random
import sys
import time
from pathlib import Path
from typing import Any

from common import city, floor_cpu_ms, own_folder, peak_mb, show

PLACES = (
    "小区门口",
    "学校旁边",
    "菜市场对面",
    "公交站后面",
    "河边步道",
    "医院东门",
    "老厂区宿舍",
    "新修的大桥下面",
    "停车场入口",
    "广场舞台边",
)
DISTRICTS = ("渝中区", "沙坪坝区", "九龙坡区", "南岸区", "北碚区", "万州区", "")
MATTERS = (
    "路灯三天不亮，晚上接孩子看不清台阶，老人差点摔倒",
    "烧烤店夜里十二点还在炒菜，油烟直往屋里灌，窗户不敢开",
    "公司拖欠三个月工资，老板电话打不通，工友们一样没有拿到钱",
    "停水两天了，物业说外面的水管爆了，不知道什么时候修好",
    "电梯一个月坏了四次，维保单位每次来了就走，有人被困过",
    "公交车二十分钟也等不来一趟，早上上班总是迟到",
    "健身房收了年卡的钱突然关门，老板联系不上，不退钱",
    "工地半夜还在打桩，吵得一家人睡不着，孩子第二天要上学",
    "井盖不见了，只插了一根树枝，骑车的人差点掉下去",
    "新房墙面开裂漏水，开发商推给物业，物业推给开发商",
    "想问一问社保转移要带什么材料，能不能在网上办",
    "河水发黑发臭，旁边的作坊天天往里面排水",
)
ENDS = ("请派人来看一看。", "打过两次电话都没有人管。", "希望尽快处理，谢谢。", "邻居们都很着急。", "这个情况已经快半年了。")


def made(path: Path, rows: int) -> Path:
    """A table of `rows` messages, the same every time."""
    dice = random.Random(5)
    with path.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(("编号", "用户", "标题", "时间", "区县", "内容"))
        for n in range(rows):
            matter = dice.choice(MATTERS)
            more = "".join(
                f"{dice.choice(PLACES)}{dice.choice(MATTERS)}。{dice.choice(ENDS)}" for _ in range(dice.randrange(13))
            )
            text = f"第 {n} 次反映：{dice.choice(PLACES)}{matter}。{dice.choice(ENDS)}{more}"
            table.writerow(
                (
                    n,
                    f"u{dice.randrange(rows)}",
                    matter[:20],
                    f"2025-{n % 9 + 1}-{n % 28 + 1} {n % 24}:30",
                    dice.choice(DISTRICTS),
                    text,
                )
            )
    return path


class Nobody:
    """Nobody watches."""

    def expect(self, rows: int | None) -> None:
        pass

    def done(self, rows: int) -> None:
        pass


def measure(file: Path | None, rows: int, batch: int) -> dict[str, Any]:
    """Import the file twice: the first time everything is new, the second time everything is there."""
    with own_folder() as folder:
        counts = city()
        from huying.features.appeals.importing.run import Options, run

        path = file or made(folder / "appeals.csv", rows)
        before = peak_mb()
        cpu = time.process_time()
        first = run(path, Options(batch=batch), Nobody())
        cpu = time.process_time() - cpu
        again = run(path, Options(batch=batch), Nobody())
        assert again.opened == 0 and again.joined == first.opened + first.joined, "a second import must change nothing"
        floor = floor_cpu_ms(folder)
    return {
        "file": path.name,
        "read": first.read,
        "opened": first.opened,
        "joined": first.joined,
        "refused": first.refused,
        "dispatched": first.dispatched,
        "batch": batch,
        "cpu_seconds": round(cpu, 2),
        "seconds": round(first.seconds, 2),
        "appeals_per_cpu_second": round(first.opened / cpu),
        "cpu_ms_an_appeal": round(cpu / max(first.opened, 1) * 1000, 3),
        "floor_cpu_ms": floor,
        "rows_per_cpu_second_when_all_are_there": round(again.read / again.cpu_seconds),
        "peak_memory_mb": peak_mb(),
        "peak_memory_before_mb": before,
        "pack": counts,
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="*", type=Path, help="tables to import, each into a database of its own")
    parser.add_argument("--rows", type=int, default=4000, help="rows of the table that is made when no file is named")
    parser.add_argument("--batch", type=int, default=300)
    parser.add_argument("--json", action="store_true", help="as JSON (the only form there is)")
    arguments = parser.parse_args()
    if len(arguments.file) > 1:
        sys.exit("one file at a time: a second one would find the first one's caches warm")
    show(measure(arguments.file[0] if arguments.file else None, arguments.rows, arguments.batch))
