"""Runs a notebook cell by cell as Jupyter would, and keeps what it shows.

    python tests/notebook_cells.py NOTEBOOK.py FOLDER

What ends a cell is shown: a picture as PNG, a card as HTML, in FOLDER, numbered; all else is printed. Cells
run in ``__main__``, as they do in Jupyter, so that what they define can be pickled.
"""

import ast
import sys
from pathlib import Path


def cells(text):
    """(kind, source) of every cell of a notebook in the percent format."""
    found, kind, lines = [], None, []
    for line in text.splitlines():
        if line.startswith("# %%"):
            found.append((kind, lines))
            kind, lines = "markdown" if "[markdown]" in line else "code", []
        else:
            lines.append(line)
    found.append((kind, lines))
    return [(kind, "\n".join(lines)) for kind, lines in found if kind]


def show(thing, folder):
    """Keep or print what ends a cell."""
    number = f"{len(list(folder.iterdir())) + 1:02d}"
    if thing is None:
        return
    for method, suffix in (("_repr_png_", "png"), ("_repr_html_", "html")):
        if hasattr(thing, method):
            body = getattr(thing, method)()
            data = body if isinstance(body, bytes) else body.encode()
            (folder / f"{number}.{suffix}").write_bytes(data)
            if suffix == "png":
                return
    print(thing)


def run(path, folder, names):
    """Run every code cell in ``names``; a fault tells its line in the notebook."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = path.read_text(encoding="utf-8").splitlines()
    at = 0
    for kind, source in cells("\n".join(lines)):
        at = lines.index(source.splitlines()[0], at) if source.strip() else at
        if kind != "code":
            continue
        tree = ast.parse(source, str(path))
        ast.increment_lineno(tree, at)
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, str(path), "exec"), names)
        if last is not None:
            show(eval(compile(ast.Expression(last.value), str(path), "eval"), names), folder)


if __name__ == "__main__":
    run(Path(sys.argv[1]), Path(sys.argv[2]), globals())
