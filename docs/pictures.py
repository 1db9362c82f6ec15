"""Pictures of cards as Anki shows them: every kind, front and back, by day and by night, on a desktop and on a phone.

    pip install '.[test]' && pip install --no-deps aqt && python docs/pictures.py [FOLDER]

Real Anki imports a deck and renders its cards; Chromium, which must be installed, draws them with the style sheets and
the MathJax of Anki's window (the wheel `aqt`). The pictures of all kinds are written into FOLDER, or a temporary one;
those of the README, `light.png` and `night.png`, beside this file.
"""

import html
import math
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import wave
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

from anki.collection import Collection, ImportAnkiPackageRequest

from duly.anki.package_export import export_package
from duly.deckfile.load import load

DOCS = Path(__file__).parent
WIDTHS = {"desktop": 900, "phone": 390}
HEIGHT = 760
MODES = {"light": "", "night": "nightMode night_mode"}

ENGLISH = r"""
- id: code
  q: Which of these loops does **not** copy the row, and why?
  a: |
    The *second* one: a slice of an array is a view.

    ```python
    def rows(matrix: np.ndarray) -> Iterator[np.ndarray]:
        for number in range(matrix.shape[0]):      # no copy, whatever the size of the matrix may be
            yield matrix[number, :]
    ```

    | expression | result | copies |
    | --- | --- | ---: |
    | `matrix[0, :]` | view | 0 |
    | `matrix[[0], :]` | a new array with the chosen rows | 1 |
    | `matrix[matrix > 0].reshape(-1).copy()` | a flat array | 2 |
  hint: What does `np.shares_memory` say?
  extra: A view keeps the **whole** array alive.
  source: NumPy user guide

- id: typed
  q: Capital of Peru?
  a: Lima
  typed: true
  hint: It begins with *L*.
  extra: '![a map](map.svg)'

- id: cloze
  cloze: |
    CSR keeps {{c1::three}} arrays:

    1. {{c2::`data`}}, the values
    2. {{c2::`indices`}}, the columns
    3. {{c2::`indptr`::where rows start}}, $m + 1$ numbers
  hint: Compressed sparse **row**
  extra: Not to be pushed off a phone `scipy.sparse.csr_matrix((data, indices, indptr), shape=(m, n))`
"""

CHINESE = r"""
language: zh-Hans
cards:
  - id: math
    q: 缩放点积注意力怎样计算？为什么要除以 $\sqrt{d_k}$？
    a: |
      $$\operatorname{Attention}(Q, K, V) = \operatorname{softmax}\!\left(\frac{QK^\top}{\sqrt{d_k}}\right)V$$

      若 $q, k$ 的分量独立、均值 0、方差 1，则 $q \cdot k$ 的方差为 $d_k$；不缩放时 softmax 会落入梯度极小的区域。

      > 维数越大，点积越大。
    hint: 想想 $q \cdot k$ 的方差
    extra: |
      - 加性注意力不需要缩放
      - 点积注意力可用矩阵乘法实现，快得多
    source: 《语言模型》第 3 章

  - id: choice
    q: GPT 由 Transformer 的哪一半构成？
    a: 解码器（decoder），去掉交叉注意力
    wrong:
      - 编码器
      - 两半都有，共享同一个嵌入矩阵 $W_e \in \mathbb{R}^{V \times d}$
      - 都没有
    source: gpt-qa.txt, line 54
"""

JAPANESE = """
language: ja
cards:
  - id: reversed
    q: <ruby>直<rt>なお</rt></ruby>す
    a: to mend, to correct; 骨 and 今 are drawn in the Japanese way
    reverse: true
    extra: '![say](say.wav)'
"""

CARDS = (("code", 0), ("math", 0), ("reversed", 0), ("reversed", 1), ("typed", 0), ("choice", 0), ("cloze", 1))
README = (("math", 0), ("choice", 0))
TYPED = {"typed": "Lime"}

PLAY = """<a class="replay-button soundLink" href=#><svg viewBox="0 0 64 64"><circle cx="32" cy="32" r="29"/>
<path d="M20 12l36 20-36 20z"/></svg></a>"""
"""Anki's button for a sound, in a drawing of our own; the classes are those that it and its style sheet have."""

MAP = """<svg xmlns="http://www.w3.org/2000/svg" width="640" height="240">
<rect width="640" height="240" fill="#9cc4dd"/>
<path d="M80 20L560 60L500 220L180 200z" fill="#c9b98f"/><circle cx="300" cy="140" r="9" fill="#a33"/></svg>"""


