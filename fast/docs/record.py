#!/usr/bin/env python3
"""Runs a command in a terminal of 80 columns, and writes its output as an animated picture.

    python3 record.py PROMPT COMMAND [ARGUMENT ...] > recording.svg

PROMPT is the command line to show; COMMAND is what is run. The same output always gives the same picture.
"""

from __future__ import annotations

import fcntl
import html
import os
import pty
import re
import struct
import sys
import termios
from typing import Dict, List, Tuple

COLUMNS = 80
ROWS = 27
WIDTH, HEIGHT = 7.85, 18  # of a character
PADDING, BAR = 14, 30

# The colours of the terminal's palette that the command uses. Any other colour is shown as plain text.
COLORS: Dict[str, str] = {
    "2": "#3fb950", "3": "#d29922", "6": "#39c5cf", "8": "#8b949e", "9": "#ff7b72", "10": "#56d364", "11": "#e3b341",
    "12": "#79c0ff", "14": "#56d4dd",
}

# An output appears part by part, at the times below (in seconds). A part begins with one of these lines.
PARTS = ["these contradict each other", "what happened to the versions", "what would resolve"]
TYPED, FIRST, EACH, END = 1.6, 2.2, 3.4, 5.0

Span = Tuple[str, str, bool]  # a text, its color, whether it is bold


def output_of(command: List[str]) -> str:
    """The output of a command in a terminal, including errors."""
    pid, terminal = pty.fork()
    if pid == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 50, COLUMNS, 0, 0))
        # Pass only what is the same everywhere.
        environment = {name: os.environ[name] for name in ("PATH", "HOME", "DOTNET_ROOT") if name in os.environ}
        environment.update(TERM="xterm-256color", COLUMNS=str(COLUMNS), LINES="50", LANG="C.UTF-8")
        os.execvpe(command[0], command, environment)
    parts = []
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:  # on Linux, this means that the other end is closed
            break
        if not part:
            break
        parts.append(part)
    os.waitpid(pid, 0)
    return b"".join(parts).decode("utf-8")


def lines_of(output: str) -> List[List[Span]]:
    """The lines of an output, each split into spans by colour, and wrapped as in a terminal."""
    # Any escape sequence that is not a colour or weight only sets up the terminal.
    output = re.sub(r"\x1b(?:\[[?0-9;]*[A-Za-ln-z]|[=>])", "", output).replace("\r", "")
    lines: List[List[Span]] = [[]]
    color, bold, column = "", False, 0
    for piece in re.split(r"(\x1b\[[0-9;]*m|\n)", output):
        if piece == "\n":
            lines.append([])
            column = 0
        elif piece.startswith("\x1b"):
            codes = piece[2:-1].split(";")
            if codes in (["0"], [""]):
                color, bold = "", False
            bold = bold or "1" in codes and codes[:2] != ["38", "5"]
            if "38" in codes:
                color = COLORS.get(codes[codes.index("38") + 2], "")
        else:
            while piece:
                head, piece = piece[: COLUMNS - column], piece[COLUMNS - column :]
                lines[-1].append((head, color, bold))
                column += len(head)
                if piece:
                    lines.append([])
                    column = 0
    while lines and not lines[-1]:
        lines.pop()
    return lines


def text(spans: List[Span], row: int) -> str:
    """A line as an element."""
    y = row * HEIGHT + 13
    inner = "".join(
        "<tspan{}{}>{}</tspan>".format(
            f' fill="{color}"' if color else "", ' font-weight="bold"' if bold else "", html.escape(part)
        )
        for part, color, bold in spans
    )
    return f'<text y="{y}">{inner}</text>'


def keyframes(name: str, steps: List[Tuple[float, str]], total: float) -> str:
    """An animation that jumps from value to value."""
    frames = "".join(f"{100 * time / total:.2f}% {{ {value} }} " for time, value in steps)
    return f"@keyframes {name} {{ {frames}}}"


def picture(prompt: str, lines: List[List[Span]]) -> str:
    """The animated picture."""
    begins = [0] + [
        row for row, spans in enumerate(lines) if any("".join(s[0] for s in spans).startswith(part) for part in PARTS)
    ]
    ends = begins[1:] + [len(lines)]
    times = [FIRST + EACH * i for i in range(len(begins))]
    total = times[-1] + END
    width = COLUMNS * WIDTH + 2 * PADDING
    height = ROWS * HEIGHT + 2 * PADDING + BAR
    style = [
        'text { font: 13px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; fill: #e6edf3; white-space: pre; }',
        f".typed {{ animation: type {total:.1f}s steps(1) infinite; }}",
        f".roll {{ animation: roll {total:.1f}s steps(1) infinite; }}",
        keyframes(
            "type",
            [(TYPED * i / len(prompt), f"clip-path: inset(0 {len(prompt) - i}ch 0 0);") for i in range(len(prompt) + 1)],
            total,
        ),
        keyframes(
            "roll",
            [(0, "transform: none;")]
            + [(t, f"transform: translateY({-HEIGHT * max(0, end + 1 - ROWS)}px);") for t, end in zip(times, ends)],
            total,
        ),
    ]
    rows = [
        '<text y="13"><tspan fill="#56d364">$</tspan></text>',
        f'<text class="typed" x="{2 * WIDTH:.2f}" y="13">{html.escape(prompt)}</text>',
    ]
    for i, (time, begin, end) in enumerate(zip(times, begins, ends)):
        style.append(f".part{i} {{ animation: part{i} {total:.1f}s steps(1) infinite; }}")
        style.append(keyframes(f"part{i}", [(0, "opacity: 0;"), (time, "opacity: 1;")], total))
        rows.append(f'<g class="part{i}">' + "".join(text(lines[row], row + 1) for row in range(begin, end)) + "</g>")
    # Without motion, show the end.
    still = -HEIGHT * max(0, len(lines) + 1 - ROWS)
    style.append(
        f"@media (prefers-reduced-motion: reduce) {{ * {{ animation: none !important; }} .roll {{ transform: translateY({still}px); }} }}"
    )
    newline = "\n"
    return f"""<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}">
<title>{html.escape(prompt)}</title>
<style>
{newline.join(style)}
</style>
<clipPath id="screen"><rect width="{width:.0f}" height="{ROWS * HEIGHT}"/></clipPath>
<rect width="{width:.0f}" height="{height:.0f}" rx="8" fill="#0d1117"/>
<g fill="#30363d"><circle cx="20" cy="18" r="6"/><circle cx="40" cy="18" r="6"/><circle cx="60" cy="18" r="6"/></g>
<g transform="translate({PADDING} {BAR + PADDING})"><g clip-path="url(#screen)"><g class="roll">
{newline.join(rows)}
</g></g></g>
</svg>"""


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    print(picture(sys.argv[1], lines_of(output_of(sys.argv[2:]))))
