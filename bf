#!/bin/sh
# Runs bf; builds it first (Release, compiled ahead of time) when its sources are newer than the last build.
# Many may start at once: one builds, the others wait. The build's messages go to stderr.
here=$(CDPATH= cd -P "$(dirname "$0")" && pwd)
app=$here/artifacts/bf
stamp=$app/.built
runtime=${BF_WORKER_RUNTIME:-linux-x64}
worker=$app/worker/$runtime/bf-worker

stale() {
  [ -f "$stamp" ] || return 0
  [ -z "${BF_WORKER_RUNTIME:-}" ] || [ -f "$worker" ] || return 0
  [ -n "$(find "$here/src" "$here/symbol-lists" "$here/profiles" "$here/infra" "$here/Directory.Build.props" "$here/Directory.Packages.props" "$here/global.json" "$here/bf" -newer "$stamp" -print -quit 2>/dev/null)" ]
}

# What Spark's executors are sent: one file that needs nothing installed. Without it everything but Spark works, and Spark says what is missing.
build_worker() {
  if [ -f "$worker" ] && [ -z "$(find "$here/src/Bf.Worker" "$here/src/Bf.Core" "$here/src/Bf.Sources" "$here/Directory.Build.props" "$here/Directory.Packages.props" -newer "$worker" -print -quit)" ]; then
    return
  fi
  rm -f "$worker"
  dotnet publish "$here/src/Bf.Worker/Bf.Worker.csproj" -c Release -r "$runtime" --self-contained true \
    -p:ArtifactsPath="$here/artifacts/publish-worker/" -o "${worker%/*}" --nologo -v quiet >"$here/artifacts/build-worker.log" 2>&1 </dev/null ||
    echo "bf: the worker for Spark could not be built ($here/artifacts/build-worker.log says why); all that needs no Spark works" >&2
}

build() {
  command -v dotnet >/dev/null 2>&1 || { echo "bf: the .NET 10 SDK is needed to build (dotnet is not on the PATH): https://dotnet.microsoft.com/download" >&2; return 1; }
  echo "bf: building (once; a minute at most)..." >&2
  mark=$here/artifacts/.build-began
  : >"$mark"
  log=$here/artifacts/build.log
  build_worker &
  if ! dotnet publish "$here/src/Bf.Cli/Bf.Cli.csproj" -c Release --use-current-runtime --self-contained false \
      -p:PublishReadyToRun=true -p:ArtifactsPath="$here/artifacts/publish/" -o "$app" --nologo -v quiet >"$log" 2>&1 </dev/null; then
    cat "$log" >&2
    echo "bf: the build failed; the messages above say why (also in $log)" >&2
    wait
    return 1
  fi
  wait
  mv "$mark" "$stamp" # as old as the build's beginning: what changed since then is built next time
}

if stale; then
  mkdir -p "$app"
  if command -v flock >/dev/null 2>&1; then
    exec 9>"$here/artifacts/.build-lock"
    flock 9
    if stale; then build 9>&- || exit 1; fi
    exec 9>&-
  else
    until mkdir "$here/artifacts/.build-lock.d" 2>/dev/null; do sleep 0.2; done
    trap 'rmdir "$here/artifacts/.build-lock.d" 2>/dev/null' EXIT INT TERM
    if stale; then build || exit 1; fi
    rmdir "$here/artifacts/.build-lock.d"; trap - EXIT INT TERM
  fi
fi
exec "$app/bf" "$@"
