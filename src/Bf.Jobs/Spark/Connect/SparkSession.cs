using System.Buffers;
using System.Net.Security;
using Bf.Jobs.Spark.Connect.Arrow;
using Bf.Jobs.Spark.Connect.Protocol;

namespace Bf.Jobs.Spark.Connect;

/// <summary>One session on a Spark cluster, by Spark Connect. Not for concurrent use, except <see cref="Interrupt"/>.</summary>
internal sealed class SparkSession : IDisposable
{
    // what would be a folder, or mean something to the shell that runs a script
    private static readonly SearchValues<char> Unfit = SearchValues.Create("/\\ '\"$`;&|<>()*?[]{}#~!\t\r\n");
    private static readonly TimeSpan UploadPatience = TimeSpan.FromSeconds(20);

    private readonly SparkServer _server;
    private readonly ReattachTimes _times;
    private readonly Dictionary<string, string> _uploads = new(StringComparer.Ordinal);

    private SparkSession(SparkServer server, ReattachTimes times) => (_server, _times) = (server, times);

    /// <summary>The server, as this session speaks to it.</summary>
    internal SparkServer Server => _server;

    /// <summary>The session's id, a UUID.</summary>
    public string Id => _server.SessionId;

    /// <summary>The id under which the server keeps it: artifacts lie under it on the executors.</summary>
    public string ServerSideId => _server.ServerSideId;

    /// <summary>Spark's version, such as 4.0.1.</summary>
    public string Version { get; private set; } = "";

    /// <summary>Connects and learns the server's version.</summary>
    /// <exception cref="ServiceDownException">Nothing answers there; after about five seconds at the latest where no connection is accepted.</exception>
    /// <exception cref="SparkException">The server refuses, or is none.</exception>
    public static SparkSession Open(SparkAddress address, CancellationToken cancel = default) => Open(address, new(), null, cancel);

