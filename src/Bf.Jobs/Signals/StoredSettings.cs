using Bf.Core.Market;
using Bf.Jobs.Generate;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Signals;

/// <summary>The settings that a universe's results were computed with, as its rows of <c>signals</c> say.</summary>
internal static class StoredSettings
{
    /// <summary>The settings; the usual ones where nothing is stored, or rows were stored before settings were.</summary>
    public static GenerateSettings Of(DataLake lake, Universe universe, Interval interval)
    {
        var table = lake.Table(Tables.Signals);
        var snapshot = table.Load();
        var files = snapshot.Files.Where(f => FileStatistics.Of(f).MayHold("universe", universe.Name)).ToList();
        if (files.Count == 0)
        {
            return GenerateSettings.Usual;
        }

        using var connection = DuckDatabase.Connect();
        using var rows = connection.Query(
            $"SELECT settings FROM {table.Relation(snapshot, files)} WHERE universe = {DuckConnection.Quote(universe.Name)} AND interval = '{interval}' ORDER BY ts DESC LIMIT 1");
        return rows.Next() && rows.Rows > 0 && !rows.IsNull(0, 0) ? GenerateSettings.Parse(rows.Text(0, 0)) : GenerateSettings.Usual;
    }
}
