#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# archive.sh FOLDER ARCHIVE.tar.xz LEVEL
#   Packs the distribution as it stands in FOLDER, so that both are the same; in the archive the folder has the
#   archive's name. The same files give the same archive. xz sees 64 MB back at level 9: the weights that two models
#   share are packed once. LEVEL is for xz, 1 (seconds) to 9 (a minute).
set -euo pipefail

[ $# -eq 3 ] || { sed -n '3,6s/^# \{0,1\}//p' "$0" >&2; exit 2; }
folder=$1 archive=$2 level=$3
name=$(basename "$archive" .tar.xz)
tar --create --directory "$(dirname "$folder")" --sort=name --owner=0 --group=0 --numeric-owner \
  --mtime='2026-01-01 00:00:00 UTC' --mode='u+rw,go+r,go-w' \
  --transform "flags=r;s,^$(basename "$folder"),$name," "$(basename "$folder")" | xz -"$level" >"$archive.part"
mv "$archive.part" "$archive"
