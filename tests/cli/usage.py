"""Every kind of call that click answers itself, under Chinese: what it prints, and which sentences it looks up."""

import gettext
import os
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass, field
from io import StringIO
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Self

CALLS = {
    "--help": "  --version   显示版本号。",
    "-h": "用法：duly [OPTIONS] ",
    "--version": "duly 版本 ",
    "export --help": "选项：",
    "quiz --help": "  -h, --help    显示这段说明。",
    "quizz": "错误：没有 'quizz' 这个命令；是不是 quiz？",
    "nothing": "错误：没有 'nothing' 这个命令。",
    "--wrong": "错误：没有 '--wrong' 这个选项。",
    "export --forced": "错误：没有 '--forced' 这个选项。是不是 '--force'？",
    "list --wrong": "错误：没有 '--wrong' 这个选项。",
    "list a b c --sort size": "用法：duly list [OPTIONS] [QUERY]...",
    "list --sort": "错误：选项 '--sort' 后面要有 1 个值。",
    "export -o": "错误：选项 '-o' 后面要有 1 个值。",
    "check --json=3": "错误：选项 '--json' 不带值。",
    "check --format text --format loud": "错误：'--format' 的值不对：'loud' 不是 'text', 'json', 'github' 之一。",
    "completion": "错误：缺少参数 '{bash|zsh|fish}'. 可选：",
    "completion bash zsh": "错误：多余的参数：zsh",
    "quiz --ahead soon": "错误：'--ahead' 的值不对：'soon' 不是整数。",
    "quiz --ahead -1": "错误：'--ahead' 的值不对：-1 不在范围 0<=x<=36500 内。",
    "import": "输入“duly import --help”查看用法。",
    "import nowhere": "错误：'PATH...' 的值不对：路径 'nowhere' 不存在。",
    "import locked.csv --to cards": "错误：'PATH...' 的值不对：路径 'locked.csv' 无法读取。",
    "import words.csv --to words.csv": "错误：'--to' 的值不对：'words.csv' 是文件，不是文件夹。",
    "import words.csv --encoding morse": "错误：'--encoding' 的值不对：'morse' 不是已知的编码",
    "restore nowhere": "错误：'[BACKUP]' 的值不对：文件 'nowhere' 不存在。",
    "backup folder": "错误：'[FILE]' 的值不对：'folder' 是文件夹，不是文件。",
    "add --to cards/new.yaml": "已中止！",
}
"""What is typed after ``duly``, and how a line begins that it must print."""


@dataclass
class Usage:
    """What the calls printed, and the English sentences that were looked up for it."""

    printed: dict[str, str] = field(default_factory=dict)
    looked_up: set[str] = field(default_factory=set)

    @classmethod
    def of_all_calls(cls, folder: Path) -> Self:
        """Runs them in a process of its own, for a module once loaded keeps the language it was loaded in."""
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            return pool.submit(cls._run_in, folder).result()

    @classmethod
    def _run_in(cls, folder: Path) -> Self:
        usage = cls()
        os.environ["DULY_HOME"] = str(folder)
        (folder / "config.toml").write_text('language = "zh"\n', encoding="utf-8")
        os.chdir(folder)
        (folder / "cards").mkdir()
        (folder / "folder").mkdir()
        for name in ("words.csv", "locked.csv"):
            (folder / name).write_text("front,back\n", encoding="utf-8")
        os.access = _without("locked.csv", os.access)
        sys.stdin = _Interrupted()
        for name in ("gettext", "ngettext"):
            lookup = getattr(gettext.GNUTranslations, name)
            setattr(gettext.GNUTranslations, name, usage._recording(lookup))
        for words in CALLS:
            usage.printed[words] = _printed(words.split())
        return usage

    def _recording(self, lookup: Callable[..., str]) -> Callable[..., str]:
        def recording(catalog: gettext.GNUTranslations, text: str, *more: Any) -> str:
            self.looked_up.add(text)
            return lookup(catalog, text, *more)

        return recording


class _Interrupted(StringIO):
    """A terminal at which Control-C is pressed instead of an answer."""

    def isatty(self) -> bool:
        return True

    def readline(self, _size: int = -1, /) -> str:  # type: ignore[override]
        raise KeyboardInterrupt


def _without(name: str, access: Callable[..., bool]) -> Callable[..., bool]:
    """`os.access` where one file is closed to this user; for root, as whom tests may run, none is."""
    return lambda path, mode, **how: Path(path).name != name and access(path, mode, **how)


def _printed(words: list[str]) -> str:
    from duly.cli import main

    sys.argv = ["duly", *words]
    output = StringIO()
    with redirect_stdout(output), redirect_stderr(output), suppress(SystemExit):
        main()
    return output.getvalue()
