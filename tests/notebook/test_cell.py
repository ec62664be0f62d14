"""Cells that are scenes, by themselves and in a notebook that runs."""

import click
import pytest

from cnnviz.errors import CnnvizError
from cnnviz.notebook.cell import rendered

CELL = """
from manim import Dot, Scene, Square


class Base(Scene):
    pass


class Mine(Base):
    def construct(self):
        self.add(Dot())
        self.wait(0.5)
"""


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("line", "path", "size"),
    [
        ("-q draft --width 160", "renders/Mine.gif", (160, 90)),
        ("Mine --format png --width 160 --aspect 1:1", "renders/Mine.png", (160, 160)),
        ("--width 160 -o 'my clip.gif'", "my clip.gif", (160, 90)),
    ],
)
def test_a_cell_becomes_a_file(tmp_path, line, path, size):
    made = rendered(line, CELL)
    assert (str(made.path), (made.width, made.height)) == (path, size)
    assert (tmp_path / path).is_file()
    assert made._repr_mimebundle_()["text/html"].startswith('<img src="data:image/')


@pytest.mark.parametrize(
    ("line", "cell", "said"),
    [
        ("-q big", CELL, "'big' is not one of 'draft', 'web', 'film', 'l', 'm', 'h', 'k'."),
        ("'", CELL, 'expected options, got "\'" (No closing quotation)'),
        ("", "x = 1", "%%cnnviz: expected a cell with a scene class, got none; write class MyScene(Scene): ..."),
        ("", "def", "%%cnnviz: expected Python, got invalid syntax in line 1 of the cell"),
        ("Yours", CELL, "render: expected the name of one scene in Yours.py (as FILE.py:Class); it has Base, Mine"),
    ],
)
def test_one_line_says_what_is_wrong(tmp_path, line, cell, said):
    with pytest.raises((click.ClickException, CnnvizError)) as caught:
        rendered(line, cell)
    error = caught.value
    assert said in (error.format_message() if isinstance(error, click.ClickException) else str(error))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.full
def test_in_a_notebook(tmp_path):
    import nbformat
    from nbclient import NotebookClient

    cells = [
        "%load_ext cnnviz.notebook",
        f"%%cnnviz -q draft --width 160\n{CELL}",
        "%%cnnviz -q draft\nx = 1",
        "from cnnviz.notebook import player\nplayer('ch04-s02-max-pooling', quality='draft')",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    client = NotebookClient(notebook, resources={"metadata": {"path": str(tmp_path)}}, timeout=300, allow_errors=True)
    client.execute()
    outputs = [cell.outputs for cell in notebook.cells]
    assert outputs[0] == []
    assert outputs[1][-1].data["text/html"].startswith('<img src="data:image/gif;base64,')
    assert (tmp_path / "renders" / "Mine.gif").is_file()
    assert outputs[2][0].text == (
        "UsageError: %%cnnviz: expected a cell with a scene class, got none; write class MyScene(Scene): ...\n"
    )
    assert outputs[3][-1].data["text/html"].startswith("<iframe srcdoc=")
    assert outputs[3][-1].data["text/plain"].startswith("Max pooling\n")
