#!/usr/bin/env bash
# Two receiver processes behind a real Redis, as in the suite but with 2,000 events (or as many as are asked for): bash eng/fleet.sh [EVENTS]
set -euo pipefail
cd "$(dirname "$0")/.."
command -v redis-server >/dev/null || { echo 'Needs redis-server: apt-get install redis-server' >&2; exit 1; }

project=tests/NodeData.Sdk.Redis.Tests
dotnet build "$project" -c Release -f net10.0 -m:1 --nologo -v q
NODE_DATA_FLEET_EVENTS=${1:-2000} "$project/bin/Release/net10.0/NodeData.Sdk.Redis.Tests" -class '*.FleetTests' -noColor -showLiveOutput
