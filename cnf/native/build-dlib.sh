#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# build-dlib.sh PLATFORM GLUE OUTPUT JAVA_HOME
#   Builds OUTPUT/libjnidlib_VARIANT.so for every variant of PLATFORM (linux-x86_64 or linux-arm64) from the
#   pinned dlib source archive, the facade in bundles/dlib/src/main/native and JavaCPP's generated sources
#   in GLUE. Objects and libraries are kept under ${FACEGATE_CACHE:-~/.cache/facegate}/dlib by the hash of all
#   that goes into them, so only what changed is compiled, once per machine and not once per clone.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
facade=$here/../../bundles/dlib/src/main/native
part=dlib
. "$here/toolchain.sh"
read -r archive_sha archive_name < "$here/dlib.sha256"
version=${archive_name#dlib-}; version=${version%.tar.gz}
eigen=${EIGEN_INCLUDE:-/usr/include/eigen3}

[ $# -eq 4 ] || { sed -n '3,7s/^# \{0,1\}//p' "$0" >&2; exit 2; }
platform=$1 glue=$2 output=$3 java_home=$4

use_platform "$platform"
case $platform in
  linux-x86_64) variants="baseline v3" ;;
  linux-arm64) variants="baseline" ;;
esac
require "$cxx" "$readelf" python3 sha256sum
[ -f "$eigen/Eigen/Core" ] || fail "Eigen is missing under $eigen; on Debian: apt-get install libeigen3-dev"

machine_flags() { # variant
  case $platform-$1 in
    linux-x86_64-baseline) echo -msse4.1 -Wno-psabi ;;
    linux-x86_64-v3) echo -march=x86-64-v3 ;;
    linux-arm64-baseline) echo -march=armv8-a -mno-outline-atomics -Wno-psabi ;;
  esac
}

fetch_archive() {
  [ -f "$cache/$archive_name" ] && return
  say "fetching $archive_name"
  local work; work=$(mktemp -d "$cache/fetch.XXXXXX")
  # A virtual environment: many systems' own pip refuses to install anything.
  { python3 -m venv "$work/venv" \
    && "$work/venv/bin/pip" -q install setuptools wheel \
    && "$work/venv/bin/pip" -q download --no-binary dlib --no-build-isolation --no-deps -d "$work" "dlib==$version"; } >&2 \
    || { rm -rf "$work"; fail "$archive_name could not be fetched with pip; put it into $cache by hand"; }
  mv "$work/$archive_name" "$cache/" && rm -rf "$work"
}

unpack_source() { # sets source
  source=$cache/source-$key_of_source
  [ -d "$source" ] && return
  fetch_archive
  echo "$archive_sha  $cache/$archive_name" | sha256sum -c --status \
    || fail "$cache/$archive_name does not have the SHA-256 in cnf/native/dlib.sha256; delete it and try again"
  local work; work=$(mktemp -d "$cache/unpack.XXXXXX")
  tar -xzf "$cache/$archive_name" -C "$work" --strip-components=1
  patch_convolution "$work/dlib/cuda/cpu_dlib.cpp"
  mv -T "$work" "$source" 2> /dev/null || rm -rf "$work" # another build may have been faster
}

# dlib's forward convolution hands over to facegate::convolve; the rest of that function is never reached.
patch_convolution() { # file
  awk -v call="$convolution_call" '
    NR == 1 { print "#include \"convolution.h\"" }
    { print }
    /void tensor_conv::operator\(\)/ { inside = 1 }
    inside && !done && /DLIB_CASSERT\(output.nc\(\) == / { print call; done = 1 }
    END { exit !done }' "$1" > "$1.patched" || fail "dlib's tensor_conv::operator() does not look as expected"
  mv "$1.patched" "$1"
}
convolution_call='facegate::convolve(add_to_output, output.host(), data.host(), filters.host(), {
  static_cast<long>(data.num_samples()), static_cast<long>(data.k()), static_cast<long>(data.nr()),
  static_cast<long>(data.nc()), static_cast<long>(filters.num_samples()), static_cast<long>(filters.nr()),
  static_cast<long>(filters.nc()), last_stride_y, last_stride_x, last_padding_y, last_padding_x,
  static_cast<long>(output.nr()), static_cast<long>(output.nc())}); return;'

