#!/usr/bin/env bash
# Writes what the build misses in PublicAPI.Unshipped.txt, and takes out what is gone. Read the diff: it is what users will see.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "$0")/.."

for project in src/*/*.csproj; do
  directory=$(dirname "$project")
  log=$(mktemp)
  # Its own warnings alone: the build speaks of the projects that it references as well.
  { dotnet build "$project" -m:1 --no-incremental -p:TreatWarningsAsErrors=false || true; } | grep -F "/$project" >"$log" || true
  recorded="$directory/PublicAPI.Unshipped.txt"
  { grep -v '^#nullable' "$recorded" || true
    grep -oP "warning RS0016: Symbol '\K[^']+" "$log" || true
  } | sort -u >"$log.lines"
  { grep -oP "warning RS0017: Symbol '\K[^']+" "$log" || true; } | sort -u >"$log.gone"
  { echo '#nullable enable'; grep -vxFf "$log.gone" "$log.lines" || true; } >"$recorded"
  rm -f "$log" "$log.lines" "$log.gone"
done
git --no-pager diff --stat -- 'src/*/PublicAPI.Unshipped.txt'
