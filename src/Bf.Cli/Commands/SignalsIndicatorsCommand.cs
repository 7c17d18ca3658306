using System.CommandLine;
using System.Text.Json.Nodes;
using Bf.Core.Breadth.Indicators;
using Bf.Core.Catalogue;

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
        var chosen = name.Length == 0
            ? IndicatorCatalogue.All
            : [IndicatorCatalogue.Find(name) ?? throw new UsageException($"there is no indicator or column '{name}'; see them with: bf signals indicators")];
        if (name.Length == 0)
        {
            Overview(call);
        }
        else
        {
            Details(call, chosen[0]);
        }

        call.Out.Document(() => new JsonArray([.. chosen.Select(Json)]));
        return ExitCode.Done;
    }

    private static void Overview(Invocation call)
    {
        var table = new TextTable("indicator", "column", "unit", "measures", "formula");
        foreach (var indicator in IndicatorCatalogue.All)
        {
            foreach (var (at, c) in indicator.Columns.Index())
            {
                table.Add(at == 0 ? indicator.Name : "", c.Name, c.Unit, c.Measures, c.Formula);
            }
        }

        call.Out.Table(table);
        call.Out.Line($"{TextTable.Count(IndicatorCatalogue.All.Count, "indicator")}, {TextTable.Count(IndicatorCatalogue.All.Sum(i => i.Columns.Count), "column")} of table breadth; source, parameters and warm-up of one: bf signals indicators NAME");
    }

    private static void Details(Invocation call, Indicator indicator)
    {
        call.Out.Line($"{indicator.Title} ({indicator.Name}): {indicator.Measures}");
        call.Out.Line($"source: {indicator.Source}");
        if (indicator.Note is { } note)
        {
            call.Out.Line($"note: {note}");
        }

        if (indicator.Parameters.Count > 0)
        {
            var parameters = new TextTable("parameter", "default", "least", "most", "meaning").Right(1, 2, 3);
            foreach (var p in indicator.Parameters)
            {
                parameters.Add(p.Name, $"{p.Default}", $"{p.Least}", $"{p.Most}", p.Meaning);
            }

            call.Out.Table(parameters);
        }

        var table = new TextTable("column", "unit", "warm-up", "formula", "NULL where").Right(2);
        foreach (var c in indicator.Columns)
        {
            table.Add(c.Name, c.Unit, $"{c.WarmUp}", c.Formula, c.Undefined);
        }

        call.Out.Table(table);
        call.Out.Line("of a date: bf signals show DATE");
    }

    private static JsonNode Json(Indicator i) => new JsonObject
    {
        ["name"] = i.Name, ["title"] = i.Title, ["measures"] = i.Measures, ["source"] = i.Source, ["note"] = i.Note,
        ["parameters"] = new JsonArray([.. i.Parameters.Select(p => new JsonObject { ["name"] = p.Name, ["default"] = p.Default, ["least"] = p.Least, ["most"] = p.Most, ["meaning"] = p.Meaning })]),
        ["columns"] = new JsonArray([.. i.Columns.Select(c => new JsonObject
        {
            ["name"] = c.Name, ["kind"] = c.Kind.ToString().ToLowerInvariant(), ["unit"] = c.Unit, ["measures"] = c.Measures, ["formula"] = c.Formula, ["source"] = c.Source,
            ["warm_up"] = c.WarmUp, ["null_where"] = c.Undefined,
        })]),
    };
}