with_headers() { # source files: they and the facade headers they reach
  local todo=("$@") seen=" " file name
  while [ ${#todo[@]} -gt 0 ]; do
    file=${todo[0]}; todo=("${todo[@]:1}")
    case $seen in *" $file "*) continue ;; esac
    seen="$seen$file "
    cat "$file"
    while read -r name; do todo+=("$facade/$name"); done < <(sed -n 's/^#include "\([a-z_]*\.h\)"$/\1/p' "$file")
  done
}

# The glue's text without the order of its functions: JavaCPP writes them in a different order every time.
glue_text() {
  cat "$glue"/*.cpp | awk '/^JNIEXPORT/ { print "" } { printf "%s\001", $0 } /^}$/ { print "" }' | LC_ALL=C sort
}

# Units whose work is done elsewhere, or that are no faster on newer processors (measured): all variants of a platform
# share their objects, which are most of what there is to compile.
shared_units=" chip_encoder mmod_detector hog_reference dlib_parts box_tracker chips mmod_pyramid landmark_predictor"
shared_units="$shared_units library_version jnidlib jnijavacpp "

eigen_version() { grep -h 'define EIGEN_.*_VERSION' "$eigen/Eigen/src/Core/util/Macros.h"; }

variant_of() { # variant file: the one whose object it takes
  case $shared_units in *" $(basename "$2" .cpp) "*) echo baseline ;; *) echo "$1" ;; esac
}

flags_of() { # variant unit
  # Fused multiply-add changes scores and chips, so only the convolution may use it. -mno-fma because GCC 12 makes
  # vfmaddsub of some patterns in spite of -ffp-contract=off.
  local contract=-ffp-contract=off
  [ "$1" != v3 ] || contract="$contract -mno-fma"
  [ "$2" != convolution ] || contract="-ffp-contract=fast -isystem $eigen"
  case $2 in hog_*) contract="$contract -fno-math-errno" ;; esac # square roots of vectors; no result differs
  # Their loops are in other units; the compiler takes a quarter less time.
  local level=-O3
  case $2 in chip_encoder | mmod_detector | hog_reference | dlib_parts) level=-O2 ;; esac
  echo "-std=c++17 $level $(machine_flags "$1") $contract -fPIC -fvisibility=hidden -fvisibility-inlines-hidden" \
    "-ffunction-sections -fdata-sections -DNDEBUG -DDLIB_NO_GUI_SUPPORT -DDLIB_NO_ABORT_ON_2ND_FATAL_ERROR" \
    "-DDLIB_DISABLE_ASSERTS $portable_flags -DFACEGATE_DLIB_VERSION=\"$version\""
}

object_of() { # variant file: where its object is kept
  local unit; unit=$(basename "$2" .cpp)
  # without the folder this checkout is in
  { "$cxx" -dumpfullversion -dumpmachine; flags_of "$1" "$unit" | sed 's| old_glibc.h| |'; cat "$here/old_glibc.h"
    echo "$key_of_source"
    [ "$unit" != convolution ] || eigen_version
    if [ "$(dirname "$2")" = "$glue" ]; then basename "$2"; echo "$key_of_glue"; cat "$facade/facegate_dlib.h"
    else with_headers "$2"; fi; } | hash | sed "s|.*|$cache/objects/&.o|"
}

compile() { # number total variant file object
  local unit started=$SECONDS; unit=$(basename "$4" .cpp)
  say "$1/$2 compiling $unit ($platform $3)"
  # shellcheck disable=SC2046
  "$cxx" $(flags_of "$3" "$unit") -iquote "$native" -I"$facade" -isystem "$source" \
    -isystem "$java_home/include" -isystem "$java_home/include/linux" -c "$4" -o "$5.$$" || fail "compiling $unit failed"
  mv "$5.$$" "$5"
  [ $((SECONDS - started)) -lt 20 ] || say "$1/$2 done: $unit, $((SECONDS - started)) s"
}

check_memory() { # sets jobs
  local free; free=$(awk '/^MemAvailable/ { print int($2 / 1024) }' /proc/meminfo)
  [ "$free" -ge 1800 ] || fail "compiling dlib takes 1800 MB of memory and $free MB are free." \
    "Take an archive made by './facegate dist' on another machine."
  jobs=$((free / 1800)); [ "$jobs" -le "$(nproc)" ] || jobs=$(nproc)
}

compile_missing() { # variant:file:object ...
  [ $# -gt 0 ] || return 0
  [ -z "${FACEGATE_KEPT_ONLY-}" ] || fail "dlib is not compiled yet for $platform"
  check_memory
  say "$# of $total objects to compile with $jobs jobs: about $(((10 * $# + jobs - 1) / jobs)) s"
  local number=0 item variant file object failed=0
  for item in "$@"; do
    IFS=: read -r variant file object <<< "$item"
    number=$((number + 1))
    [ "$(jobs -rp | wc -l)" -lt "$jobs" ] || wait -n || failed=1
    [ $failed = 0 ] || break
    compile $number $# "$variant" "$file" "$object" &
  done
  while [ "$(jobs -p | wc -l)" -gt 0 ]; do wait -n || failed=1; done
  [ $failed = 0 ] || exit 1
}

# Of all that goes into the libraries; a file's name stands before its text.
key_of_libraries() {
  local LC_ALL=C # the order of files
  { "$cxx" -dumpfullversion -dumpmachine; echo "$variants $key_of_source $key_of_glue"; eigen_version
    cd "$here" && grep -H '' build-dlib.sh toolchain.sh old_glibc.*
    cd "$facade" && grep -H '' ./*; } | hash
}

take_kept() { # whether all libraries were made before
  local variant
  for variant in $variants; do [ -f "$kept/libjnidlib_$variant.so" ] || return 1; done
  for variant in $variants; do
    check_library "$kept/libjnidlib_$variant.so"
    cp "$kept/libjnidlib_$variant.so" "$output/libjnidlib_$variant.so.$$" &&
      mv "$output/libjnidlib_$variant.so.$$" "$output/libjnidlib_$variant.so" || fail "cannot write to $output"
  done
  touch "$kept"
}

mkdir -p "$cache/objects" "$cache/libraries" "$output"
key_of_source=$(echo "$archive_sha $convolution_call" | hash)
# On loading, JavaCPP would look for our classes in its own bundle and log that it does not find them.
sed -i '/^static int JavaCPP_memberOffsetSizes/s/= {.*/= { 0 };/' "$glue/jnidlib.cpp"
key_of_glue=$(glue_text | hash)
kept=$cache/libraries/$(key_of_libraries)
take_kept && exit
unpack_source
find "$cache/objects" "$cache/libraries" -mindepth 1 -maxdepth 1 -mtime +60 -exec rm -rf {} +

files=("$facade"/{chip_encoder,mmod_detector,dlib_tensors,dlib_parts,hog_reference,box_tracker}.cpp) # the slow ones first
for file in "$facade"/*.cpp "$glue"/*.cpp; do
  case " ${files[*]} " in *" $file "*) ;; *) files+=("$file") ;; esac
done
missing=() total=0
declare -A objects seen
for file in "${files[@]}"; do
  for variant in $variants; do
    own=$(variant_of "$variant" "$file")
    object=$(object_of "$own" "$file")
    # Of inline functions the linker takes the first, so what was made for the variant stands first.
    if [ "$own" = "$variant" ]; then objects[$variant]="$object ${objects[$variant]-}"; else objects[$variant]+=" $object"; fi
    [ -z "${seen[$object]-}" ] || continue
    seen[$object]=1 total=$((total + 1))
    if [ -f "$object" ]; then touch "$object"; else missing+=("$own:$file:$object"); fi
  done
done
compile_missing "${missing[@]}"

for variant in $variants; do
  library=$output/libjnidlib_$variant.so
  say "linking $(basename "$library") ($platform)"
  # shellcheck disable=SC2086
  link "$library" ${objects[$variant]}
  mkdir -p "$kept"
  cp "$library" "$kept/${library##*/}.$$"
  mv "$kept/${library##*/}.$$" "$kept/${library##*/}"
done
