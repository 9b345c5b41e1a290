#!/usr/bin/env bash
# Compiles the command ahead of time, as fast/Rer.Cli/README.md says, and checks it with every book. Code that was
# trimmed away by mistake is noticed only when it is called.
set -euo pipefail
cd "$(dirname "$0")/../.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

dotnet publish fast/Rer.Cli -c Release -r linux-x64 -p:RerAheadOfTime=true --artifacts-path artifacts/native
rer=artifacts/native/publish/Rer.Cli/release_linux-x64/Rer.Cli
# The executable must run on older systems: Rocky Linux 8 has glibc 2.28. See fast/Rer.Native/oldest-glibc.S.
newest=$(grep -aoE 'GLIBC_2\.[0-9]+' "$rer" | sort -uV | tail -n 1)
[ "$newest" = GLIBC_2.28 ] || { echo "the command needs $newest"; exit 1; }
for book in data_set/conformance/*.json data_set/regressions/*.json data_set/studio.json.gz; do
    printf '%s: ' "$book"
    "$rer" check "$book"
done
out=$(mktemp)
trap 'rm -f "$out"' EXIT
for format in table json dot svg html; do
    "$rer" solve --format "$format" usd maya-7 >"$out" && [ -s "$out" ]
done
"$rer" solve -vvv usd >"$out"
"$rer" bench --passes 1 >"$out"
status=0
"$rer" explain maya-7 python-3.11 >"$out" || status=$?
[ "$status" -eq 1 ]
# If memory is limited, the collector must reserve less. It used to reserve 32 GB, and the process ended without a
# message.
(ulimit -v 4000000 && "$rer" solve usd maya-7 >"$out")
echo 'the command works when it is compiled ahead of time'
