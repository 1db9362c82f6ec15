"""The commands of the palette: all actions of the keys of a screen, also found by synonyms."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from functools import partial

from textual.binding import Binding
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from duly.i18n import _
from duly.study.search import search_key
from duly.tui.keys import keymap, readable_keys
from duly.tui.styles import MUTED

SYNONYMS: Mapping[str, str] = {
    "app.quit": "exit close leave 退出 关闭",
    "app.theme": "colours colors dark light appearance 颜色 深色 浅色 外观",
    "app.help": "keys shortcuts manual 快捷键 按键 帮助",
    "decks.sync": "ankiweb phone server 手机 服务器",
    "decks.export": "export apkg anki 导出 牌组包",
    "decks.settings": "colours colors language options preferences config 颜色 语言 选项 配置",
    "decks.browse": "search find list cards 搜索 查找 卡片",
    "decks.statistics": "stats charts heat map 图表 热力图",
    "decks.practice": "cram 突击",
    "decks.reread": "reload refresh 刷新",
    "decks.problems": "errors warnings check 检查",
    "decks.new": "add create 添加 新建",
    "review.new": "add create 添加 新建",
    "review.star": "flag mark favourite 标记 收藏",
    "review.suspend": "pause hide disable 停用",
    "review.bury": "skip postpone later 跳过 推迟",
    "review.due": "reschedule postpone 改期",
    "review.play": "audio sound listen 音频 播放",
    "review.delete": "remove 删除 移除",
    "browse.delete": "remove 删除 移除",
    "review.source": "latex tex formula 公式",
    "review.leave": "exit quit home 退出",
    "browse.reset": "forget restart 遗忘",
    "decks.plan": "exam date goal deadline simulate 考试 目标 模拟",
    "statistics.export": "save json 导出",
    "statistics.page": "save html browser 导出 浏览器",
}
"""Other words for the actions of bindings in both languages, by binding id."""


class KeyCommands(Provider):
    """The bindings of the screen, then those of the app, each in a row with its keys."""

    async def discover(self) -> Hits:
        for binding in self._bindings():
            yield DiscoveryHit(self._row(binding), self._run(binding), text=_(binding.description))

    async def search(self, query: str) -> Hits:
        words = search_key(query).split()
        for number, binding in enumerate(self._bindings()):
            name = search_key(f"{_(binding.description)} {binding.description}")
            all_words = f"{name} {search_key(SYNONYMS.get(binding.id or '', ''))}"
            if all(word in all_words for word in words):
                is_in_name = all(word in name for word in words)
                score = (2 if is_in_name else 1) - number / 1000  # matches in the name first, each in reading order
                yield Hit(score, self._row(binding), self._run(binding), text=_(binding.description))

    def _bindings(self) -> Iterator[Binding]:
        for binding in (*self.screen.BINDINGS, *self.app.BINDINGS):
            if isinstance(binding, Binding) and binding.action != "command_palette" and not binding.system:
                yield binding

    def _row(self, binding: Binding) -> Content:
        keys = readable_keys(keymap(self.app.collection.settings.keys).get(binding.id or "", binding.key))  # type: ignore[attr-defined]
        return Content.assemble(_(binding.description), "  ", (keys, MUTED))

    def _run(self, binding: Binding) -> Callable[[], Awaitable[bool]]:
        return partial(self.app.run_action, binding.action, self.screen)
