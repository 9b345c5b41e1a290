#!/usr/bin/env bash
# Installs the packages that `dotnet pack` made into new projects outside the clone, and does there what their
# documentation says: compiles and runs the examples of README.md and fast/README.md, and solves with the tool. A program
# over all of the packages is compiled ahead of time, without a warning.
#   tests/packages/run.sh DIRECTORY-OF-PACKAGES
set -euo pipefail
packages=$(cd "$1" && pwd)
root=$(cd "$(dirname "$0")/../.." && pwd)
version=$(sed -nE 's|.*<VersionPrefix>(.*)</VersionPrefix>.*|\1|p' "$root/Directory.Build.props")
away=$(mktemp -d)
trap 'rm -rf "$away"' EXIT
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
# A cache of its own: the machine's may hold an older build of the same version.
export NUGET_PACKAGES=$away/cache

cat >"$away/nuget.config" <<EOF
<configuration>
  <packageSources><add key="packed" value="$packages" /></packageSources>
</configuration>
EOF

# The Nth (1 ...) fenced block that a page opens with ```INFO.
block() {
    awk -v info="\`\`\`$2" -v n="$3" '
        /^```/ { if (inside) { inside = 0 } else { inside = 1; if ($0 == info) { found++; taking = 1; next } } taking = 0; next }
        taking && found == n' "$1"
}

# The Nth example of a language in a page, in a new project, prints the text that follows it there.
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

for package in "Rer.$version.nupkg" "Rer.$version.snupkg" "Rer.Insights.$version.nupkg" "Rer.Cli.$version.nupkg"; do
    [ -f "$packages/$package" ] || { echo "$package was not made"; exit 1; }
done
cd "$away"
example csharp Program.cs README.md 1
example csharp Program.cs fast/README.md 1
example fsharp Program.fs fast/README.md 2
example csharp Program.cs fast/Rer.Insights/README.md 1 Rer.Insights

project=$away/ahead-of-time
dotnet new console --output "$project" --no-restore >/dev/null
cp "$root/tests/packages/AheadOfTime.cs" "$project/Program.cs"
(
    cd "$project"
    dotnet add package Rer --version "$version" >"$away/log" 2>&1 || { cat "$away/log"; exit 1; }
    dotnet add package Rer.Insights --version "$version" >"$away/log" 2>&1 || { cat "$away/log"; exit 1; }
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

# "Global" is within this home.
export DOTNET_CLI_HOME=$away/home
dotnet tool install --global Rer.Cli --version "$version" >"$away/log" 2>&1 || { cat "$away/log"; exit 1; }
"$away/home/.dotnet/tools/rer" solve usd maya-7 >"$away/printed" || { cat "$away/printed"; exit 1; }
grep -q '^usd-' "$away/printed" || { cat "$away/printed"; echo 'rer did not resolve usd'; exit 1; }
echo 'the tool solves'
