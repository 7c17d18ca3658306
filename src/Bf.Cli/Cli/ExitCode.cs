namespace Bf.Cli;

/// <summary>What a script learns from the exit code.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int ServiceDown = 3;
    public const int Interrupted = 130;
}
