#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# repository.sh FOLDER KEY
#   Makes an archive of apt of a folder with packages, signed by a key of gpg (its id or address); the public key is
#   facegate.asc there. Any web server, or a medium, brings it to the machines:
#     deb [signed-by=/etc/apt/keyrings/facegate.asc] https://HOST/FOLDER ./
set -euo pipefail

fail() { printf 'facegate: %s\n' "$1" >&2; exit 1; }
[ $# -eq 2 ] || { sed -n '3,6s/^# \{0,1\}//p' "$0" >&2; exit 2; }
command -v apt-ftparchive gpg >/dev/null && command -v gpg >/dev/null || fail 'this takes apt-utils and gpg; type: sudo apt install apt-utils gpg'
cd "$1" || exit 1
compgen -G '*.deb' >/dev/null || fail "there are no packages in $1"
apt-ftparchive packages . >Packages
gzip -9kfn Packages
rm -f Release InRelease
apt-ftparchive -o APT::FTPArchive::Release::Origin=Facegate -o APT::FTPArchive::Release::Label=Facegate release . >Release.new
mv Release.new Release
gpg --batch --yes --local-user "$2" --clearsign --output InRelease Release
rm Release
gpg --batch --yes --armor --export "$2" >facegate.asc
[ -s facegate.asc ] || fail "gpg has no key $2"
printf '%s\n' "$PWD"
