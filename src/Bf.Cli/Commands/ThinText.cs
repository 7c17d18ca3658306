using System.Text.Json.Nodes;
using Bf.Core.Breadth;
using Bf.Core.Market;
using Bf.Jobs;

namespace Bf.Cli.Commands;

/// <summary>What is said of dates with too few symbols.</summary>
internal static class ThinText
{
    /// <summary>One line on stderr, when there are any.</summary>
    public static void Warn(Universe universe, IReadOnlyList<ThinDate> thin)
    {
        if (thin is not [.., var last])
        {
            return;
        }

        var which = thin.Count == 1 ? Timestamp.Format(last.Ts) : $"{TextTable.Number(thin.Count)} dates, the last of them {Timestamp.Format(last.Ts)},";
        Log.Warn($"{universe.Name}: {which} {(thin.Count == 1 ? "has" : "have")} less than {TextTable.Percent(Coverage.Least, 0)} of the usual number of symbols ({TextTable.Number(last.Symbols)} of {TextTable.Number(last.Usual)}); {ToDo(universe)}");
    }

    /// <summary>Each date, with how many symbols it has and how many were usual.</summary>
    public static JsonArray Json(IReadOnlyList<ThinDate> thin) =>
        new([.. thin.Select(d => new JsonObject { ["ts"] = Timestamp.Format(d.Ts), ["symbols"] = d.Symbols, ["usual"] = d.Usual })]);

    private static string ToDo(Universe universe) => universe.IsCounts
        ? "import the counts of these dates again: bf data import-counts FILE"
        : $"import what is missing, or see: bf data quality --check thin_dates{(universe.IsAll ? "" : $" --universe {universe.Name}")}";
}
