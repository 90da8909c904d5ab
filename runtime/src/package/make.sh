#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# make.sh [FOLDER] | ARCHIVE.tar.xz ARCHITECTURE FOLDER
#   Packs an archive of the distribution as Debian packages for amd64 or arm64 into FOLDER; with a folder alone both
#   archives in it (runtime/target) into its packages. Nothing is compiled, so that any machine makes either. Takes debhelper; the date is that
#   of the last commit. FACEGATE_LEVEL is for xz, 0 (at once) to 9 (the default). DEBFULLNAME and DEBEMAIL name the
#   maintainer, git's user does otherwise.
set -euo pipefail
here=$(cd "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd)
root=$(cd "$here/../../.." && pwd)

fail() { printf 'facegate: %s\n' "$1" >&2; exit 1; }
if [ $# -le 1 ]; then
  from=${1:-$root/runtime/target}
  for pair in x86_64:amd64 arm64:arm64; do
    "$0" "$from"/facegate-*-linux-"${pair%:*}".tar.xz "${pair#*:}" "$from/packages"
  done
  exit
fi
[ $# -eq 3 ] || { sed -n '3,7s/^# \{0,1\}//p' "$0" >&2; exit 2; }
archive=$(readlink -f -- "$1") architecture=$2 into=$(mkdir -p "$3" && cd "$3" && pwd)
command -v dh dpkg-buildpackage >/dev/null || fail 'packages take debhelper; type: sudo apt install debhelper'

version=$(sed -n 's/.*<version>\(.*\)<\/version>.*/\1/p' "$root/pom.xml" | head -n 1)
debian_version=${version/-SNAPSHOT/\~snapshot}
maintainer="${DEBFULLNAME:-$(git -C "$root" config user.name || echo 'The Facegate authors')} <${DEBEMAIL:-$(git -C "$root" config user.email || echo root@localhost)}>"
# as in the store's schema, whose versions are numbered
store_version=$(grep -c 'List<String> VERSION_[0-9]* =' "$root/bundles/store/src/main/java/io/facegate/store/internal/StoreSchema.java")
SOURCE_DATE_EPOCH=$(git -C "$root" log -1 --format=%ct)
export SOURCE_DATE_EPOCH

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tree=$work/facegate
mkdir -p "$tree/program" "$tree/package"
tar -xf "$archive" --strip-components=1 -C "$tree/program"
mv "$tree/program"/{NOTICE,sbom.cdx.json} "$tree/"
# models to update to are within a distribution, and beside an archive, which is to stay small
if [ -d "$tree/program/models" ]; then mv "$tree/program/models" "$tree/"
else install -D --mode=644 --target-directory="$tree/models" "$(dirname "$archive")/opencv-sface.jar"; fi
# Debian has the licence; the service has a unit of its own; footage is for trying things out without a camera
rm -rf "$tree/program"/{LICENSE,README.md,systemd,demo}
# who installs a package takes what its maker signed, and what was trusted with 'facegate keys'
sed -i 's/^facegate.requireSignature=.*/facegate.requireSignature=true/' "$tree/program/conf/config.properties"
grep -q '^facegate.requireSignature=true$' "$tree/program/conf/config.properties"
# read by the start script, no program of its own
chmod a-x "$tree/program/bin/examine"
cp -r "$here/debian" "$tree/"
cp "$here"/{facegate,has-camera,facegate.1} "$tree/package/"
sed -i -e "s/@VERSION@/$version/" -e "s/@DATE@/$(date -u -d "@$SOURCE_DATE_EPOCH" +%F)/" "$tree/package/facegate.1"
sed -i "s/@MAINTAINER@/$maintainer/" "$tree/debian/control"
sed -i "s/@STORE_VERSION@/$store_version/" "$tree/debian/facegate.preinst"
# the same unit as in the archive, with what the package has besides
sed -e '/^#.*/{/^# \(For an archive\|Copy to\|The installation\|adduser\)/d}' -e 's,/opt/facegate/,/usr/lib/facegate/,' \
  -e 's,^ExecStart=.*,EnvironmentFile=-/etc/default/facegate\nExecCondition=/usr/lib/facegate/package/has-camera\n& $FACEGATE_OPTIONS,' \
  -e 's,^Description=.*,&\nDocumentation=man:facegate(1),' -e 's,^ProtectSystem=.*,&\nReadWritePaths=/etc/facegate,' \
  "$root/runtime/src/dist/systemd/facegate.service" >"$tree/debian/facegate.service"
sed -n '/<logger /p' "$root/runtime/src/dist/conf/logback.xml" >"$work/loggers"
sed -e "/@LOGGERS@/{r $work/loggers" -e 'd}' "$here/logback.xml" >"$tree/program/conf/logback.xml"

{
  printf 'facegate (%s) unstable; urgency=medium\n\n  * See CHANGELOG.md of the project.\n\n' "$debian_version"
  printf ' -- %s  %s\n' "$maintainer" "$(date -uR -d "@$SOURCE_DATE_EPOCH")"
} >"$tree/debian/changelog"
{
  printf 'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\nUpstream-Name: Facegate\n\n'
  printf 'Files: *\nCopyright: 2026 the Facegate authors\nLicense: Apache-2.0\n'
  printf 'Comment: The libraries and weights inside, and their licences:\n'
  sed -e '1,/^This distribution contains/d' -e '/^$/d' -e 's/^/ /' "$tree/NOTICE"
  printf '\nLicense: Apache-2.0\n On Debian systems the licence is in /usr/share/common-licenses/Apache-2.0.\n'
} >"$tree/debian/copyright"

(cd "$tree" && dpkg-buildpackage --host-arch "$architecture" --build=binary --no-check-builddeps --no-sign --jobs-try=1) \
  >"$work/log" 2>&1 || { tail -n 30 "$work/log" >&2; fail 'the package could not be made'; }
for package in "facegate_${debian_version}_$architecture.deb" "facegate-model-sface_${debian_version}_all.deb"; do
  mv "$work/$package" "$into/"
  printf '%s\n' "$into/$package"
done
