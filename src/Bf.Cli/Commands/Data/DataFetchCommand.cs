using System.CommandLine;
using System.Text.Json.Nodes;
using Bf.Core.Market;
using Bf.Jobs.Fetch;
using Bf.Jobs.Inventory;
using Bf.Jobs.Lake;
using Bf.Sources.Fetch;
using Bf.Sources.Http;
using static Bf.Cli.TextTable;

namespace Bf.Cli.Commands.Data;

/// <summary><c>bf data fetch</c>: what is missing, from a source into the lake.</summary>
internal sealed class DataFetchCommand : BfCommand
{
    private const int MostShown = 20;
    private const string OwnNames = "--names";
    private const string MadeUp = "synthetic";
    private readonly UniverseOptions _choice = new(counts: false);
    private readonly Option<string?> _source = new("--source") { Description = $"where bars come from (else BF_SOURCE):\n{string.Join('\n', BarSources.All.Select(s => $"{s.Name}: {s.About}"))}", HelpName = string.Join('|', BarSources.All.Select(s => s.Name)) };
    private readonly Option<string?> _url = new("--source-url") { Description = "another address of the source", HelpName = "URL" };
    private readonly Option<int> _parallel = new("--parallel") { Description = "how many symbols are asked for at the same time", HelpName = "N", DefaultValueFactory = _ => 4 };
    private readonly EngineOption _engine = new();
    private readonly Dictionary<string, Option<string?>> _own = BarSources.All.SelectMany(s => s.Options.Select(o => (s, o)))
        .ToDictionary(o => o.o.Name, o => new Option<string?>(o.o.Name) { Description = $"{o.s.Name}: {o.o.About}", HelpName = o.o.Value }, StringComparer.Ordinal);

    public DataFetchCommand()
        : base("fetch", "fetch what is missing from a source: new bars, earlier ones before --start-date, all of a symbol whose past changed by a split or dividend",
            "bf data fetch --symbols AAPL,MSFT --start-date 2015-01-01",
            "bf data fetch                                tomorrow: what is new, of every symbol of the lake",
            "bf data fetch --source stooq --symbol-list dow30 --start-date 2010-01-01",
            "bf data fetch --source csv --from 'prices/{symbol}.csv' --symbols AAPL,MSFT",
            "bf data fetch --source synthetic --count 500 --years 10 --seed 1",
            "bf data fetch --engine spark --parallel 32   # thousands of symbols, from the executors of a cluster",
            "bf data fetch --symbols SPY --interval 5m --json | jq '.symbols[] | select(.state != \"fetched\")'")
    {
        Options.Add(_source);
        _choice.AddTo(this, dates: true);
        foreach (var option in (Option[])[_parallel, _url, .. _own.Values])
        {
            Options.Add(option);
        }

        _engine.AddTo(this);
        Do(Run);
    }

    private int Run(Invocation call)
    {
        var lake = call.OpenLake();
        var info = BarSources.Of(call.Get(_source) ?? call.Settings.Of("BF_SOURCE").Value!);
        Check(call, info);
        using var http = new HttpGet(call.Clock);
        var context = new SourceContext(name => name == info.UrlSetting && call.Get(_url) is { } url ? url : call.Settings.Of(name).Value, name => call.Get(_own[name]) ?? (name == OwnNames ? Named(call, info) : null), http, call.Clock)
        {
            End = call.Date(_choice.End) is { } end ? Timestamp.ToDate(end) : null,
        };
        var source = info.Make(context);
        var interval = _choice.ReadInterval(call);
        CheckUnmixed(lake, info, interval);
        var request = new FetchRequest(info.Name, source, Symbols(call, lake, source, interval), call.Date(_choice.Start), call.EndOfDate(_choice.End) + 1, interval, call.Get(_parallel))
        {
            Choice = SourceChoice.Of(info, context),
        };
        FetchResult result;
        using (var progress = new Progress(call.Out.Quiet))
        using (var cluster = _engine.Open(call, progress))
        {
            if (cluster is not null && source.OnlyHere is { } why)
            {
                throw new UsageException($"the source {info.Name} can't be asked by a cluster: {why}. Leave --engine spark away (or BF_ENGINE)");
            }

            result = FetchJob.Run(lake, request, call.Arguments, cluster, (done, of) => progress.Report($"{info.Name}: {Number(done)} of {Number(of)} symbols"), call.Cancel);
        }

        call.Out.Document(() => Document(result, info, source));
        Say(call, result, info, source);
        return result.In(FetchState.Failed).Count + result.In(FetchState.NotAsked).Count > 0 ? ExitCode.Failed : ExitCode.Done;
    }

