import os

import pytest

SHELLS = {"bash": "complete -o nosort -F", "zsh": "#compdef cnnviz", "fish": "complete --no-files --command cnnviz"}


def completions(process, words, start):
    environment = {
        **os.environ,
        "_CNNVIZ_COMPLETE": "bash_complete",
        "COMP_WORDS": f"cnnviz {words}{start}",
        "COMP_CWORD": str(len(words.split()) + 1),
    }
    return process(env=environment).out.splitlines()


@pytest.mark.parametrize("shell", SHELLS)
def test_every_shell_gets_its_script(process, shell):
    outcome = process(env={**os.environ, "_CNNVIZ_COMPLETE": f"{shell}_source"})
    assert outcome.code == 0
    assert SHELLS[shell] in outcome.out


@pytest.mark.few(4)
@pytest.mark.parametrize(
    ("words", "start", "expected"),
    [
        ("", "do", ["plain,doctor"]),
        ("gif conv ", "photo:ch", ["plain,photo:china"]),
        ("gif conv ", "some/pho", ["file,some/pho"]),
        ("gif conv --kernel ", "sobel-", ["plain,sobel-x", "plain,sobel-y"]),
        ("gif conv --padding-mode ", "re", ["plain,replicate", "plain,reflect"]),
        ("render ", "ch02-s02", ["plain,ch02-s02-real-digit"]),
        ("render ch03-s03-stride --set ", "st", ["plain,strides="]),
        ("render ch04-s02-max-pooling --set ", "channels=", ["plain,channels=gray", "plain,channels=rgb"]),
        ("gif pool --mode ", "a", ["plain,avg"]),
        ("gif receptive-field ", "vgg1", ["plain,vgg11", "plain,vgg16", "plain,vgg19"]),
        ("list ", "ch05-s01", ["plain,ch05-s01-growth"]),
    ],
)
def test_names_are_completed(process, words, start, expected):
    assert completions(process, words, start) == expected
