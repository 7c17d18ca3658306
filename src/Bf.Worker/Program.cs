using Bf.Core.Exchange;
using Bf.Worker;

// bf's kernel as a filter, for a cluster's executors: lines in, lines out, what can't be used on stderr, and then an exit code that fails the task
if (args is not ["scan" or "grid", var path])
{
    Console.Error.WriteLine("usage: bf-worker scan SPEC <bars >counts");
    Console.Error.WriteLine("       bf-worker grid SPEC <trials >figures");
    return 2;
}

using var input = Console.OpenStandardInput();
using var output = Console.OpenStandardOutput();
var lines = new LineReader(input);
try
{
    using var spec = File.OpenText(path);
    if (args[0] == "grid")
    {
        GridFilter.Run(GridSpec.Parse(spec), lines, new RowWriter(output));
    }
    else
    {
        ScanFilter.Run(ScanSpec.Parse(spec), lines, new RowWriter(output));
    }

    return 0;
}
catch (Exception e) when (e is LineException or FormatException or OverflowException or ArgumentException or IOException)
{
    Console.Error.WriteLine($"bf-worker: {e.Message}");
    lines.Drain();
    return 1;
}
