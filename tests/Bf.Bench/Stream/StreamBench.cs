namespace Bf.Bench.Stream;

/// <summary>What <c>bf stream run</c> does in a second, and how soon.</summary>
internal static class StreamBench
{
    public static void Write(TextWriter output, StreamBenchOptions options)
    {
        if (options.Rows > 0)
        {
            StreamThroughput.Write(output, options);
        }

        if (options.Elasticsearch is { } elasticsearch)
        {
            StreamLatency.Write(output, options, elasticsearch);
        }
    }
}
