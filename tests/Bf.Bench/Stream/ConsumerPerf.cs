using System.Diagnostics;
using System.Globalization;

namespace Bf.Bench.Stream;

/// <summary>Kafka's own consumer test, which reads and does nothing else.</summary>
/// <param name="home">Kafka's folder.</param>
/// <param name="servers">The brokers.</param>
internal sealed class ConsumerPerf(string home, string servers)
{
    /// <summary>Messages a second that it reads of a topic, joining its group left out.</summary>
    public double Run(string topic, long messages)
    {
        var script = Path.Combine(home, "bin", "kafka-consumer-perf-test.sh");
        if (!File.Exists(script))
        {
            throw new BenchException($"{script} is not there: --kafka-home is the folder of Kafka's archive");
        }

        using var process = Process.Start(new ProcessStartInfo(script, ["--bootstrap-server", servers, "--topic", topic, "--num-records", messages.ToString(CultureInfo.InvariantCulture), "--timeout", "30000"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        string[] lines = [.. process.StandardOutput.ReadToEnd().Split('\n').Where(l => l.Contains(','))];
        process.WaitForExit();
        string[] names = [.. lines.FirstOrDefault("").Split(',').Select(n => n.Trim())];
        string[] values = [.. lines.LastOrDefault("").Split(',').Select(n => n.Trim())];
        var (read, rate) = (Array.IndexOf(names, "data.consumed.in.nMsg"), Array.IndexOf(names, "fetch.nMsg.sec"));
        return read >= 0 && rate >= 0 && values.Length == names.Length && long.Parse(values[read], CultureInfo.InvariantCulture) >= messages
            ? double.Parse(values[rate], CultureInfo.InvariantCulture)
            : throw new BenchException($"{script} did not read {messages} messages of {topic}: {string.Join(" / ", lines)} {errors.Result}");
    }
}
