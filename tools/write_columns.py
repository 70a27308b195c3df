"""Write docs/tables.md: every table and column, with the French heading that a spreadsheet gets.

python tools/write_columns.py
"""

from __future__ import annotations

from pathlib import Path

from textlien.exchange.readable import heading
from textlien.messages.translator import Translator
from textlien.tables import SCHEMAS

PAGE = Path(__file__).parents[1] / "docs" / "tables.md"

HEAD = """\
# Les tables et leurs colonnes

Les tables d'une exécution sont dans `runs/<étude>/tables/` (Parquet), sous les noms de gauche : ce
sont ceux des programmes, de `textlien show --where` et de `--csv`. À l'écran et dans
`runs/<étude>/report/tables/*.csv`, les en-têtes sont ceux de droite.

Cette page est écrite par `tools/write_columns.py`.
"""


def page() -> str:
    """The text of the page."""
    french = Translator("fr")
    parts = [HEAD]
    for name, schema in SCHEMAS.items():
        rows = [f"| `{column}` | {heading(column, french)} |" for column in schema.columns]
        parts.append("\n".join([f"## `{name}`\n", "| colonne | en-tête |", "|---|---|", *rows, ""]))
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
