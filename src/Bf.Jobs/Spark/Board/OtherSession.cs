using Bf.Jobs.Spark.Connect;
using Bf.Jobs.Spark.Connect.Protocol;

namespace Bf.Jobs.Spark.Board;

/// <summary>A session of any process, seen from outside: its notes, and how to end what it runs. On a connection of its own, so that it may be used beside the session's.</summary>
internal sealed class OtherSession : IDisposable
{
    private readonly SparkServer _server;

    public OtherSession(SparkAddress address, SessionPlace place)
    {
        Place = place;
        _server = new(address, null) { SessionId = place.Session.ToString(), ServerSideId = place.ServerSide.ToString(), User = SparkServer.Named(place.User) };
    }

    /// <summary>Where it is.</summary>
    public SessionPlace Place { get; }

    /// <summary>Whether the last call found nobody.</summary>
    public bool IsGone => _server.IsGone;

    /// <summary>Its notes, by their names without <see cref="RunNote.Prefix"/>; null where the server does not know the session any more.</summary>
    /// <exception cref="ServiceDownException">The server is gone.</exception>
    public IReadOnlyDictionary<string, string>? Notes(CancellationToken cancel)
    {
        try
        {
            var notes = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var pair in Config(new() { GetAll = new() { Prefix = RunNote.Prefix } }, cancel).Pairs)
            {
                notes[pair.Key.StartsWith(RunNote.Prefix, StringComparison.Ordinal) ? pair.Key[RunNote.Prefix.Length..] : pair.Key] = pair.Value;
            }

            return notes;
        }
        catch (SparkException e) when (SparkErrors.IsSessionGone(e.ErrorClass))
        {
            return null;
        }
    }

    /// <summary>Writes notes.</summary>
    public void Note(IEnumerable<(string Key, string Value)> notes, CancellationToken cancel)
    {
        var set = new ConfigRequest.Types.Set();
        foreach (var (key, value) in notes)
        {
            set.Pairs.Add(new KeyValue { Key = key, Value = value });
        }

        Config(new() { Set = set }, cancel);
    }

    /// <summary>Ends what it runs; gives how many statements that were.</summary>
    public int Interrupt(CancellationToken cancel) => _server.Ask(
        "Interrupt",
        new InterruptRequest
        {
            SessionId = _server.SessionId, ClientObservedServerSideSessionId = _server.ServerSideId, UserContext = _server.User, ClientType = SparkServer.ClientType,
            InterruptType = InterruptRequest.Types.InterruptType.All,
        },
        InterruptResponse.Parser, cancel).InterruptedIds.Count;

    public void Dispose() => _server.Dispose();

    private ConfigResponse Config(ConfigRequest.Types.Operation operation, CancellationToken cancel) => _server.Ask(
        "Config",
        new ConfigRequest
        {
            SessionId = _server.SessionId, ClientObservedServerSideSessionId = _server.ServerSideId, UserContext = _server.User, ClientType = SparkServer.ClientType, Operation = operation,
        },
        ConfigResponse.Parser, cancel);
}
