"""A card on the screen: from its text to painted cells, beside Textual's own Markdown widget."""

import asyncio
import itertools
from collections.abc import Callable
from pathlib import Path

from textual.app import App, ComposeResult
from textual.await_complete import AwaitComplete
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Markdown

from bench.harness import Row, Trial
from duly.markup.html import to_html
from duly.markup.layout import layout
from duly.tui.widgets.card_view import CardView

WIDEST = 88

SECTION = """\
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


class _Shown(App[None]):
    """A widget with the terminal to itself, in an app that runs while it is asked to paint."""

    def __init__(self, widget: Widget) -> None:
        super().__init__()
        self.widget = widget
        self.runner = asyncio.Runner()
        self.running = self.run_test(size=(80, 24))
        self.pilot = self.runner.run(self.running.__aenter__())

    def compose(self) -> ComposeResult:
        yield self.widget

    def close(self) -> None:
        self.runner.run(self.running.__aexit__(None, None, None))
        self.runner.close()

    def paint(self, show: Callable[[], AwaitComplete | None]) -> None:
        """Until everything that `show` began is done and its cells are made."""
        self.runner.run(self._painted(show))

    async def _painted(self, show: Callable[[], AwaitComplete | None]) -> None:
        if (shown := show()) is not None:
            await shown
        await self.pilot.pause()
        self.screen._compositor.render_strips()


def painted(_folder: Path, sections: int) -> Trial:
    """From a card's Markdown to painted cells at 80×24: duly's way, and Textual's own widget."""
    text = "\n".join([SECTION] * sections)
    ours, theirs = CardView(WIDEST), Markdown()
    duly, textual = _Shown(ours), _Shown(VerticalScroll(theirs))
    turn = itertools.count()

    def work() -> None:
        markdown = f"{next(turn)}\n\n{text}"
        duly.paint(lambda: ours.show(lambda width: layout(to_html(markdown), width)))

    def reference() -> None:
        markdown = f"{next(turn)}\n\n{text}"
        textual.paint(lambda: theirs.update(markdown))

    def end() -> None:  # the last opened first: each app gives back the standard output it found
        textual.close()
        duly.close()

    return Trial(work, reference, end=end)


ROWS = (
    Row("card", "show a card of so many sections, painted", "Textual's `Markdown` widget", 1 / 3, (4, 80), painted,
        runs=3),
)  # fmt: skip
