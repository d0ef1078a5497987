#!/usr/bin/env bash
# Fuzzes verification and parsing with AFL++ (package afl++ on Debian and Ubuntu) for the given number of seconds (default 60): eng/fuzz.sh [SECONDS]
# A finding is a header or a body that causes an exception or a result that violates the contract. The corpus starts with the seeds of the tests.
# Exits with 1 where there is a finding.
set -euo pipefail
seconds=${1:-60}
root=$(cd "$(dirname "$0")/.." && pwd)
output=$root/artifacts/fuzz
findings=$root/artifacts/fuzz-findings

command -v afl-fuzz >/dev/null || { echo 'afl-fuzz is missing: install the package afl++.' >&2; exit 2; }
cd "$root"
dotnet tool restore >/dev/null
rm -rf "$output" "$findings"
dotnet publish eng/fuzz/Fuzz.csproj -c Release -m:1 -o "$output"
dotnet sharpfuzz "$output/NodeData.Sdk.dll"

# The runtime reserves more address space than AFL++ allows by default (-m none), and the executable that AFL++ starts is not instrumented itself.
AFL_SKIP_BIN_CHECK=1 AFL_SKIP_CPUFREQ=1 AFL_NO_UI=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 \
  afl-fuzz -D -m none -t 5000 -V "$seconds" -i tests/NodeData.Sdk.Tests/Webhooks/Fuzzing/Seeds -o "$findings" \
  -- dotnet "$output/Fuzz.dll" >"$output/afl.log" || { tail -20 "$output/afl.log"; exit 2; }

grep -E '^(execs_done|execs_per_sec|corpus_count|saved_crashes|saved_hangs|bitmap_cvg)' "$findings/default/fuzzer_stats"
grep -Eq '^saved_crashes *: 0$' "$findings/default/fuzzer_stats" && grep -Eq '^saved_hangs *: 0$' "$findings/default/fuzzer_stats"
