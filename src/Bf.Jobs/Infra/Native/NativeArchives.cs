using Bf.Jobs.Config;

namespace Bf.Jobs.Infra.Native;

/// <summary>Which services this machine has the programs of: unpacked archives, <c>minio</c> on the PATH, and Java where they need it.</summary>
internal sealed class NativeArchives
{
    private static readonly (string Setting, string Program, InfraService[] Services, string Name)[] Kinds =
    [
        ("KAFKA_HOME", "bin/kafka-server-start.sh", [InfraService.Kafka], "Kafka"),
        ("ES_HOME", "bin/elasticsearch", [InfraService.Elasticsearch], "Elasticsearch"),
        ("SPARK_HOME", "bin/spark-class", [InfraService.SparkMaster, InfraService.SparkWorker, InfraService.SparkConnect], "Spark"),
    ];

    private readonly Dictionary<string, string> _homes = new(StringComparer.Ordinal);

    public NativeArchives(Settings settings, InfraMachine machine)
    {
        var named = settings.Of("MINIO_BIN").Value is { } file ? Path.GetFullPath(file, machine.Folder) : null;
        Minio = named is null ? machine.Program("minio") : File.Exists(named) ? named : null;
        var java = machine.Variable("JAVA_HOME") is { Length: > 0 } home ? File.Exists(Path.Combine(home, "bin", "java")) : machine.Program("java") is not null;
        List<string> found = Minio is null ? [] : ["MinIO"], missing = Minio is not null ? [] : named is null ? ["MinIO (put the program minio on the PATH, or name it by MINIO_BIN)"] : [$"MinIO (MINIO_BIN is {named}, which is not there)"];
        foreach (var (setting, program, services, name) in Kinds)
        {
            var folder = settings.Of(setting).Value;
            var lacks = folder is null ? $"set {setting} to its unpacked archive"
                : !File.Exists(Path.Combine(folder, program)) ? $"{setting} is {folder}, which has no {program}"
                : !java && !Directory.Exists(Path.Combine(folder, "jdk")) ? "it needs Java 17: put java on the PATH or set JAVA_HOME" // Elasticsearch brings its own
                : null;
            if (lacks is null)
            {
                found.Add(name);
                Array.ForEach(services, s => _homes[s.Name] = Path.GetFullPath(folder!, machine.Folder));
            }
            else
            {
                missing.Add($"{name} ({lacks})");
            }
        }

        Found = found.Count == 0 ? "no archive was found" : $"{string.Join(", ", found)} {(found.Count == 1 ? "is" : "are")} here as archives";
        Missing = string.Join(", ", missing);
    }

    /// <summary>Whether there is any service's.</summary>
    public bool Any => Minio is not null || _homes.Count > 0;

    /// <summary>What is here, as a clause.</summary>
    public string Found { get; }

    /// <summary>What is not here, and what would bring it; empty where nothing is missing.</summary>
    public string Missing { get; }

    /// <summary>The program of MinIO.</summary>
    public string? Minio { get; }

    /// <summary>Whether a service's program is here.</summary>
    public bool Has(InfraService service) => service == InfraService.Minio ? Minio is not null : _homes.ContainsKey(service.Name);

    /// <summary>The folder of a service's archive.</summary>
    public string HomeOf(InfraService service) => _homes[service.Name];
}
