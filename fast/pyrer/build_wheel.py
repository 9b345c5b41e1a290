#!/usr/bin/env python3
"""Builds a wheel for this platform, including the native library: ``python3 fast/pyrer/build_wheel.py``.

Needs the .NET SDK and the tools that NativeAOT links with (clang or gcc, zlib). It does not need pip and, once packages
are restored, no network. The wheel is written to ``artifacts/wheels`` in the clone.
"""

from __future__ import annotations

import base64
import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Dict, Tuple

HERE = Path(__file__).resolve().parent
CLONE = HERE.parents[1]

# For each platform: dotnet's name for it, the file name of the library, and the wheel's tag. On Linux, `glibc_needed`
# checks the oldest glibc whose symbols the library needs.
PLATFORMS: Dict[Tuple[str, str], Tuple[str, str, str]] = {
    ("linux", "x86_64"): ("linux-x64", "librer.so", "manylinux_2_{glibc}_x86_64"),
    ("linux", "aarch64"): ("linux-arm64", "librer.so", "manylinux_2_{glibc}_aarch64"),
    ("darwin", "arm64"): ("osx-arm64", "librer.dylib", "macosx_12_0_arm64"),
    ("darwin", "x86_64"): ("osx-x64", "librer.dylib", "macosx_12_0_x86_64"),
    ("win32", "AMD64"): ("win-x64", "rer.dll", "win_amd64"),
}

METADATA = """Metadata-Version: 2.1
Name: pyrer
Version: {version}
Summary: rez's package solver, thousands of times faster, with exactly its answers
License: Apache-2.0
Requires-Python: >=3.9
Classifier: License :: OSI Approved :: Apache Software License
Classifier: Typing :: Typed
Description-Content-Type: text/markdown

{readme}"""

WHEEL = """Wheel-Version: 1.0
Generator: fast/pyrer/build_wheel.py
Root-Is-Purelib: false
Tag: py3-none-{tag}
"""


def this_platform() -> Tuple[str, str, str]:
    """The row of ``PLATFORMS`` for this machine."""
    key = ("linux" if sys.platform.startswith("linux") else sys.platform, platform.machine())
    if key not in PLATFORMS:
        sys.exit(f"no wheel is made for {key[0]} on {key[1]}; add it to PLATFORMS in {Path(__file__).name}")
    return PLATFORMS[key]


def build_library(only_if_older: bool = False) -> Path:
    """Publishes ``fast/Rer.Native`` into the package."""
    runtime, name, _ = this_platform()
    target = HERE / "pyrer" / "_lib" / name
    if only_if_older and target.exists() and target.stat().st_mtime > newest_source():
        return target
    project = CLONE / "fast" / "Rer.Native"
    with tempfile.TemporaryDirectory() as output:
        command = ["dotnet", "publish", str(project), "-c", "Release", "-r", runtime, "-o", output, "-v", "quiet"]
        print(" ".join(command), flush=True)
        if subprocess.run(command, stdin=subprocess.DEVNULL).returncode != 0:
            sys.exit("the library could not be built: see above")
        (built,) = [path for path in Path(output).iterdir() if path.name == "Rer.Native" + target.suffix]
        target.parent.mkdir(exist_ok=True)
        # A process may have mapped the old library. It keeps the old file, and the new file gets the name.
        fresh = target.with_name(target.name + ".new")
        shutil.copy(built, fresh)
        os.replace(fresh, target)
    return target


def newest_source() -> float:
    """When the sources of the library were last changed."""
    projects = ["fast/Rer", "fast/Rer.Repositories", "fast/Rer.Native", "shared/Rer.Abstractions", "shared/Rer.Books"]
    files = [CLONE / "Directory.Build.props", CLONE / "Directory.Packages.props"]
    for project in projects:
        files += [
            path
            for path in (CLONE / project).rglob("*")
            if path.suffix in (".cs", ".csproj", ".py", ".S") and not {"bin", "obj"} & set(path.parts)
        ]
    return max(path.stat().st_mtime for path in files)


def glibc_needed(library: Path) -> int:
    """The minor version of the newest glibc 2.x whose symbols a library needs."""
    versions = [int(minor) for minor in re.findall(rb"GLIBC_2\.(\d+)", library.read_bytes())]
    return max([17, *versions])


def build_wheel() -> Path:
    """Builds the library if it is older than its sources, and then the wheel."""
    library = build_library(only_if_older=True)
    tag = this_platform()[2]
    if "{glibc}" in tag:
        tag = tag.format(glibc=glibc_needed(library))
    files: Dict[str, bytes] = {}
    for path in sorted((HERE / "pyrer").rglob("*")):
        if path.is_file() and path.suffix in (".py", ".typed", library.suffix):
            files[path.relative_to(HERE).as_posix()] = path.read_bytes()
    files["pyrer/include/rer.h"] = (CLONE / "fast" / "Rer.Native" / "rer.h").read_bytes()
    info = f"pyrer-{version()}.dist-info"
    readme = (HERE / "README.md").read_text(encoding="utf-8")
    files[f"{info}/METADATA"] = METADATA.format(version=version(), readme=readme).encode()
    files[f"{info}/WHEEL"] = WHEEL.format(tag=tag).encode()
    files[f"{info}/LICENSE"] = (CLONE / "LICENSE").read_bytes()
    files[f"{info}/NOTICE"] = (CLONE / "NOTICE").read_bytes()
    record = "".join(f"{name},sha256={digest(data)},{len(data)}\n" for name, data in files.items())
    files[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n".encode()

    target = CLONE / "artifacts" / "wheels" / f"pyrer-{version()}-py3-none-{tag}.whl"
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as wheel:
        for name, data in files.items():
            # Use fixed times, so that the same content gives the same wheel.
            entry = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o100644 << 16
            wheel.writestr(entry, data)
    return target


def digest(data: bytes) -> str:
    """A hash in the format of RECORD."""
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def version() -> str:
    """The version of everything in the repository."""
    props = (CLONE / "Directory.Build.props").read_text(encoding="utf-8")
    return re.findall(r"<VersionPrefix>(.*)</VersionPrefix>", props)[0]


if __name__ == "__main__":
    print(build_wheel())
