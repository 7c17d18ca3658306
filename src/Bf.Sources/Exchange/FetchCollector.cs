using Bf.Sources.Fetch;

namespace Bf.Sources.Exchange;

/// <summary>Puts together what workers fetched, from rows in order of symbol and place, and checks that nothing was lost, doubled or changed on the way.</summary>
/// <param name="asked">The symbols that were to be asked for.</param>
public sealed class FetchCollector(IEnumerable<string> asked)
{
    private readonly HashSet<string> _awaited = new(asked, StringComparer.Ordinal);
    private List<BarReading> _rows = [];
    private AnswerDigest _digest = new();
    private string? _symbol;

    /// <summary>Takes a row.</summary>
    /// <returns>What came of the symbol, when the row is its last.</returns>
    /// <exception cref="FormatException">The row is none that a worker writes there.</exception>
    public FetchOutcome? Add(in FetchRow row)
    {
        if (!_awaited.Contains(row.Symbol) || (_symbol is not null && _symbol != row.Symbol) || row.Seq != _rows.Count)
        {
            throw Broken(_symbol is not null && _symbol != row.Symbol ? $"the answer for {_symbol} does not end" : $"a row of kind '{row.Kind}' for '{row.Symbol}' is not one that a worker writes there");
        }

        row.AddTo(ref _digest);
        if (row.Kind == FetchRow.Reading)
        {
            _symbol = row.Symbol;
            _rows.Add(row.ToReading());
            return null;
        }

        if (row.Digest != _digest.Value)
        {
            throw Broken($"the answer for {row.Symbol} is not the one that was sent");
        }

        var outcome = Outcome(row, _rows);
        _awaited.Remove(row.Symbol);
        (_rows, _digest, _symbol) = ([], new(), null);
        return outcome;
    }

    /// <summary>Checks that all symbols came.</summary>
    /// <exception cref="FormatException">Some did not.</exception>
    public void End()
    {
        if (_awaited.Count > 0)
        {
            throw Broken($"of {_awaited.Count} symbols nothing arrived, {_awaited.Order(StringComparer.Ordinal).First()} among them");
        }
    }

    private static FetchOutcome Outcome(in FetchRow row, List<BarReading> rows) => row.Kind switch
    {
        FetchRow.Answer => new(row.Symbol, new(rows) { Gaps = (int)(row.Gaps ?? 0), Unfinished = (int)(row.Unfinished ?? 0), AskAgain = row.AskAgain, Note = row.Text }),
        FetchRow.Failure when rows.Count == 0 && Enum.TryParse<SourceFailure>(row.Rule, out var failure) => new(row.Symbol, null, new SourceException(failure, row.Text ?? "")),
        FetchRow.NotAsked when rows.Count == 0 => new(row.Symbol, null, NotAsked: row.Text ?? ""),
        _ => throw Broken($"a row of kind '{row.Kind}' for '{row.Symbol}'"),
    };

    private static FormatException Broken(string what) => new($"what came back from the workers is not whole: {what}");
}
