#!/usr/bin/env bash
# Adds new public symbols to PublicAPI.Unshipped.txt and removes deleted ones. Review the diff: it is the change that users will see.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "$0")/.."

for project in src/*/*.csproj; do
  directory=$(dirname "$project")
  log=$(mktemp)
  # Only the warnings of this project: the build also reports those of referenced projects.
  { dotnet build "$project" -m:1 --no-incremental -p:TreatWarningsAsErrors=false || true; } | grep -F "/$project" >"$log" || true
  recorded="$directory/PublicAPI.Unshipped.txt"
  { grep -v '^#nullable' "$recorded" || true
    grep -oP "warning RS0016: Symbol '\K[^']+" "$log" || true
  } | sort -u >"$log.lines"
  { grep -oP "warning RS0017: Symbol '\K[^']+" "$log" || true; } | sort -u >"$log.removed"
  { echo '#nullable enable'; grep -vxFf "$log.removed" "$log.lines" || true; } >"$recorded"
  rm -f "$log" "$log.lines" "$log.removed"
done
git --no-pager diff --stat -- 'src/*/PublicAPI.Unshipped.txt'
