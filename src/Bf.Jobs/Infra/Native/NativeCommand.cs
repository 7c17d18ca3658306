namespace Bf.Jobs.Infra.Native;

/// <summary>How a service is started.</summary>
/// <param name="Program">The program.</param>
/// <param name="Arguments">Its arguments; no secrets, since every user of the machine can see them.</param>
/// <param name="Environment">What its environment has beyond ours; null takes a variable away.</param>
internal sealed record NativeCommand(string Program, IReadOnlyList<string> Arguments, IReadOnlyList<(string Name, string? Value)> Environment)
{
    /// <summary>What is run to its end before it, such as the formatting of a folder; none mostly.</summary>
    public NativeCommand? First { get; init; }
}
