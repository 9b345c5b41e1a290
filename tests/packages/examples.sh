#!/usr/bin/env bash
# Runs each program of fast/examples outside the clone, with the packages and the wheel that .ci/pack made.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
away=$(mktemp -d)
service=
trap '[ -z "$service" ] || kill "$service"; rm -rf "$away"' EXIT
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
# Use a separate cache, because the machine's may contain an older build of the same version. Other packages come from
# the machine's.
fallback=$(dotnet nuget locals global-packages --list | sed 's/^[^:]*: //')
export NUGET_PACKAGES=$away/cache
cat >"$away/nuget.config" <<EOF
<configuration>
  <packageSources><add key="packed" value="$root/artifacts/packages" /></packageSources>
  <fallbackPackageFolders><add key="machine" value="$away/machine" /></fallbackPackageFolders>
</configuration>
EOF
# All of the machine's packages except Rer's.
mkdir "$away/machine"
for package in "$fallback"/*; do
    case ${package##*/} in rer | rer.*) ;; *) ln -s "$package" "$away/machine/" ;; esac
done
cp "$root"/fast/examples/* "$away"
cd "$away"

# A repository with one package that does not resolve.
add() { mkdir -p "packages/$1/$2" && printf '%s\n' "name = '$1'" "version = '$2'" "${3:-}" >"packages/$1/$2/package.py"; }
add python 3.11.4
add maya 2025.0 "requires = ['python-3.11']"
add usd 23.11 "requires = ['python-3.10']"

# Checks a program's output and exit code.
#   prints CODE TEXT COMMAND...
prints() {
    local code=$1 text=$2 got=0
    shift 2
    "$@" >printed 2>log </dev/null || got=$?
    if [ "$got" -ne "$code" ] || ! diff <(echo "$text") <(echo "$(<printed)"); then
        cat log
        echo "FAILED ($got): $*"
        exit 1
    fi
    echo "runs: $*"
}

prints 0 'python-3.11.4 usd-23.11[1] maya-2025.0' dotnet run database.cs
prints 0 'python-3.11.4 usd-23.11[1] maya-2025.0' dotnet run database_async.cs

printf '%s\n' 'maya-2025' 'maya usd' 'nothing' >requests
prints 1 "maya usd: The following package conflicts occurred: (python-3.11 <--!--> python-3.10)
nothing: package family not found: nothing (searched: packages)
1 of 3 requests resolve" dotnet fsi failures.fsx packages requests

python3 -m venv python
python/bin/pip install --quiet --no-index --disable-pip-version-check "$root"/artifacts/wheels/pyrer-*.whl
prints 1 "usd==23.11: Package could not be found: python-3.10
2 of 3 packages resolve" python/bin/python check_repository.py packages

# The service: one request, many, and one whose caller disconnects.
port=$((20000 + RANDOM % 20000))
dotnet build service.cs --output service >log 2>&1 || { cat log; exit 1; }
REZ_PACKAGES_PATH=$PWD/packages dotnet service/service.dll --urls "http://127.0.0.1:$port" >service.log 2>&1 &
service=$!
for _ in $(seq 100); do
    if curl -fs "127.0.0.1:$port/resolve?request=python" >/dev/null; then break; fi
    sleep 0.2
done
prints 0 '{"status":"solved","packages":["python-3.11.4","maya-2025.0"],"reason":null}' \
    curl -s "127.0.0.1:$port/resolve?request=maya-2025"
curl -s "127.0.0.1:$port/resolve-many" --json '[["maya"], ["nothing"], ["python"]]' >printed
grep -q '{"done":3,"of":3}' printed && grep -q '"status":"error"' printed || { cat printed; exit 1; }
curl -s "127.0.0.1:$port/resolve?request=nothing" >printed
grep -q 'Cannot resolve nothing: package family not found' service.log || { cat service.log; exit 1; }
echo 'runs: the service, with progress and a log'
