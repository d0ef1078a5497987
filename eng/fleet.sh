#!/usr/bin/env bash
# Runs the fleet test, two receiver processes with a real Redis, with 2,000 events or the given number: bash eng/fleet.sh [EVENTS]
set -euo pipefail
cd "$(dirname "$0")/.."
command -v redis-server >/dev/null || { echo 'redis-server is required: apt-get install redis-server' >&2; exit 1; }

project=tests/NodeData.Sdk.Redis.Tests
dotnet build "$project" -c Release -f net10.0 -m:1 --nologo -v q
NODE_DATA_FLEET_EVENTS=${1:-2000} "$project/bin/Release/net10.0/NodeData.Sdk.Redis.Tests" -class '*.FleetTests' -noColor -showLiveOutput