    private void Check(Invocation call, SourceInfo info)
    {
        if (_own.Keys.FirstOrDefault(o => call.Get(_own[o]) is not null && info.Options.All(i => i.Name != o)) is { } foreign)
        {
            throw new UsageException($"{foreign} is an option of another source: --source {BarSources.All.First(s => s.Options.Any(o => o.Name == foreign)).Name}");
        }

        if (info.UrlSetting is null && call.Get(_url) is not null)
        {
            throw new UsageException($"the source {info.Name} has no address that --source-url could change");
        }

        var interval = _choice.ReadInterval(call);
        if (!info.Has(interval))
        {
            throw new UsageException($"the source {info.Name} has no bars of {interval}; it has {string.Join(", ", info.Intervals)}");
        }

        if (call.Get(_parallel) is < 1 or > 64)
        {
            throw new UsageException("--parallel: write a number from 1 to 64");
        }

        if (call.EndOfDate(_choice.End) < call.Date(_choice.Start))
        {
            throw new UsageException("--start-date lies after --end-date");
        }

        if (call.Date(_choice.Start) > Timestamp.Of(call.Clock.GetUtcNow()))
        {
            throw new UsageException("--start-date lies in the future");
        }
    }

    /// <summary>Made-up bars replace those of a real company with the same ticker, and would count in its breadth.</summary>
    private static void CheckUnmixed(DataLake lake, SourceInfo info, Interval interval)
    {
        if (info.Name == MadeUp && BarInventory.Symbols(lake, interval).FirstOrDefault(s => s.Sources != info.Name) is { } other)
        {
            throw new UsageException($"{lake.Root} has bars that are not made up ({other.Symbol}, from {other.Sources}); give a synthetic market a lake of its own: --lake DIR");
        }
    }

    /// <summary>The symbols that were asked for, for a source that makes its own; null where none were.</summary>
    private string? Named(Invocation call, SourceInfo info) =>
        info.OwnSymbols && _choice.Read(call) is { IsAll: false } universe ? string.Join(',', universe.Symbols) : null;

    private IReadOnlyList<string> Symbols(Invocation call, DataLake lake, IBarSource source, Interval interval)
    {
        var universe = _choice.Read(call);
        if (source.Symbols is { } own)
        {
            return own; // those that were named, where any were
        }

        var symbols = universe.IsAll ? [.. BarInventory.Symbols(lake, interval).Select(s => s.Symbol)] : universe.Symbols;
        return symbols.Count > 0 ? symbols : throw new UsageException($"there are no bars of {interval} in {lake.Root} to go on from; name symbols with --symbols AAPL,MSFT or --symbol-list NAME (bf symbols list)");
    }

    private static JsonObject Document(FetchResult r, SourceInfo info, IBarSource source) => Documents.Job(r.Added + r.Changed, r.Run, r.Timings, new JsonObject
    {
        ["source"] = info.Name, ["remarks"] = new JsonArray([.. source.Remarks.Select(m => (JsonNode)m)]), ["added"] = r.Added, ["changed"] = r.Changed,
        ["quarantined"] = r.Quarantined.Values.Sum(), ["quarantined_by_rule"] = Documents.Counts(r.Quarantined), ["version"] = r.Version,
        ["planted"] = new JsonArray([.. source.Planted.Select(p => new JsonObject { ["date"] = p.Date.ToString("yyyy-MM-dd"), ["detector"] = p.Detector, ["what"] = p.Planted })]),
        ["symbols"] = new JsonArray([.. r.Symbols.Select(s => new JsonObject
        {
            ["symbol"] = s.Symbol, ["state"] = State(s.State), ["added"] = s.Added, ["changed"] = s.Changed, ["gaps"] = s.Gaps, ["unfinished"] = s.Unfinished,
            ["quarantined"] = s.Quarantined, ["readjusted"] = s.Readjusted, ["reason"] = s.Reason,
        })]),
    });

