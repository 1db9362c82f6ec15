"""A card on the screen: from its text to painted cells, beside Textual's own Markdown widget."""

import asyncio
from collections.abc import Awaitable, Callable
from statistics import median
from time import perf_counter

from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.pilot import Pilot
from textual.widgets import Markdown

from duly.markup.html import to_html
from duly.markup.layout import layout
from duly.tui.widgets.card_view import CardView

ROUNDS = 7
WIDEST = 88

PART = """\
在 Transformer 论文中，作者使用的是**缩放点积注意力**（Scaled Dot-Product Attention），其计算公式为
$\\mathrm{softmax}(QK^T/\\sqrt{d_k})V$，其中 $d_k$ 表示键向量的维度。当维度较大时，点积的方差会随之增大，导致
softmax 进入梯度极小的饱和区，训练因此变得困难。

- 假设 $q$ 与 $k$ 的各分量相互独立、均值为 0、方差为 1，则点积的方差为 $d_k$；
- 除以标准差之后方差重新归一为 1，训练更容易收敛，尤其是在**层数较深**的情况下；
- 也可以把缩放看作温度：温度越高，分布越平缓。

| 格式 | 适合的操作 | 不适合的操作 |
| --- | --- | --- |
| CSR | 取一行、与向量相乘 | 改变稀疏结构 |
| COO | 逐个元素地建立 | 取一行 |

```python
def attention(q, k, v):
    scores = q @ k.transpose(-2, -1) / k.shape[-1] ** 0.5
    return scores.softmax(-1) @ v
```
"""
LONG = "\n".join([PART] * 4)
VERY_LONG = "\n".join([LONG] * 20)


class _Screen(App[None]):
    def compose(self) -> ComposeResult:
        yield CardView(WIDEST)
        with VerticalScroll():
            yield Markdown()


def ratios() -> dict[str, tuple[float, float]]:
    """The median seconds until a long card, and one 20 times as long, is painted: by duly and by Textual's widget."""
    return asyncio.run(_measured())


async def _measured() -> dict[str, tuple[float, float]]:
    app = _Screen()
    async with app.run_test(size=(80, 24)) as pilot:
        ours, theirs = app.query_one(CardView), app.query_one(Markdown)
        theirs_around = app.query_one(VerticalScroll)

        async def duly(text: str) -> None:
            ours.show(lambda width: layout(to_html(text), width))

        async def textual(text: str) -> None:
            await theirs.update(text)

        found = {}
        for name, text, rounds in (("long", LONG, ROUNDS), ("very long", VERY_LONG, 3)):
            times: tuple[list[float], list[float]] = ([], [])
            for number in range(rounds):
                for at, (show, shown, hidden) in enumerate(
                    ((duly, ours, theirs_around), (textual, theirs_around, ours))
                ):
                    shown.display, hidden.display = True, False
                    await pilot.pause()
                    times[at].append(await _painted(pilot, show, f"{number}\n\n{text}"))
            found[name] = (median(times[0]), median(times[1]))
        return found


async def _painted(pilot: Pilot[None], show: Callable[[str], Awaitable[None]], text: str) -> float:
    began = perf_counter()
    await show(text)
    await pilot.pause()
    pilot.app.screen._compositor.render_strips()
    return perf_counter() - began


if __name__ == "__main__":
    for name, (duly, textual) in ratios().items():
        print(f"{name}: {duly * 1000:.0f} ms, Textual {textual * 1000:.0f} ms, ratio {duly / textual:.2f}")
