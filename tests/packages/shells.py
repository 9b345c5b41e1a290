"""Types into real shells, as people do. Checks what Tab puts on the line, and that nothing on it runs when Enter
follows.

    python3 tests/packages/shells.py COMMAND...

COMMAND is what `rer` stands for. A shell that is not installed is skipped and reported.
"""
import os
import pty
import select
import shutil
import sys
import tempfile
import time

# What is typed, and what must be on the line after Tab; None if nothing changes.
CASES = [
    ("rer sol", "rer solve "),
    ("rer solve --max", "rer solve --max-fails "),
    ("rer solve -p pk us", "rer solve -p pk usd"),
    ("rer solve -p pk usd-5", "rer solve -p pk usd-5.1"),
    ("rer solve -p pk usd=", "rer solve -p pk usd==5.1"),
    ("rer solve -p pk usd==", "rer solve -p pk usd==5.1"),
    ("rer solve -p pk 'usd==", "rer solve -p pk 'usd==5.1"),
    ("rer solve -p pk evil-", None),
    ("rer solve -p pk evil==", None),
    ("rer solve -p p", "rer solve -p pk/"),
    ("rer solve --config pk/us", "rer solve --config pk/usd/"),
    ("rer check boo", "rer check book\\ 1.json"),
]
STARTS = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], "PS1='> '; eval \"$(rer completion bash)\"\n"),
    "zsh": (
        ["zsh", "-f", "-i"],
        "PS1='> '; autoload -Uz compinit && compinit -u; eval \"$(rer completion zsh)\"; bindkey '^I' complete-word\n",
    ),
    "fish": (
        ["fish", "--no-config", "-i"],
        "function fish_prompt; echo -n '> '; end; set fish_greeting; rer completion fish | source\n",
    ),
}


class Shell:
    """A shell on a terminal. It writes its command line to a file on request."""

    def __init__(self, arguments, start, directory, environment):
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.chdir(directory)
            os.execvpe(arguments[0], arguments, environment)
        self.wait(1)
        self.type(start)
        self.wait(2)

    def type(self, text):
        os.write(self.terminal, text.encode())

    def wait(self, quiet):
        """Reads until there has been no output for a while."""
        text = b""
        while select.select([self.terminal], [], [], quiet)[0]:
            try:
                text += os.read(self.terminal, 65536)
            except OSError:
                break
            if b"\x1b[c" in text[-200:] or b"\x1b[0c" in text[-200:]:  # fish asks what terminal this is
                self.type("\x1b[?62c")
        return text.decode(errors="replace")

    def end(self):
        os.kill(self.pid, 9)
        os.waitpid(self.pid, 0)
        os.close(self.terminal)


# On Control-T, each shell writes its current line to the file `line`.
BINDINGS = {
    "bash": "_line() { printf '%s' \"$READLINE_LINE\" >line; }; bind -x '\"\\C-t\": _line'\n",
    "zsh": "_line() { printf '%s' \"$BUFFER\" >line }; zle -N _line; bindkey '^T' _line\n",
    "fish": "function _line; commandline | string collect | read -z l; printf '%s' $l >line; end; bind \\ct _line\n",
}


def until(condition):
    """Waits for at most half a minute."""
    for _ in range(300):
        if condition():
            return
        time.sleep(0.1)


def line_after(shell, directory, typed):
    path = os.path.join(directory, "line")
    if os.path.exists(path):
        os.remove(path)
    asked = os.path.join(directory, "asked")
    before = os.path.getsize(asked) if os.path.exists(asked) else 0
    shell.type(typed + "\t")
    until(lambda: os.path.getsize(asked) > before)
    shell.wait(0.4)
    shell.type("\x14")
    until(lambda: os.path.exists(path))
    shell.wait(0.2)
    with open(path) as file:
        return file.read().rstrip("\n")


def check(name, command, failures):
    with tempfile.TemporaryDirectory() as directory:
        for package in ["usd/5.1", "evil/1;touch ran", "evil/1`touch ran`", "evil/1$(touch ran)", "evil/1\x1b]0;ran\x07"]:
            os.makedirs(os.path.join(directory, "pk", package))
            open(os.path.join(directory, "pk", package, "package.py"), "w").close()
        open(os.path.join(directory, "book 1.json"), "w").close()
        tools = os.path.join(directory, "bin")
        os.mkdir(tools)
        with open(os.path.join(tools, "rer"), "w") as file:
            # The file that it writes shows that the shell has the completions.
            file.write('#!/bin/sh\n%s "$@"\necho >>"$HOME/asked"\n' % " ".join("'%s'" % word for word in command))
        os.chmod(os.path.join(tools, "rer"), 0o755)
        environment = dict(os.environ, PATH=tools + os.pathsep + os.environ["PATH"], HOME=directory, TERM="xterm")
        arguments, start = STARTS[name]
        shell = Shell(arguments, start, directory, environment)
        shell.type(BINDINGS[name])
        shell.wait(1)
        for typed, expected in CASES:
            line = line_after(shell, directory, typed)
            wanted = typed if expected is None else expected
            if line.rstrip("' ") != wanted.rstrip("' "):
                failures.append("%s: %r became %r, not %r" % (name, typed, line, wanted))
            shell.type("\n" if expected is None else "\x03")
            shell.wait(0.4)
            if os.path.exists(os.path.join(directory, "ran")):
                failures.append("%s: %r ran what is in the repository" % (name, typed))
        shell.end()


def main(command):
    failures = []
    for name in STARTS:
        if shutil.which(name):
            check(name, command, failures)
            print("%s completes" % name if not failures else "%s was tried" % name)
        else:
            print("%s is not installed: not tried" % name)
    print("\n".join(failures))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main([os.path.abspath(word) if os.sep in word else word for word in sys.argv[1:]]))
