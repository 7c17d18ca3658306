@echo off
rem Runs bf; builds it first (Release) when its sources are newer than the last build.
setlocal
set "here=%~dp0"
set "app=%here%artifacts\bf"
powershell -NoProfile -ExecutionPolicy Bypass -Command ^
  "$s = Join-Path '%app%' '.built'; if (-not (Test-Path $s)) { exit 1 }; $t = (Get-Item $s).LastWriteTimeUtc; $n = Get-ChildItem -Recurse -File '%here%src', '%here%symbol-lists', '%here%Directory.Build.props', '%here%Directory.Packages.props' | Where-Object { $_.LastWriteTimeUtc -gt $t } | Select-Object -First 1; if ($n) { exit 1 } else { exit 0 }"
if errorlevel 1 (
  echo bf: building ^(once; a minute at most^)... 1>&2
  dotnet publish "%here%src\Bf.Cli\Bf.Cli.csproj" -c Release --use-current-runtime --self-contained false -p:PublishReadyToRun=true -p:ArtifactsPath="%here%artifacts\publish" -o "%app%" --nologo -v quiet 1>&2
  if errorlevel 1 exit /b 1
  type nul > "%app%\.built"
)
"%app%\bf.exe" %*
exit /b %errorlevel%
