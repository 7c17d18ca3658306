using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Bf.Jobs.Query;
using Bf.Jobs.Search;
using Bf.Jobs.Search.Query;
using static Bf.Cli.TextTable;

namespace Bf.Cli.Commands;

/// <summary><c>bf signals search</c>: dates and thrusts by their values, in Elasticsearch or in the lake.</summary>
internal sealed class SignalsSearchCommand : BfCommand
{
    private const int MostRows = 100_000;

    /// <summary>The columns of breadth that are shown where the query names none.</summary>
    private static readonly string[] Usual = ["adv", "dec", "pct_above50", "mcc_osc"];

    private readonly Argument<string[]> _query = new("QUERY")
    {
        Description = "FIELD:VALUE, FIELD:>70, FIELD:[60 TO 80], ts:2020-03, words with *, AND, OR, NOT, parentheses, quotes; a word alone is a detector, a state or a universe", Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _in = new("--in") { Description = "the table (else the one that the fields say)", HelpName = "signals|breadth|thrusts" };
    private readonly UniverseOptions _universe = new(several: true);
    private readonly Option<string?> _limit = new("--limit") { Description = "the most rows (else 20)", HelpName = "N" };
    private readonly Option<string?> _sort = new("--sort") { Description = "the order (else ts:desc)", HelpName = "FIELD:asc|desc" };
    private readonly Option<string?> _engine = new("--engine") { Description = "whom to ask (else Elasticsearch where ELASTICSEARCH_HOST is set and answers, and the lake otherwise)", HelpName = "elasticsearch|lake" };
    private readonly Option<string> _format = new("--format") { Description = "table or csv", HelpName = "FORMAT", DefaultValueFactory = _ => "table" };

    public SignalsSearchCommand()
        : base("search", "find dates and thrusts by their values, in Elasticsearch or in the lake: the answer is the same",
            "bf signals search 'state:buy AND score:>70'", "bf signals search zbt_ema", "bf signals search 'pct_above200:<10 AND ts:[2019 TO 2020]' --sort pct_above200",
            "bf signals search 'detector:deemer* OR value:>=0.9' --universe dow30 --limit 5", "bf signals search 'NOT state:hold ts:2020-03' --format csv")
    {
        _in.AcceptOnly("signals", "thrusts", "breadth"); // not from the catalogue, which would be read whenever a command line is
        _engine.AcceptOnly("elasticsearch", "lake");
        _format.AcceptOnly("table", "csv");
        _universe.Universe.Description = "only these universes; several are separated by commas (else all that there are)";
        Arguments.Add(_query);
        foreach (var option in (Option[])[_in, _universe.Universe, _universe.SymbolList, _universe.Symbols, _limit, _sort, _engine, _format])
        {
            Options.Add(option);
        }

        Do(Run);
    }

    private int Run(Invocation call)
    {
        var limit = call.Get(_limit) is not { } text ? 20 : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n is >= 1 and <= MostRows ? n
            : throw new UsageException($"--limit: 1 to {Number(MostRows)} rows");
        var any = call.Get(_universe.Universe) is null && call.Get(_universe.SymbolList) is null && call.Get(_universe.Symbols) is null;
        var query = SearchQuery.Parse(string.Join(' ', call.Get(_query)!), call.Get(_in), any ? [] : [.. _universe.ReadSeveral(call).Select(u => u.Name)], call.Get(_sort), limit);
        var found = SearchJob.Run(call.OpenLake, query, call.Get(_engine), call.Settings, why => Say(call, why), call.Cancel);
        Say(call, $"asked {(found.Engine == "lake" ? "the lake" : "Elasticsearch at")} {found.Place}");
        call.Out.Document(() => new JsonObject
        {
            ["engine"] = found.Engine, ["table"] = found.Table, ["total"] = found.Total, ["hits"] = new JsonArray([.. found.Rows.Select(r => Json(found, r))]),
        });
        if (call.Get(_format) == "csv" && !call.Out.Json)
        {
            Csv(found);
            return ExitCode.Done;
        }

        Table(call.Out, query, found);
        call.Out.Line(found.Total > found.Rows.Count ? $"{Number(found.Rows.Count)} of {Count(found.Total, "row")} of {found.Table}; more with --limit" : $"{Count(found.Total, "row")} of {found.Table}");
        return ExitCode.Done;
    }

    private static void Say(Invocation call, string text)
    {
        if (!call.Out.Quiet)
        {
            Console.Error.WriteLine(text);
        }
    }

    private static JsonObject Json(SearchResult found, string?[] row) =>
        new(found.Columns.Index().Where(c => row[c.Index] is not null).Select(c => KeyValuePair.Create(c.Item, JsonNode.Parse(found.Kinds[c.Index].ToJson(row[c.Index])))));

    private static void Csv(SearchResult found)
    {
        var sink = new CsvSink(Console.Out);
        sink.Begin(found.Columns, found.Kinds);
        foreach (var row in found.Rows)
        {
            for (var c = 0; c < row.Length; c++)
            {
                sink.Cell(c, row[c]);
            }

            sink.EndRow();
        }

        sink.End(found.Rows.Count);
    }

    private static void Table(Output output, SearchQuery query, SearchResult found)
    {
        string[] shown = query.Table switch
        {
            "thrusts" => ["ts", "universe", "detector", "value", "threshold", "days_since_low"],
            "signals" => ["ts", "universe", "score", "state", "z_advances", "z_volume", "z_highs_lows", "z_trend"],
            _ => ["ts", "universe", .. query.Named.Any(n => n is not ("ts" or "universe")) ? [] : Usual],
        };
        List<string> names = [.. found.Columns];
        int[] columns = [.. shown.Concat(query.Named).Distinct().Select(n => names.IndexOf(n)).Where(c => c >= 0)];
        var table = new TextTable([.. columns.Select(c => names[c])]).Right([.. columns.Index().Where(c => found.Kinds[c.Item] == CellKind.Number).Select(c => c.Index)]);
        foreach (var row in found.Rows)
        {
            table.Add([.. columns.Select(c => Cell(found.Kinds[c], row[c]))]);
        }

        output.Table(table);
    }

    /// <summary>A value for people: four decimals, and no midnight.</summary>
    private static string? Cell(CellKind kind, string? text) =>
        kind != CellKind.Number ? text?.Replace("T00:00:00Z", "", StringComparison.Ordinal)
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? Number(whole)
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) ? Number(real, 4) : text;
}
