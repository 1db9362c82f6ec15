"""The vectors beside this file; README.md says where they come from."""

import json
from pathlib import Path
from typing import Any

VECTORS: dict[str, Any] = json.loads((Path(__file__).parent / "sm2_vectors.json").read_text(encoding="utf-8"))
