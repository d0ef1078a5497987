#!/usr/bin/env bash
# Tests whether the duration of a verification depends on the signature, with a Welch t-test over a million samples: eng/constant-time.sh [SAMPLES]
set -euo pipefail
cd "$(dirname "$0")/constant-time"
dotnet run -c Release -- "$@"
