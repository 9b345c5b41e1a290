#!/usr/bin/env bash
# Builds the documentation site in artifacts/site, from the pages of the repository and the built libraries. It fails if
# a link has no target, or if a picture is no longer what `rer` draws.
set -euo pipefail
cd "$(dirname "$0")/../.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
rer=fast/Rer.Cli/bin/Release/net10.0/Rer.Cli.dll
[ -f "$rer" ] || dotnet build fast/Rer.Cli -c Release
if ! dotnet "$rer" solve --format svg python-3.11 openexr 2>/dev/null | diff -q - fast/docs/resolve.svg >/dev/null; then
    echo "fast/docs/resolve.svg is not what rer draws. To write it again: 'rer solve --format svg python-3.11 openexr'"
    exit 1
fi

recorded="rer explain maya-7 python-3.11"
if ! python3 fast/docs/record.py "$recorded" dotnet "$rer" ${recorded#rer } --repository studio | diff -q - fast/docs/explain.svg >/dev/null; then
    echo "fast/docs/explain.svg is not what '$recorded' prints. To write it again: fast/docs/record.py"
    exit 1
fi

# docfx reads only files below its settings file, which should not be in the root.
source=artifacts/site-source
rm -rf "$source" artifacts/site
mkdir -p "$source/libraries"
git ls-files -z -- '*.md' LICENSE NOTICE fast/docs fast/examples |
    grep -zv '^\.github/' | xargs -0 cp --parents -t "$source"
cp fast/docs/docfx.json fast/Rer.Package/icon.png "$source"
for library in shared/Rer.Abstractions fast/Rer fast/Rer.Repositories fast/Rer.Insights fast/Rer.Hosting; do
    cp "$library/bin/Release/net10.0/${library##*/}".{dll,xml} "$source/libraries"
done
cp tests/Rer.Tests/bin/Release/net10.0/Microsoft.Extensions.*.dll "$source/libraries"
cp "${rer%/*}"/{YamlDotNet,System.IO.Hashing,Rer.Books}.dll "$source/libraries"
dotnet docfx "$source/docfx.json" --warningsAsErrors
python3 fast/docs/check_links.py artifacts/site