    internal static SparkSession Open(SparkAddress address, ReattachTimes times, Action<SslClientAuthenticationOptions>? tls = null, CancellationToken cancel = default)
    {
        var server = new SparkServer(address, tls);
        try
        {
            var answer = server.Ask(
                "AnalyzePlan",
                new AnalyzePlanRequest { SessionId = server.SessionId, UserContext = server.User, ClientType = SparkServer.ClientType, SparkVersion = new() },
                AnalyzePlanResponse.Parser, cancel);
            server.ServerSideId = answer.ServerSideSessionId;
            return new(server, times) { Version = answer.SparkVersion?.Version ?? "" };
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Sets settings of the session, such as spark.sql.shuffle.partitions.</summary>
    public void Set(params (string Key, string Value)[] settings)
    {
        var set = new ConfigRequest.Types.Set();
        foreach (var (key, value) in settings)
        {
            set.Pairs.Add(new KeyValue { Key = key, Value = value });
        }

        Config(new() { Set = set });
    }

    /// <summary>A setting's value; null where it is not set and has no default.</summary>
    public string? Get(string key)
    {
        foreach (var pair in Config(new() { GetOption = new() { Keys = { key } } }).Pairs)
        {
            if (pair.Key == key && pair.HasValue)
            {
                return pair.Value;
            }
        }

        return null;
    }

    /// <summary>
    /// Uploads a file, once a session for each name: a name stands for one content, so it should carry the content's hash.
    /// Gives the path by which a script of TRANSFORM finds it on an executor.
    /// </summary>
    /// <exception cref="JobException">It did not arrive whole.</exception>
    public string Upload(string name, Stream content, CancellationToken cancel = default)
    {
        if (_uploads.TryGetValue(name, out var known))
        {
            return known;
        }

        // other names are taken by the server without a word, and never arrive
        if (name.Length == 0 || name[0] == '.' || name.AsSpan().ContainsAny(Unfit))
        {
            throw new ArgumentException($"'{name}' can't name an artifact", nameof(name));
        }

        var length = content.Length - content.Position;
        if (length == 0)
        {
            throw new JobException($"{name} is empty: there is nothing to upload");
        }

        var answer = _server.Ask("AddArtifacts", ArtifactFrames.Of(_server, $"files/{name}", content, length), AddArtifactsResponse.Parser, UploadPatience, cancel);
        if (answer.Artifacts is not [{ IsCrcSuccessful: true }])
        {
            throw new JobException($"{name} did not arrive whole at {_server.Address} (its checksum differs there); run the command again");
        }

        return _uploads[name] = $"./{ServerSideId}/{name}";
    }

    /// <summary>Runs a SQL command (CREATE, INSERT, ...) and waits for its end. A SELECT would not be run: see <see cref="Query"/>.</summary>
    /// <exception cref="SparkException">It failed.</exception>
    /// <exception cref="ServiceDownException">The server is gone.</exception>
    public void Execute(string sql, SparkWatch? watch = null, CancellationToken cancel = default)
    {
        using var execution = new SparkExecution(_server, Command(sql), watch, _times, cancel);
        while (execution.Next() is not null)
        {
        }
    }

    /// <summary>
    /// The rows of a command that answers with some, such as SHOW VIEWS. As a query it would need a task on an executor to bring them,
    /// and wait where others have taken all cores; so it needs none.
    /// </summary>
    /// <exception cref="SparkException">It failed.</exception>
    /// <exception cref="ServiceDownException">The server is gone.</exception>
    public IReadOnlyList<ArrowBatch> Show(string sql, CancellationToken cancel = default)
    {
        using var execution = new SparkExecution(_server, Command(sql), null, _times, cancel);
        List<ArrowBatch> batches = [];
        while (execution.Next() is { } response)
        {
            batches.AddRange(ArrowStream.Read(response.Data.Memory));
        }

        return batches;
    }

    /// <summary>
    /// Runs a query when it is enumerated; batches come as the server sends them, which waits for the reader. Disposing the enumerator early ends it on the server.
    /// There is one batch at least, with no rows perhaps.
    /// </summary>
    /// <exception cref="SparkException">It failed.</exception>
    /// <exception cref="ServiceDownException">The server is gone.</exception>
    public IEnumerable<ArrowBatch> Query(string sql, SparkWatch? watch = null, CancellationToken cancel = default)
    {
        var plan = new Plan { Root = new() { Sql = new() { Query = sql } } };
        using var execution = new SparkExecution(_server, plan, watch, _times, cancel);
        var rows = 0L;
        while (execution.Next() is { } response)
        {
            var (began, batches) = (rows, ArrowStream.Read(response.Data.Memory));
            foreach (var batch in batches)
            {
                rows += batch.Rows;
            }

            if (rows - began != response.RowCount || (response.HasStartOffset && response.StartOffset != began))
            {
                throw new JobException($"Spark's answer has rows {response.StartOffset} to {response.StartOffset + response.RowCount} where those from {began} on were to come; run the command again");
            }

            foreach (var batch in batches)
            {
                yield return batch;
            }
        }
    }

    /// <summary>Ends what this session runs on the cluster; the statement fails with OPERATION_CANCELED where it is waited for. May be called by any thread.</summary>
    public void Interrupt() =>
        _server.TellAsync("Interrupt", new InterruptRequest
        {
            SessionId = Id, ClientObservedServerSideSessionId = ServerSideId, UserContext = _server.User, ClientType = SparkServer.ClientType,
            InterruptType = InterruptRequest.Types.InterruptType.All,
        }, InterruptResponse.Parser).GetAwaiter().GetResult();

    /// <summary>Ends the session on the server too, so that it forgets artifacts and settings.</summary>
    public void Dispose()
    {
        _server.TellAsync("ReleaseSession", new ReleaseSessionRequest { SessionId = Id, UserContext = _server.User, ClientType = SparkServer.ClientType }, ReleaseSessionResponse.Parser).GetAwaiter().GetResult();
        _server.Dispose();
    }

    private static Plan Command(string sql) => new() { Command = new() { SqlCommand = new() { Input = new() { Sql = new() { Query = sql } } } } };

    private ConfigResponse Config(ConfigRequest.Types.Operation operation) =>
        _server.Ask(
            "Config",
            new ConfigRequest { SessionId = Id, ClientObservedServerSideSessionId = ServerSideId, UserContext = _server.User, ClientType = SparkServer.ClientType, Operation = operation },
            ConfigResponse.Parser, CancellationToken.None);
}
