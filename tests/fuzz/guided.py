"""Texts that atheris makes, which sees what the code does with them: ``python -m tests.fuzz.guided KIND``.

Atheris (Linux and macOS alone) is no part of the environment: install it by hand. Options behind the kind are
libFuzzer's, such as ``-max_total_time=600``; it ends at the first finding, and leaves it in a file beside.
"""

import sys
from collections.abc import Callable

import atheris

with atheris.instrument_imports(include=["clinic"]):
    from tests.fuzz.targets import bounded, hold_mail, hold_svg, hold_text, hold_words

KINDS: dict[str, Callable[[bytes], None]] = {
    "markdown": lambda data: hold_text(data.decode("utf-8", "replace")),
    "comments": lambda data: hold_words(data.decode("utf-8", "replace")),
    "mails": hold_mail,
    "svg": hold_svg,
}


def main() -> None:
    """Try one kind until something is found, or the time is over."""
    hold = KINDS[sys.argv.pop(1)]

    def once(data: bytes) -> None:
        with bounded():
            hold(data)

    atheris.Setup(sys.argv, once)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
