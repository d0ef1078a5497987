#!/usr/bin/env bash
# Publishes node-data as one native file for linux-x64 or linux-arm64: publish-cli.sh RID FOLDER. Needs gcc and zlib1g-dev; for the other processor
# gcc-aarch64-linux-gnu and libc6-dev-arm64-cross (Debian's names), and without those it publishes a self-contained, trimmed program instead.
set -euo pipefail
cd "$(dirname "$0")/.."
rid=$1
folder=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# One target framework: a package for another processor need not be there for every one of them.
settings=(-c Release -f net10.0 -r "$rid" -p:TargetFrameworks=net10.0 -p:PackAsTool=false -p:DebugType=none -p:StripSymbols=true
  --artifacts-path "$work/build" -o "$work/published")
machine=$(uname -m)
if [ "$rid" = "linux-${machine/x86_64/x64}" ] || [ "$rid" = "linux-${machine/aarch64/arm64}" ]; then
  settings+=(-p:PublishAot=true -p:CppCompilerAndLinker=gcc)
elif [ "$rid" = linux-arm64 ] && command -v aarch64-linux-gnu-gcc >/dev/null; then
  # The SDK names the target as clang wants it; this gcc knows no other.
  printf '#!/bin/sh\nfor a do shift; case "$a" in --target=*) ;; *) set -- "$@" "$a" ;; esac; done\nexec aarch64-linux-gnu-gcc "$@"\n' >"$work/linker"
  chmod +x "$work/linker"
  settings+=(-p:PublishAot=true "-p:CppCompilerAndLinker=$work/linker" -p:ObjCopyName=aarch64-linux-gnu-objcopy)
else
  echo "There is no linker for $rid here, so this is a self-contained, trimmed program." >&2
  settings+=(--self-contained -p:PublishTrimmed=true -p:PublishSingleFile=true)
fi

dotnet publish src/NodeData.Cli --nologo -m:1 -v quiet "${settings[@]}"
mkdir -p "$folder"
find "$work/published" -type f ! -name '*.xml' ! -name '*.pdb' ! -name '*.dbg' ! -name '*.json' -exec cp {} "$folder/" \;
