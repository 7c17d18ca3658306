#!/bin/sh
# Puts librdkafka, the native part of Confluent.Kafka, into .native/ once, and prints where it lies; all else goes to stderr.
# From the NuGet package librdkafka.redist where that restores; else built from the source that npm has, which the lock file's sha512 checks.
# Many may start at once: one builds, the others wait. What is in place is whole.
set -u
here=$(CDPATH= cd -P "$(dirname "$0")" && pwd)
root=$(CDPATH= cd -P "$here/../../../../.." && pwd)
version=2.15.1
case $(uname -s) in Darwin) os=osx file=librdkafka.dylib made=librdkafka.1.dylib ;; *) os=linux file=librdkafka.so made=librdkafka.so.1 ;; esac
case $(uname -m) in aarch64 | arm64) rid=$os-arm64 ;; *) rid=$os-x64 ;; esac
home=$root/.native/librdkafka/$version-$(cat "$here/build.sh" "$here/package-lock.json" | cksum | cut -d' ' -f1)
library=$home/$file

fail() {
  echo "bf: librdkafka could not be built: $1" >&2
  [ ! -s "$home/build.log" ] || tail -n 5 "$home/build.log" >&2
  exit 1
}

place() { # moved from the same disk: it is there whole or not at all
  cp "$1" "$home/.new-$$" && mv -f "$home/.new-$$" "$library"
}

# the package is no dependency of a project, since a restore where it is missing would fail; it is tried with a limit, in a folder without the repository's settings
from_nuget() {
  command -v dotnet >/dev/null 2>&1 && command -v timeout >/dev/null 2>&1 || return 1
  mkdir "$work/nuget" || return 1
  for settings in Directory.Build.props Directory.Build.targets Directory.Packages.props; do echo '<Project />' >"$work/nuget/$settings"; done
  cat >"$work/nuget/redist.proj" <<END
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework><RestorePackagesPath>$work/nuget/packages</RestorePackagesPath></PropertyGroup>
  <ItemGroup><PackageDownload Include="librdkafka.redist" Version="[$version]" /></ItemGroup>
</Project>
END
  timeout 60 dotnet restore "$work/nuget/redist.proj" --nologo -v quiet >"$home/nuget.log" 2>&1 </dev/null || return 1
  natives=$work/nuget/packages/librdkafka.redist/$version/runtimes/$rid/native
  for name in "$file" "centos8-$file" "alpine-$file"; do # the first whose own needs this system meets
    [ -f "$natives/$name" ] || continue
    if ! command -v ldd >/dev/null 2>&1 || ! ldd "$natives/$name" 2>&1 | grep -q -E 'not found|Error'; then place "$natives/$name" && return 0; fi
  done
  return 1
}

from_source() {
  for tool in npm cc make; do
    command -v $tool >/dev/null 2>&1 || fail "$tool is not on the PATH. Install npm, a C compiler and make (Debian: apt install npm gcc make), and run the command again"
  done
  echo "bf: building librdkafka, once, about a minute..." >&2
  cp "$here/package.json" "$here/package-lock.json" "$work/" || fail "$work can't be written"
  (cd "$work" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) >"$home/build.log" 2>&1 </dev/null ||
    fail "npm could not bring its source (is npm's registry reachable?)"
  cd "$work/node_modules/@confluentinc/kafka-javascript/deps/librdkafka" || fail "its source is not where it was"
  # SSL, zlib and zstd come in where their headers are; lz4 and snappy are part of the source
  { ./configure --disable-sasl --disable-curl --disable-debug-symbols && make -j "$(getconf _NPROCESSORS_ONLN)" -C src "$made"; } >"$home/build.log" 2>&1 </dev/null ||
    fail "its build ended with an error ($home/build.log)"
  strip -x "src/$made" 2>/dev/null
  place "src/$made" || fail "$home can't be written"
}

build() {
  rm -rf "$home"/.work-*
  work=$(mktemp -d "$home/.work-XXXXXX") || fail "$home can't be written"
  trap 'rm -rf "$work"' EXIT
  trap 'exit 130' INT TERM
  from_nuget || from_source
}

if [ ! -f "$library" ]; then
  mkdir -p "$home" || fail "$home can't be written"
  if command -v flock >/dev/null 2>&1; then
    # closed for what is started, so that nothing left over can hold the lock
    (flock 9; [ -f "$library" ] || build 9>&-) 9>"$home/.lock" || exit $?
  else
    until mkdir "$home/.lock.d" 2>/dev/null; do sleep 0.5; done
    ([ -f "$library" ] || build); code=$?
    rmdir "$home/.lock.d"
    [ $code -eq 0 ] || exit $code
  fi
fi
[ -f "$library" ] || fail "it is not at $library"
echo "$library"
