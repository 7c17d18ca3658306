using System.CommandLine;
using System.Text.Json.Nodes;
using Bf.Core.Breadth;
using Bf.Core.Breadth.Further;
using Bf.Core.Breadth.Indicators;
using Bf.Core.Catalogue;
using Bf.Core.Signals;

namespace Bf.Cli.Commands;

/// <summary><c>bf signals indicators</c>: the catalogue of indicators; it needs no lake.</summary>
internal sealed class SignalsIndicatorsCommand : BfCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "an indicator, or a column of table breadth: all about it", Arity = ArgumentArity.ZeroOrOne, DefaultValueFactory = _ => "" };
    private readonly Option<bool> _markdown = new("--markdown") { Description = "the page docs/indicators.md: indicators, detectors and score" };

    public SignalsIndicatorsCommand()
        : base("indicators", "the indicators: what each measures, its formula, source, parameters and units", "bf signals indicators", "bf signals indicators mcc_osc", "bf signals indicators --json")
    {
        Arguments.Add(_name);
        Options.Add(_markdown);
        Do(Run);
    }

    private int Run(Invocation call)
    {
        if (call.Get(_markdown))
        {
            call.Out.Result(CataloguePage.Markdown().TrimEnd('\n'));
            call.Out.Document(() => new JsonObject { ["markdown"] = CataloguePage.Markdown() });
            return ExitCode.Done;
        }

        var name = call.Get(_name)!;
        if (name.Length == 0)
        {
            Overview(call);
            call.Out.Document(() => new JsonArray([.. IndicatorCatalogue.All.Select(Json), .. FurtherIndicators.Families.Select(Json)]));
        }
        else if (IndicatorCatalogue.Find(name) is { } indicator)
        {
            Details(call, indicator.Title, indicator.Name, indicator.Measures, indicator.Source, indicator.Note, indicator.Columns, Json(indicator));
        }
        else if (Family(name) is { } family)
        {
            var columns = (FurtherIndicators.Find(name) ?? family.Standard[0]).Columns;
            Details(call, family.Title, family.Name, family.Measures, family.Source, family.Note, columns, Json(family));
            call.Out.Line($"on demand: bf signals generate --indicators {(FurtherIndicators.Find(name) is null ? family.Standard[0].Name : name.ToLowerInvariant())}");
        }
        else
        {
            throw new UsageException(Detectors.Find(name) is { } detector
                ? $"{detector.Name} is a detector; its rule and source: bf signals list"
                : $"there is no indicator or column '{name}'; see them with: bf signals indicators");
        }

        return ExitCode.Done;
    }

    /// <summary>The family of indicators on demand that a name means: its own, with an N, or that of a column of some length.</summary>
    private static FurtherFamily? Family(string name)
    {
        try
        {
            return FurtherIndicators.Families.FirstOrDefault(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? FurtherIndicators.Find(name)?.Family;
        }
        catch (ArgumentException e)
        {
            throw new UsageException(e.Message);
        }
    }

    private static void Overview(Invocation call)
    {
        var table = new TextTable("indicator", "column", "unit", "measures").Folded();
        foreach (var indicator in IndicatorCatalogue.All)
        {
            foreach (var (at, c) in indicator.Columns.Index())
            {
                table.Add(at == 0 ? indicator.Name : "", c.Name, Brief(c.Unit), c.Measures);
            }
        }

        foreach (var family in FurtherIndicators.Families)
        {
            table.Add(family.Name, "on demand", Brief(family.Standard[0].Columns[^1].Unit), family.Measures);
        }

        call.Out.Table(table);
        call.Out.Line($"{TextTable.Count(IndicatorCatalogue.All.Count, "indicator")}, {TextTable.Count(IndicatorCatalogue.All.Sum(i => i.Columns.Count), "column")} of table breadth; formula, source, parameters and warm-up of one: bf signals indicators NAME");
        call.Out.Line("on demand, N being a number of bars: bf signals generate --indicators all, or names such as pct_above_sma37,nh_nl10");
    }

    /// <summary>A unit without its range, where columns are scarce.</summary>
    public static string Brief(string unit) => unit.Split(',')[0];

    private static void Details(Invocation call, string title, string name, string measures, string source, string? note, IReadOnlyList<BreadthColumn> columns, JsonObject document)
    {
        call.Out.Prose($"{title} ({name}): {measures}");
        call.Out.Prose($"source: {source}");
        if (note is not null)
        {
            call.Out.Prose($"note: {note}");
        }

        if (document["parameters"] is JsonArray { Count: > 0 } all)
        {
            var parameters = new TextTable("parameter", "default", "least", "most", "meaning").Right(1, 2, 3);
            foreach (var p in all)
            {
                parameters.Add($"{p!["name"]}", $"{p["default"]}", $"{p["least"]}", $"{p["most"]}", $"{p["meaning"]}");
            }

            call.Out.Table(parameters);
        }

        var table = new TextTable("column", "unit", "warm-up", "formula").Right(2).Folded();
        foreach (var c in columns)
        {
            table.Add(c.Name, c.Unit, $"{c.WarmUp}", c.Undefined is null ? c.Formula : $"{c.Formula}; NULL: {c.Undefined}");
        }

        call.Out.Table(table);
        call.Out.Line("of a date: bf signals show DATE");
        call.Out.Document(() => new JsonArray(document));
    }

    private static JsonObject Json(Indicator i) => new()
    {
        ["name"] = i.Name, ["title"] = i.Title, ["on_demand"] = false, ["measures"] = i.Measures, ["source"] = i.Source, ["note"] = i.Note,
        ["parameters"] = new JsonArray([.. i.Parameters.Select(p => Parameter(p.Name, p.Default, p.Least, p.Most, p.Meaning))]),
        ["columns"] = new JsonArray([.. i.Columns.Select(Json)]),
    };

    private static JsonObject Json(FurtherFamily f) => new()
    {
        ["name"] = f.Name, ["title"] = f.Title, ["on_demand"] = true, ["measures"] = f.Measures, ["formula"] = f.Formula, ["source"] = f.Source, ["note"] = f.Note,
        ["parameters"] = new JsonArray([.. f.Parameters.Select(p => Parameter(p.Name, p.Default, p.Least, p.Most, p.Meaning))]),
        ["columns"] = new JsonArray([.. f.Standard.SelectMany(i => i.Columns).DistinctBy(c => c.Name).Select(Json)]),
    };

    private static JsonObject Parameter(string name, double value, double least, double most, string meaning) =>
        new() { ["name"] = name, ["default"] = value, ["least"] = least, ["most"] = most, ["meaning"] = meaning };

    private static JsonObject Json(BreadthColumn c) => new()
    {
        ["name"] = c.Name, ["kind"] = c.Kind.ToString().ToLowerInvariant(), ["unit"] = c.Unit, ["measures"] = c.Measures, ["formula"] = c.Formula, ["source"] = c.Source,
        ["warm_up"] = c.WarmUp, ["null_where"] = c.Undefined,
    };
}
