#!/usr/bin/env bash
# Publishes node-data as a single native file for linux-x64 or linux-arm64: publish-cli.sh RID FOLDER. Requires gcc and zlib1g-dev, and for cross-compilation
# to arm64 also gcc-aarch64-linux-gnu and libc6-dev-arm64-cross (Debian package names). Without a linker, publishes a self-contained, trimmed program instead.
set -euo pipefail
cd "$(dirname "$0")/.."
rid=$1
folder=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# One target framework only, because runtime packs of another architecture may not be available for all of them.
settings=(-c Release -f net10.0 -r "$rid" -p:TargetFrameworks=net10.0 -p:PackAsTool=false -p:DebugType=none -p:StripSymbols=true
  --artifacts-path "$work/build" -o "$work/published")
machine=$(uname -m)
if [ "$rid" = "linux-${machine/x86_64/x64}" ] || [ "$rid" = "linux-${machine/aarch64/arm64}" ]; then
  settings+=(-p:PublishAot=true -p:CppCompilerAndLinker=gcc)
elif [ "$rid" = linux-arm64 ] && command -v aarch64-linux-gnu-gcc >/dev/null; then
  # The SDK passes the target in the syntax of clang, which this gcc does not support.
  printf '#!/bin/sh\nfor a do shift; case "$a" in --target=*) ;; *) set -- "$@" "$a" ;; esac; done\nexec aarch64-linux-gnu-gcc "$@"\n' >"$work/linker"
  chmod +x "$work/linker"
  settings+=(-p:PublishAot=true "-p:CppCompilerAndLinker=$work/linker" -p:ObjCopyName=aarch64-linux-gnu-objcopy)
else
  echo "No linker for $rid is installed; publishing a self-contained, trimmed program instead." >&2
  settings+=(--self-contained -p:PublishTrimmed=true -p:PublishSingleFile=true)
fi

dotnet publish src/NodeData.Cli --nologo -m:1 -v quiet "${settings[@]}"
mkdir -p "$folder"
find "$work/published" -type f ! -name '*.xml' ! -name '*.pdb' ! -name '*.dbg' ! -name '*.json' -exec cp {} "$folder/" \;
