namespace Bf.Worker;

/// <summary>A line of the input can't be used; the message names it.</summary>
internal sealed class LineException(long line, string rule) : Exception($"line {line}: {rule}");
