#!/usr/bin/env bash
# Whether the time of a verification depends on the signature: a Welch t-test over a million samples (or as many as are given).
set -euo pipefail
cd "$(dirname "$0")/constant-time"
dotnet run -c Release -- "$@"