def collection_in(folder: Path) -> Collection:
    """A real collection that has imported the deck."""
    for name, text in (("en", ENGLISH), ("zh", CHINESE), ("ja", JAPANESE)):
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    (folder / "map.svg").write_text(MAP, encoding="utf-8")
    with wave.open(str(folder / "say.wav"), "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(b"".join(struct.pack("<h", int(9000 * math.sin(at / 3))) for at in range(4000)))
    loaded = load([folder])
    for problem in loaded.problems:
        sys.exit(f"{problem.place}: {problem.message}")
    export_package(loaded.notes, folder / "deck.apkg", folder / "exports.db", datetime.now(UTC), within=[folder])
    collection = Collection(str(folder / "collection.anki2"))
    collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(folder / "deck.apkg")))
    return collection


def side(collection: Collection, guid: str, number: int, *, back: bool) -> str:
    """One side of a card as the window gets it: with buttons for sounds, the box to type in, and what was typed."""
    (note,) = collection.find_notes(f'"Duly ID:{guid}"')
    card = next(card for card in collection.get_note(note).cards() if card.ord == number)
    rendered = card.render_output()
    text = collection.media.escape_media_filenames(rendered.answer_text if back else rendered.question_text)
    text = re.sub(r"\[anki:play:[^]]*\]", PLAY, text)
    box = "<center><input type=text id=typeans style=\"font-family: 'Arial'; font-size: 20px;\"></center>"
    if back and guid in TYPED:
        box = f"<div>{collection.compare_answer(card.note()['Typed'], TYPED[guid])}</div>"
    return f"<style>{rendered.css}</style>" + re.sub(r"\[\[type:[^]]*\]\]", lambda _: box, text)


def page(body: str, mode: str, media: str) -> str:
    """The window around a card."""
    found = find_spec("_aqt")
    if found is None or not found.submodule_search_locations:
        sys.exit("the wheel aqt is not installed: pip install --no-deps aqt")
    web = Path(next(iter(found.submodule_search_locations))) / "data" / "web"
    mathjax = (web / "js" / "mathjax.js").read_text(encoding="utf-8")
    mathjax = mathjax.replace("/_anki/js", (web / "js").as_uri()).replace("typeset:!1", "typeset:true")
    styles = "".join(
        f'<link rel=stylesheet href="{(web / "css" / name).as_uri()}">' for name in ("webview.css", "reviewer.css")
    )
    night = ' class="night-mode" data-bs-theme="dark"' if MODES[mode] else ' data-bs-theme="light"'
    return (
        f'<!doctype html><html{night}><head><meta charset="utf-8"><base href="{media}/">{styles}'
        f"<script>{mathjax}</script>"
        f'<script src="{(web / "js/vendor/mathjax/tex-chtml-full.js").as_uri()}"></script></head>'
        f'<body class="card card1 {MODES[mode]}"><div id="qa" dir="auto">{body}</div></body></html>'
    )


def sheet(pages: list[str], width: int, height: int, columns: int) -> str:
    """Pages side by side, each in a frame as wide as a window."""
    frames = "".join(f'<iframe srcdoc="{html.escape(text)}"></iframe>' for text in pages)
    return (
        f'<!doctype html><meta charset="utf-8"><style>body {{ margin: 0; display: grid; gap: 8px; background: #777;'
        f" grid-template-columns: repeat({columns}, {width}px); }}"
        f" iframe {{ border: 0; width: {width}px; height: {height}px; }}</style>{frames}"
    )


def draw(text: str, picture: Path, width: int, height: int) -> None:
    """A picture of a page of this size, drawn by Chromium."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("Chromium is not installed")
    with tempfile.TemporaryDirectory() as profile:
        source = Path(profile) / "page.html"
        source.write_text(text, encoding="utf-8")
        subprocess.run(
            [
                chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync",
                "--disable-background-networking", "--disable-component-update", "--hide-scrollbars",
                "--allow-file-access-from-files", "--virtual-time-budget=20000", f"--user-data-dir={profile}/profile",
                f"--window-size={width},{height}", f"--screenshot={picture}", source.as_uri(),
            ],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip


def main(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as name:
        collection = collection_in(Path(name))
        media = Path(collection.media.dir()).as_uri()
        sides = {
            (guid, number, back): side(collection, guid, number, back=back)
            for guid, number in CARDS
            for back in (False, True)
        }
        for mode in MODES:
            for screen, width in WIDTHS.items():
                for number, (guid, card) in enumerate(CARDS, 1):
                    pages = [page(sides[guid, card, back], mode, media) for back in (False, True)]
                    picture = folder / f"{number}-{guid}-{mode}-{screen}.png"
                    draw(sheet(pages, width, HEIGHT, 2), picture, 2 * width + 8, HEIGHT)
                    print(picture)
            pages = [page(sides[guid, card, True], mode, media) for guid, card in README]
            draw(sheet(pages, 520, 560, 2), DOCS / f"{mode}.png", 1048, 560)
        collection.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp()))
