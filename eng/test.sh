#!/usr/bin/env bash
# Installs the prerequisites of the tests, checks the formatting, builds, and runs all tests. The last line reports how many passed, failed and were skipped.
set -euo pipefail
cd "$(dirname "$0")/.."

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
log=$(mktemp)
trap 'rm -f "$log"' EXIT

dotnet=$(command -v dotnet) || { echo 'The .NET SDK 10 is required: https://dot.net' >&2; exit 1; }
# Programs that another installation (a Python environment's aws, for example) put first on the path do not replace those of the list.
export PATH=/usr/bin:/bin:$PATH

missing=()
while IFS=$'\t' read -r name path packages; do
  case $name in '' | '#'*) continue ;; esac
  # shellcheck disable=SC2206 # Several packages, separated by spaces.
  [ -e "$path" ] || missing+=($packages)
done <eng/programs.tsv

# Only one run at a time installs packages on this machine.
cache=$HOME/.cache/nodedata-tests
mkdir -p "$cache"
exec 9>"$cache/lock"
if command -v flock >/dev/null; then flock 9; fi

# Where packages cannot be installed, the tests that require them are skipped; in CI they fail and name the missing package.
install() {
  export DEBIAN_FRONTEND=noninteractive
  # A killed run may have left packages half installed, which would block every later run. Where the update fails, the existing package lists are used.
  dpkg --configure -a || true
  apt-get update -qq -o Acquire::Retries=5 || true
  apt-get install -y -qq --no-install-recommends -o Acquire::Retries=5 -o DPkg::Lock::Timeout=600 "$@"
}
if [ ${#missing[@]} -gt 0 ] && command -v apt-get >/dev/null; then
  install "${missing[@]}" 9>&- || echo "Could not install: ${missing[*]}" >&2
fi

# The Vercel CLI, in a separate folder that is created only after a complete installation.
vercel=$cache/vercel-44
if [ ! -e "$vercel/node_modules/.bin/vercel" ] && [ -x /usr/bin/npm ]; then
  rm -rf "$cache"/vercel.??????
  work=$(mktemp -d "$cache/vercel.XXXXXX")
  if timeout --kill-after=30s 10m \
    /usr/bin/npm install --prefix "$work" --no-audit --no-fund --ignore-scripts --fetch-retries=5 vercel@44.7.3 9>&- >/dev/null; then
    rm -rf "$vercel"
    mv -T "$work" "$vercel"
  else
    rm -rf "$work"
    echo 'Could not install vercel.' >&2
  fi
fi
exec 9>&-

"$dotnet" tool restore
"$dotnet" csharpier check .
"$dotnet" build -m:1 --tl:off

status=0
timeout --kill-after=30s 40m "$dotnet" test --no-build 2>&1 | tee "$log" || status=$?

awk '
  /^ *total:/ { total = $2 } /^ *failed:/ { failed = $2 } /^ *succeeded:/ { succeeded = $2 } /^ *skipped:/ { skipped = $2 }
  END {
    printf "%d passed, %d failed, %d skipped\n", succeeded, failed, skipped
    exit total == 0
  }' "$log" || { echo 'No tests were run.' >&2; exit 1; }
exit "$status"
