"""Returns a real rez's reading of package definition files: one JSON document per line in, one per line out.

Run by LiveDefinitions.fs as `python rez_definitions.py FOLDER_OF_REZ`. Each input line contains the bytes of a file and
its extension. The answer says whether rez loads it and, for each field, what a solve would see or why it would stop.
If the line says so, the file is a family in one file. The answer then lists its versions, each with such an answer.
"""
import base64
import io
import json
import os
import resource
import shutil
import sys
import tempfile
import time

os.environ["REZ_CONFIG_FILE"] = os.devnull
os.environ["REZ_DISABLE_HOME_CONFIG"] = "1"
sys.path.insert(0, sys.argv[1])

from rez.package_repository import package_repository_manager as manager  # noqa: E402
from rez.packages import iter_packages  # noqa: E402
from rez.utils.sourcecode import SourceCode  # noqa: E402

TEXTS = ("name", "version")
FIELDS = ("requires", "variants", "build_requires", "timestamp")
SECONDS = 2
MEMORY = 1 << 30

# Definitions may print to, read from or close the standard streams. That must not mix with the answers.
questions = os.fdopen(os.dup(0), "r", encoding="utf-8")
answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(os.open(os.devnull, os.O_RDWR), 0)
os.dup2(0, 1)


def one_line(error):
    """An error without its traceback, and without the file's location on this machine."""
    text = str(error).split(':\n  File "')[0].split(':\nFile "')[0].replace(os.getcwd(), "")
    return ("%s: %s" % (type(error).__name__, " ".join(text.split())))[:200]


def is_text(value):
    return isinstance(value, str)


def are_texts(value):
    return isinstance(value, list) and all(map(is_text, value))


def value_of(field, data):
    """A field as passed to the solver, before its requirements are parsed. Parsing them is not the reader's task."""
    value = data.get(field)
    if field == "timestamp":
        return value if isinstance(value, int) else None
    if field == "variants":
        return value if isinstance(value, list) and all(map(are_texts, value)) else None
    return value if are_texts(value) else None


def field_of(field, resource_):
    data = resource_._data
    if field not in data:
        return {"value": None}
    value = value_of(field, data)
    if value is not None:
        # As text: JSON readers do not support integers of any size, or halves of surrogate pairs.
        return {"value": str(int(value)) if field == "timestamp" else coded(value)}
    try:
        found = getattr(resource_, field)
    except Exception as e:
        return {"error": one_line(e)}
    return {"late": True} if isinstance(found, SourceCode) else {"error": "rez takes %r" % found}


def coded(value):
    return coded_text(value) if is_text(value) else [coded(item) for item in value]


def coded_text(text):
    return base64.b64encode(text.encode("utf-16-le", "surrogatepass")).decode("ascii")


def write(folder, name, question):
    """Makes a file the only one in a folder."""
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    with open(os.path.join(folder, name + "." + question["extension"]), "wb") as f:
        f.write(base64.b64decode(question["content"]))
    manager.clear_caches()


def answer_of(found):
    data = found._data
    fields = {name: coded_text(data[name]) for name in TEXTS if is_text(data.get(name))}
    fields.update((name, field_of(name, found)) for name in FIELDS)
    return fields


def answer_of_version(found):
    """A version of a family in one file, whose variants rez counts before it validates them."""
    try:
        fields = answer_of(found)
        indexes = [variant.index for variant in found.iter_variants()]
    except Exception as e:
        return {"error": one_line(e)}
    if indexes == [None]:
        fields["variants"] = {"value": []}
    return fields


def answer_to(question, location):
    if "family" in question:
        folder = os.path.join(location, "families")
        write(folder, "foo", question)
        found = list(iter_packages("foo", paths=["filesystem@" + folder]))
        return {"versions": [[coded_text(str(package.version)), answer_of_version(package.resource)]
                             for package in found]}
    packages = os.path.join(location, "packages")
    write(os.path.join(packages, "foo", "1"), "package", question)
    repository = manager.get_repository("filesystem@" + packages)
    return answer_of(repository.get_resource("filesystem.package", location=packages, name="foo", version="1"))


def main():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    location = tempfile.mkdtemp(prefix="rez_definitions_")
    os.chdir(location)
    try:
        for line in questions:
            # The kernel ends the process if a file takes too long. A Python signal handler would not be called within a
            # single operation.
            limit = int(time.process_time()) + 1 + SECONDS
            resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))
            sys.stdout, sys.stderr, sys.stdin = io.StringIO(), io.StringIO(), io.StringIO()
            before = dict(os.environ), list(sys.path)
            try:
                answer = answer_to(json.loads(line), location)
            except BaseException as e:
                answer = {"error": one_line(e)}
            os.environ.clear()
            os.environ.update(before[0])
            sys.path[:] = before[1]
            answers.write(json.dumps(answer) + "\n")
            answers.flush()
    finally:
        os.chdir("/")
        shutil.rmtree(location, ignore_errors=True)


main()
