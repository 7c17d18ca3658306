using System.Globalization;
using Bf.Jobs.Config;

namespace Bf.Jobs.Infra.Native;

/// <summary>
/// The command lines of Spark's three services. Master and worker listen on this machine alone, whatever <c>BIND_ADDRESS</c> says:
/// bf, and whoever else is to use the cluster, speaks to Spark Connect.
/// </summary>
internal sealed class SparkCommands(Settings settings, string folder, NativeHome home, InfraPlaces places)
{
    // the versions that Spark 4.0.1 is used with, as in the Compose file; of Amazon's SDK what S3A needs, since its bundle has 600 MB
    private const string Packages = "io.delta:delta-spark_4.0_2.13:4.2.0,org.apache.hadoop:hadoop-aws:3.4.2,software.amazon.awssdk:s3-transfer-manager:2.29.52,software.amazon.awssdk:sts:2.29.52";
    private const string DaemonMemory = "384m";

    /// <summary>What has to answer before a service is started, where it is here: an application gives up when the master is not there.</summary>
    public static IReadOnlyList<InfraService> Needs(InfraService service) =>
        service == InfraService.SparkWorker ? [InfraService.SparkMaster]
        : service == InfraService.SparkConnect ? [InfraService.Minio, InfraService.SparkMaster, InfraService.SparkWorker] : [];

    public NativeCommand Of(InfraService service) => service.Name switch
    {
        "spark-master" => Class(service, "org.apache.spark.deploy.master.Master",
            "--host", places.Host, "--port", Number(service.Ports[0]), "--webui-port", Number(service.Ports[1])),
        "spark-worker" => Class(service, "org.apache.spark.deploy.worker.Worker",
            "--host", places.Host, "--webui-port", Number(service.Ports[0]), "--cores", settings.Of("SPARK_WORKER_CORES").Value!, "--memory", settings.Of("SPARK_WORKER_MEMORY").Value!,
            "--work-dir", home.Data(service.Name), Master),
        _ => Connect(),
    };

    private string Master => places.Address(InfraService.SparkMaster.Ports[0]);

    private NativeCommand Class(InfraService service, string name, params string[] arguments) =>
        new(Path.Combine(folder, "bin", "spark-class"), [name, .. arguments], [.. Common(service), ("SPARK_DAEMON_MEMORY", DaemonMemory), ("SPARK_NO_DAEMONIZE", "1")]);

    private NativeCommand Connect()
    {
        var (access, secret) = NativeCommands.Keys(settings);
        var jars = Path.Combine(folder, "jars");
        // an archive as it is published has neither Delta nor S3A: they come from Maven's central repository, once
        string[] packages = Has(jars, "delta-spark_*") && Has(jars, "hadoop-aws-*") ? [] : ["--packages", Packages, "--exclude-packages", "software.amazon.awssdk:bundle"];
        return new(Path.Combine(folder, "bin", "spark-submit"),
            [
                "--class", "org.apache.spark.sql.connect.service.SparkConnectServer", "--name", "bf-connect", "--master", Master, .. packages,
                "--driver-memory", settings.Of("SPARK_DRIVER_MEMORY").Value!,
                .. Conf("spark.driver.host", places.Host), .. Conf("spark.driver.bindAddress", "127.0.0.1"),
                .. Conf("spark.connect.grpc.binding.address", places.Bind), .. Conf("spark.connect.grpc.binding.port", Number(InfraService.SparkConnect.Ports[0])),
                .. Conf("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension"), .. Conf("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog"),
                .. Conf("spark.sql.session.timeZone", "UTC"), .. Conf("spark.sql.warehouse.dir", home.Data("spark-warehouse")),
                .. Conf("spark.hadoop.fs.s3a.endpoint", Endpoint), .. Conf("spark.hadoop.fs.s3a.endpoint.region", settings.Of("MINIO_REGION").Value!),
                .. Conf("spark.hadoop.fs.s3a.path.style.access", settings.Of("MINIO_PATH_STYLE").Value!), "spark-internal",
            ],
            // Spark's driver hands these on to executors as S3A's keys; as arguments any user of the machine would see them
            [.. Common(InfraService.SparkConnect), ("SPARK_DAEMON_MEMORY", null), ("AWS_ACCESS_KEY_ID", access), ("AWS_SECRET_ACCESS_KEY", secret), ("SPARK_EXECUTOR_MEMORY", settings.Of("SPARK_WORKER_MEMORY").Value)]);
    }

    // a bucket of somebody else's stays what the setting says; ours is where it listens
    private string Endpoint
    {
        get
        {
            var given = settings.Of("MINIO_ENDPOINT").Value!;
            var uri = new Uri(given.Contains("://", StringComparison.Ordinal) ? given : $"http://{given}");
            return uri.IsLoopback ? $"{uri.Scheme}://{new Uri(places.Address(InfraService.Minio.Ports[0])).Authority}" : uri.GetLeftPart(UriPartial.Authority);
        }
    }

    private (string Name, string? Value)[] Common(InfraService service) =>
        [("SPARK_HOME", folder), ("SPARK_LOCAL_IP", places.Bind), ("SPARK_LOCAL_DIRS", home.Data("spark-tmp")), ("SPARK_LOG_DIR", home.Logs(service.Name))];

    private static IEnumerable<string> Conf(string name, string value) => ["--conf", $"{name}={value}"];

    private static bool Has(string jars, string pattern) => Directory.Exists(jars) && Directory.EnumerateFiles(jars, pattern + ".jar").Any();

    private static string Number(int n) => n.ToString(CultureInfo.InvariantCulture);

    private string Number(ServicePort port) => Number(places.Of(port));
}
