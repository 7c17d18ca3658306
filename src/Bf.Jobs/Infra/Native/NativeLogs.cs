namespace Bf.Jobs.Infra.Native;

/// <summary>Shows log files.</summary>
internal static class NativeLogs
{
    public static void Write(IReadOnlyList<(string Name, string File)> logs, LogChoice choice, TextWriter output, TimeProvider clock, CancellationToken cancel) => throw new NotSupportedException();
}
