using Bf.Core.Market;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Generate;

/// <summary>On what terms rows are committed.</summary>
/// <param name="Replaced">The rows that go; null where all are appended.</param>
/// <param name="Txns">Progress that each commit stores.</param>
/// <param name="Stands">How a table stands to what the rows go on from.</param>
/// <param name="Before">Returns once a commit may be made; null where nothing has to come before it.</param>
internal sealed record CommitTerms(Replaced? Replaced, IReadOnlyList<Txn> Txns, Func<Snapshot, Standing> Stands, Action? Before = null);

/// <summary>Puts the rows of universes into the tables of results, one commit a table: behind what is there, or in place of it.</summary>
/// <param name="interval">The bars' length.</param>
/// <param name="settings">With what the rows were made.</param>
/// <param name="results">The universes.</param>
/// <param name="run">The run's name.</param>
/// <param name="terms">On what terms.</param>
internal sealed class ResultWriter(Interval interval, GenerateSettings settings, IReadOnlyList<UniverseResults> results, string run, CommitTerms terms)
{
    private const string Name = "new_rows";

    /// <summary>What is the same in every row: it is added when the file is written, which is quicker than a copy for each row.</summary>
    private readonly Dictionary<string, string> _constant = new(StringComparer.Ordinal)
    {
        ["interval"] = interval.Name, ["versions"] = Fingerprint.Versions, ["settings"] = settings.Text, ["run"] = run,
    };

    /// <summary>Writes one table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="filled">The columns that have values; others of the table are left out of the file, and read as NULL.</param>
    /// <param name="rows">How a universe's rows are appended.</param>
    public void Write(DeltaTable table, TableSchema filled, Func<ResultRows, Action<DuckAppender>> rows)
    {
        using var connection = DuckDatabase.Connect();
        var staged = filled with { Columns = Array.FindAll(filled.Columns, c => !_constant.ContainsKey(c.Name)) };
        connection.Execute($"DROP TABLE IF EXISTS {Name}; {staged.CreateTemporary(Name)}");
        using (var appender = connection.Append(Name, [.. staged.Columns.Select(c => c.DuckType)]))
        {
            foreach (var one in results.OrderBy(r => r.Universe.Name, StringComparer.Ordinal))
            {
                rows(new ResultRows(one, settings))(appender);
            }

            appender.Complete();
        }

        var columns = filled.Columns.Select(c => _constant.TryGetValue(c.Name, out var value) ? $"{DuckConnection.Quote(value)} AS {DuckConnection.Name(c.Name)}" : DuckConnection.Name(c.Name));
        ResultCommit.Write(table, connection, $"(SELECT {string.Join(", ", columns)} FROM {Name})", terms);
    }
}
