using System.Globalization;
using Bf.Jobs.Config;

namespace Bf.Jobs.Infra;

/// <summary>What is looked at on a machine before services start on it, whoever runs them.</summary>
internal static class Preflight
{
    /// <summary>The least number of memory maps that Elasticsearch wants (its page "Virtual memory").</summary>
    public const long MapsOfElasticsearch = 262_144;

    private const long Mega = 1L << 20, Giga = 1L << 30, LeastDisk = Giga, LowDisk = 5 * Giga, Usual = 256 * Mega;
    private const double BeyondHeap = 1.25; // a JVM takes more than its heap
    private const double ElasticsearchHighWatermark = 0.90;

    /// <summary>Ports that are taken, or given to two services.</summary>
    /// <param name="services">What is to start; none of it runs.</param>
    /// <param name="places">Where they listen.</param>
    /// <param name="except">Settings of ports that are not opened on this machine.</param>
    public static IEnumerable<Obstacle> Ports(IReadOnlyList<InfraService> services, InfraPlaces places, params string[] except)
    {
        var ports = services.SelectMany(s => s.Ports.Select(p => (Service: s, Port: p, Number: places.Of(p)))).Where(p => !except.Contains(p.Port.Setting)).ToList();
        foreach (var twice in ports.GroupBy(p => p.Number).Where(g => g.Count() > 1))
        {
            yield return new($"port {twice.Key} is given twice: {string.Join(" and ", twice.Select(p => p.Port.Setting))}", $"give one of them another number, such as {twice.Last().Port.Setting}={twice.Key + 1}", true);
        }

        foreach (var (service, port, number) in ports.Where(p => !Listeners.IsFree(p.Number)))
        {
            yield return new($"port {number}, which {service.Name} wants ({port.Purpose}), is held by {Listeners.Holder(number)}",
                $"end that process, or give {service.Name} another port: {port.Setting}={number + 10_000} in .env or the environment", true);
        }
    }

    /// <summary>The memory that services may take, in bytes, with the setting that makes it less where there is one.</summary>
    public static IReadOnlyList<(string? Setting, long Bytes)> Wanted(IEnumerable<InfraService> services, Settings settings)
    {
        return [.. services.Select(s => s.Name switch
        {
            "kafka" => Heap("KAFKA_HEAP"),
            "elasticsearch" => Heap("ELASTICSEARCH_HEAP"),
            "spark-worker" => Heap("SPARK_WORKER_MEMORY"),
            "spark-connect" => Heap("SPARK_DRIVER_MEMORY"),
            _ => (null, Usual),
        })];

        (string?, long) Heap(string setting) => (setting, (long)(Size(settings, setting) * BeyondHeap));
    }

    /// <summary>Memory that is not there.</summary>
    /// <param name="wanted">What is to start, as <see cref="Wanted"/> says.</param>
    /// <param name="available">What the machine can give.</param>
    public static IEnumerable<Obstacle> Memory(IReadOnlyList<(string? Setting, long Bytes)> wanted, long? available)
    {
        var sum = wanted.Sum(w => w.Bytes);
        if (available is { } there && sum > there && wanted.Count > 0)
        {
            var most = wanted.Where(w => w.Setting is not null).DefaultIfEmpty().MaxBy(w => w.Bytes);
            // a heap is filled with time: it may do for a while
            yield return new($"the services may take {Size(sum)} of memory, and {Size(there)} is available",
                $"{(most.Setting is null ? "" : $"give less, such as {most.Setting}={Math.Max(256, most.Bytes / Mega / 2)}m, ")}start fewer services (bf infra start minio elasticsearch), or end other programs", sum / 2 > there);
        }
    }

    /// <summary>Room that is not there.</summary>
    /// <param name="folder">Where data go; it need not exist yet.</param>
    /// <param name="elasticsearch">Whether Elasticsearch is among the services: it stops to write on a disk that is nearly full.</param>
    public static IEnumerable<Obstacle> Disk(string folder, bool elasticsearch)
    {
        for (; !Directory.Exists(folder); folder = Path.GetDirectoryName(folder)!)
        {
            // up to what is there
        }

        DriveInfo drive;
        try
        {
            drive = new(folder);
            _ = drive.AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            yield break;
        }

        var free = drive.AvailableFreeSpace;
        if (free < LowDisk)
        {
            yield return new($"{Size(free)} of disk is left for {folder}", "make room, or keep the services' data elsewhere: BF_INFRA_HOME (native), Docker's data-root (docker)", free < LeastDisk);
        }
        else if (elasticsearch && 1 - ((double)free / drive.TotalSize) > ElasticsearchHighWatermark)
        {
            yield return new($"the disk of {folder} is more than 90 % full: Elasticsearch makes no new index there", "make room, or raise cluster.routing.allocation.disk.watermark.high of Elasticsearch", false);
        }
    }

    /// <summary>Too few memory maps for Elasticsearch.</summary>
    public static IEnumerable<Obstacle> Maps(bool fatal)
    {
        if (ReadNumber("/proc/sys/vm/max_map_count") is { } maps && maps < MapsOfElasticsearch)
        {
            yield return new($"vm.max_map_count is {maps}; Elasticsearch wants {MapsOfElasticsearch}{(fatal ? "" : ", and runs with less while it listens on this machine alone")}",
                $"sudo sysctl -w vm.max_map_count={MapsOfElasticsearch} (for good: a line vm.max_map_count={MapsOfElasticsearch} in /etc/sysctl.d/90-elasticsearch.conf)", fatal);
        }
    }

    /// <summary>The memory that programs can still be given, in bytes; null where the system does not say.</summary>
    public static long? AvailableMemory() =>
        File.Exists("/proc/meminfo") && Array.Find(File.ReadAllLines("/proc/meminfo"), l => l.StartsWith("MemAvailable:", StringComparison.Ordinal)) is { } line
            && long.TryParse(line["MemAvailable:".Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var kilo) ? kilo * 1024 : null;

    /// <summary>A setting's size of memory as Java and Spark write it (512m, 2g), in bytes.</summary>
    /// <exception cref="JobException">It is none.</exception>
    public static long Size(Settings settings, string name)
    {
        var text = settings.Of(name).Value!.Trim().ToLowerInvariant().TrimEnd('b');
        var unit = text.Length == 0 ? ' ' : text[^1];
        return (unit is 'k' or 'm' or 'g' or 't' ? text[..^1] : text) is var digits && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and < 1L << 40
            ? unit switch { 'k' => count << 10, 'm' => count << 20, 'g' => count << 30, 't' => count << 40, _ => count }
            : throw new JobException($"{name}: '{settings.Of(name).Value}' is no size of memory; write 512m or 2g");
    }

    private static long? ReadNumber(string file) =>
        File.Exists(file) && long.TryParse(File.ReadAllText(file).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Size(long bytes) => bytes < Giga ? $"{bytes / Mega} MB" : string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)Giga:0.0} GB");
}
