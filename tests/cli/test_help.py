import subprocess
import sys

import pytest

COMMANDS = (
    "",
    "gif",
    "gif conv",
    "gif pool",
    "gif relu",
    "gif padding",
    "gif receptive-field",
    "gif pool-backprop",
    "gif backprop",
    "gif conv-transpose",
    "gif forward",
    "gif kernels",
    "list",
    "render",
    "storyboard",
    "trace",
    "trace conv",
    "shapes",
    "summary",
    "train",
    "experiment",
    "quiz",
    "quiz ask",
    "quiz list",
    "quiz export",
    "doctor",
)
HEAVY = {"manim", "numpy", "PIL", "rich", "matplotlib", "av", "cairo", "scipy"}


def heavy_after(statement: str) -> set[str]:
    """Tell which of the heavy modules a statement loads, in a process of its own."""
    quiet = "with contextlib.redirect_stdout(io.StringIO())"
    code = f"import contextlib, io, sys\n{quiet}:\n    {statement}\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return HEAVY & set(done.stdout.split())


@pytest.mark.parametrize("command", COMMANDS)
def test_help_says_how_and_shows_an_example(cnnviz, command):
    outcome = cnnviz(*command.split(), "--help")
    assert outcome.code == 0
    assert outcome.out.startswith(f"Usage: {' '.join(['cnnviz', *command.split()])} ")
    assert "\n  cnnviz " in outcome.out
    assert outcome.err == ""


def test_the_groups_show_their_help_when_called_alone(cnnviz):
    for group in ("", "gif", "trace"):
        outcome = cnnviz(*group.split())
        assert outcome.code == 2
        assert outcome.out == ""
        assert outcome.err.startswith("Usage: cnnviz")


@pytest.mark.parametrize(
    "command", ["--help", "--version", "gif --help", "render --help", "gif cnv", "gif conv --help", "gif conv -o a.png"]
)
def test_help_and_wrong_words_load_nothing_heavy(command):
    # The flags of a GIF are read from its subject, whose pictures and kernels are arrays.
    allowed = {"numpy"} if "gif" in command else set()
    assert heavy_after(f"from cnnviz.cli import run; run({command.split()!r})") <= allowed


def test_the_probe_for_heavy_modules_can_fail():
    assert heavy_after("from cnnviz.cli import run; run(['trace', 'conv'])") == {"numpy"}


@pytest.mark.parametrize("command", [["gif", "conv", "no.png"], ["gif", "conv", "--stride", "0"], ["list"]])
def test_nothing_loads_manim_to_say_no(command):
    assert "manim" not in heavy_after(f"from cnnviz.cli import run; run({command!r})")


def test_remarks_on_other_peoples_sources_are_not_passed_on():
    code = (
        "import cnnviz.cli, warnings\n"
        "cnnviz.cli.run = lambda: warnings.warn('invalid escape sequence', SyntaxWarning)\n"
        "cnnviz.cli.main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == ""


def test_version(cnnviz):
    from importlib.metadata import version

    assert cnnviz("--version").out == f"cnnviz, version {version('cnnviz')}\n"


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("gfi", "No such command 'gfi'. Did you mean 'gif'? (see 'cnnviz --help')"),
        ("gif kernls", "No such command 'kernls'. Did you mean 'kernels'? (see 'cnnviz gif --help')"),
        (
            "gif conv --strde 2",
            "No such option '--strde'. (Did you mean one of: '--size', '--stride'?) (see 'cnnviz gif conv --help')",
        ),
        ("gif conv a b", "Got unexpected extra argument (b) (see 'cnnviz gif conv --help')"),
    ],
)
def test_a_slip_of_the_fingers_gets_one_line(cnnviz, typed, line):
    outcome = cnnviz(*typed.split())
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == f"cnnviz: {line}\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_options_speak_of_what_one_types_not_of_types(cnnviz, command):
    text = cnnviz(*command.split(), "--help").out
    assert not {"INTEGER", "FLOAT", "TEXT", "PATH", "RANGE"} & set(text.split())


@pytest.mark.parametrize("group", ["", "gif", "trace", "quiz"])
def test_no_line_of_a_list_of_commands_is_cut(cnnviz, group):
    assert "..." not in cnnviz(*group.split(), "--help").out.partition("Commands:")[2]


def test_no_flag_has_one_name_twice():
    from cnnviz.cli.subject import parameters
    from cnnviz.render.catalog import load_scene, scenes

    for entry in scenes():
        for parameter in parameters(load_scene(entry.path, entry.class_name).subject_class):
            assert len(parameter.opts) == len({*parameter.opts}), (entry.slug, parameter.opts)