    private static string State(FetchState state) => state == FetchState.NotAsked ? "not_asked" : state.ToString().ToLowerInvariant();

    private void Say(Invocation call, FetchResult r, SourceInfo info, IBarSource source)
    {
        var (fetched, complete) = (r.In(FetchState.Fetched), r.In(FetchState.Complete));
        call.Out.Line(fetched.Count == 0 && complete.Count > 0 ? $"nothing is missing of {Count(complete.Count, "symbol")}; {info.Name} was not asked"
            : r.Added + r.Changed == 0 && fetched.Count > 0 ? $"nothing new of {Count(fetched.Count, "symbol")} from {info.Name}{(complete.Count > 0 ? $"; {Number(complete.Count)} had nothing missing" : "")}"
            : $"{Count(r.Added, "bar")} added, {Number(r.Changed)} changed, of {Count(fetched.Count, "symbol")} from {info.Name}{(complete.Count > 0 ? $"; {Number(complete.Count)} had nothing missing" : "")}");
        Also(fetched.Sum(s => (long)s.Gaps), "place", "without a price");
        Also(fetched.Sum(s => (long)s.Unfinished), "bar", "left out: the session had not ended");
        Also(fetched.Count(s => s.Readjusted), "symbol", "whose past had changed (by a split, a dividend or another source): the whole history was fetched anew");
        QuarantineText.Write(call.Out, r.Quarantined, BarRules.All);
        foreach (var remark in source.Remarks)
        {
            call.Out.Line(remark);
        }

        SayPlanted(call, source);
        foreach (var noted in fetched.Where(s => s.Reason is not null).Take(MostShown))
        {
            call.Out.Line($"{noted.Symbol}: {noted.Reason}");
        }

        if (r.Added + r.Changed > 0)
        {
            call.Out.Line($"next: bf signals generate{(call.Get(_choice.SymbolList) is { } list ? $" --symbol-list {list}" : "")}");
        }

        Fail([.. r.In(FetchState.Failed)], r.Symbols.Count);
        if (r.In(FetchState.NotAsked) is { Count: > 0 } rest)
        {
            Console.Error.WriteLine($"error: {Count(rest.Count, "symbol")} not asked for, since it would be in vain: {rest[0].Reason}");
        }

        void Also(long count, string one, string what)
        {
            if (count > 0)
            {
                call.Out.Line($"{Count(count, one)} {what}");
            }
        }
    }

    private static void SayPlanted(Invocation call, IBarSource source)
    {
        foreach (var date in source.Planted.GroupBy(p => p.Date).Take(MostShown))
        {
            call.Out.Line($"planted: {date.Key:yyyy-MM-dd} {string.Join(", ", date.Select(p => p.Detector))}");
        }

        if (source.Planted.Select(p => p.Date).Distinct().Count() is > MostShown and var dates)
        {
            call.Out.Line($"and thrusts on {Number(dates - MostShown)} more dates: --json lists them all");
        }
    }

    private static void Fail(IReadOnlyList<SymbolFetch> failed, int of)
    {
        if (failed.Count == 0)
        {
            return;
        }

        Console.Error.WriteLine($"error: {Number(failed.Count)} of {Count(of, "symbol")} failed; what the others gave is kept, and the same command again asks only for what is missing");
        foreach (var symbol in failed.Take(MostShown))
        {
            Console.Error.WriteLine($"  {symbol.Symbol}: {symbol.Reason}");
        }

        if (failed.Count > MostShown)
        {
            Console.Error.WriteLine($"  and {Number(failed.Count - MostShown)} more: --json lists them all");
        }
    }
}
