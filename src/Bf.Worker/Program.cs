using Bf.Core.Exchange;
using Bf.Sources.Exchange;
using Bf.Worker;

// bf's kernel and sources as a filter, for a cluster's executors: lines in, lines out, what can't be used on stderr, and then an exit code that fails the task
if (args is not [("scan" or "grid" or "fetch") and var mode, var path])
{
    Console.Error.WriteLine("usage: bf-worker scan SPEC <bars >counts");
    Console.Error.WriteLine("       bf-worker grid SPEC <trials >figures");
    Console.Error.WriteLine("       bf-worker fetch SPEC <shares >answers");
    return 2;
}

using var input = Console.OpenStandardInput();
using var output = Console.OpenStandardOutput();
var lines = new LineReader(input);
try
{
    using var spec = File.OpenText(path);
    switch (mode)
    {
        case "scan":
            ScanFilter.Run(ScanSpec.Parse(spec), lines, new RowWriter(output));
            break;
        case "grid":
            GridFilter.Run(GridSpec.Parse(spec), lines, new RowWriter(output));
            break;
        default:
            FetchFilter.Run(FetchSpec.Parse(spec), lines, new RowWriter(output));
            break;
    }

    return 0;
}
catch (Exception e) when (e is LineException or FormatException or OverflowException or ArgumentException or IOException)
{
    Console.Error.WriteLine($"bf-worker: {e.Message}");
    lines.Drain();
    return 1;
}
