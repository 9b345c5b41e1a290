#!/usr/bin/env bash
# Installs the packages that .ci/pack made as users would, outside the clone: `dotnet add package`, `dotnet tool
# install`, `pip install`, the archive. Then it compiles and runs the examples of the documentation, and solves with the
# command in each of its forms. It also compiles a program that uses all of the packages ahead of time, without a
# warning.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
packages=$root/artifacts/packages
platform=linux-x64
version=$(sed -nE 's|.*<VersionPrefix>(.*)</VersionPrefix>.*|\1|p' "$root/Directory.Build.props")
away=$(mktemp -d)
trap 'rm -rf "$away"' EXIT
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
# Use a separate cache, because the machine's may contain an older build of the same version.
export NUGET_PACKAGES=$away/cache

cat >"$away/nuget.config" <<EOF
<configuration>
  <packageSources><add key="packed" value="$packages" /></packageSources>
</configuration>
EOF

# The Nth (1 ...) fenced block of a page that starts with ```INFO.
block() {
    awk -v info="\`\`\`$2" -v n="$3" '
        /^```/ { if (inside) { inside = 0 } else { inside = 1; if ($0 == info) { found++; taking = 1; next } } taking = 0; next }
        taking && found == n' "$1"
}

# Checks that the Nth example of a language in a page, in a new project, prints the text that follows it there.
#   example LANGUAGE FILE PAGE NTH-BLOCK-OF-TEXT [PACKAGE]
example() {
    local language=$1 file=$2 page=$3 number=$4 package=${5:-Rer}
    local project=$away/$file-$page
    dotnet new console --language "${language/sharp/#}" --output "$project" --no-restore >/dev/null
    block "$root/$page" "$language example" 1 >"$project/$file"
    [ -s "$project/$file" ] || { echo "$page has no example in $language"; exit 1; }
    (
        cd "$project"
        dotnet add package "$package" --version "$version" >"$away/log" 2>&1 || { cat "$away/log"; exit 1; }
        dotnet run -c Release -p:TreatWarningsAsErrors=true >"$away/printed" || { cat "$away/printed"; exit 1; }
    )
    block "$root/$page" text "$number" >"$away/expected"
    diff "$away/expected" "$away/printed" || { echo "the example in $language of $page prints something else"; exit 1; }
    echo "the example in $language of $page runs"
}

for package in Rer{,.Insights,.Hosting,.Cli,.Cli.any,.Cli.$platform}.$version.nupkg Rer.$version.snupkg; do
    [ -f "$packages/$package" ] || { echo "$package was not made"; exit 1; }
done
cd "$away"
example csharp Program.cs README.md 1
example csharp Program.cs fast/README.md 1
example fsharp Program.fs fast/README.md 2
example csharp Program.cs fast/Rer.Insights/README.md 1 Rer.Insights
example csharp Program.cs fast/Rer.Hosting/README.md 1 Rer.Hosting
example csharp Program.cs fast/Rer/VERSIONS.md 1

# A program built for any platform contains the libraries compiled for this one, and .NET loads those.
ready=$away/Program.cs-README.md/bin/Release/net10.0/runtimes/$platform/lib/net10.0/Rer.dll
[ "$(stat -c %s "$ready")" -gt $((2 * $(stat -c %s "${ready/runtimes*/Rer.dll}"))) ] ||
    { echo "the package's libraries are not compiled for $platform"; exit 1; }

# Maya and Houdini host .NET 8. A self-contained program runs on the framework that it was built for.
for page in README.md fast/Rer.Insights/README.md; do
    older=$away/older-${page//\//-}
    cp -r "$away/Program.cs-$page" "$older"
    rm -rf "$older"/{bin,obj}
    sed -i 's|<TargetFramework>.*<|<TargetFramework>net8.0<|' "$older"/*.csproj
    dotnet run -c Release --project "$older" --use-current-runtime --self-contained >"$away/printed" ||
        { cat "$away/printed"; exit 1; }
    block "$root/$page" text 1 | diff - "$away/printed"
    grep -q '"version": "8\.' "$older"/bin/Release/net8.0/*/*.runtimeconfig.json
    echo "the example in csharp of $page runs on .NET 8"
done

project=$away/ahead-of-time
dotnet new console --output "$project" --no-restore >/dev/null
cp "$root/tests/packages/AheadOfTime.cs" "$project/Program.cs"
(
    cd "$project"
    dotnet add package Rer --version "$version" >"$away/log" 2>&1 || { cat "$away/log"; exit 1; }
    dotnet add package Rer.Insights --version "$version" >"$away/log" 2>&1 || { cat "$away/log"; exit 1; }
    dotnet add package Rer.Hosting --version "$version" >"$away/log" 2>&1 || { cat "$away/log"; exit 1; }
    dotnet publish -c Release --use-current-runtime -p:PublishAot=true -p:TrimmerSingleWarn=false \
        -p:TreatWarningsAsErrors=true --output "$away/native" >"$away/log" 2>&1 || { cat "$away/log"; exit 1; }
)
"$away/native/ahead-of-time" >"$away/printed"
diff - "$away/printed" <<'EOF' || { echo 'a program compiled ahead of time prints something else'; exit 1; }
base-1.0 tool-2.1[0], 4 nodes
The following package conflicts occurred: (base <--!--> !base-1), 4 nodes
cannot go together: tool, !base-1, base, base-1, base-2
a page and a picture
EOF
echo "a program compiled ahead of time runs: $(stat -c %s "$away/native/ahead-of-time") bytes"

# Checks that the command resolves in one of its forms.
#   solves NAME COMMAND...
solves() {
    local name=$1
    shift
    "$@" solve usd maya-7 >"$away/printed" 2>"$away/log" || { cat "$away/log" "$away/printed"; exit 1; }
    grep -q '^usd-' "$away/printed" || { cat "$away/printed"; echo "$name did not resolve usd"; exit 1; }
    echo "$name solves"
}

# "Global" tools are installed in this home. The package of this platform is the one compiled ahead of time.
export DOTNET_CLI_HOME=$away/home
dotnet tool install --global Rer.Cli --version "$version" >"$away/log" 2>&1 || { cat "$away/log"; exit 1; }
rer=$away/home/.dotnet/tools/rer
solves 'the tool' "$rer"
python3 - "$rer" <<'EOF'
import subprocess, sys, time
def start():
    begin = time.perf_counter()
    subprocess.run([sys.argv[1], "--version"], stdout=subprocess.DEVNULL, check=True)
    return (time.perf_counter() - begin) * 1000
best = min(start() for _ in range(20))
print(f"the tool starts in {best:.1f} ms")
if best > 15:
    sys.exit("which is more than 15 ms: is it the one compiled ahead of time?")
EOF

# The form for other platforms, which includes the reference.
python3 -m zipfile -e "$packages/Rer.Cli.any.$version.nupkg" "$away/any"
solves 'the tool for any platform' dotnet "$away/any/tools/net10.0/any/Rer.Cli.dll"
dotnet "$away/any/tools/net10.0/any/Rer.Cli.dll" solve --engine reference usd maya-7 2>/dev/null | diff "$away/printed" -

mkdir "$away/archive"
tar -C "$away/archive" -xzf "$root/artifacts/archives/rer-$version-$platform.tar.gz"
solves 'the command from the archive' "$away/archive/rer-$version-$platform/rer"

# The example of README.md is the package's first.
python3 -m venv "$away/python"
"$away/python/bin/pip" install --quiet --no-index --disable-pip-version-check "$root"/artifacts/wheels/pyrer-"$version"-*.whl
block "$root/README.md" python 1 >"$away/example.py"
(cd "$away" && python/bin/python example.py) >"$away/printed"
sed -nE 's/^print\(.*\)  # (.*)$/\1/p' "$away/example.py" | diff - "$away/printed"
echo 'the example in Python of README.md runs where pip installed the wheel'
