using System.Text;
using Bf.Core.Market;
using Bf.Sources.Fetch;

namespace Bf.Sources.Exchange;

/// <summary>
/// A row by which a worker tells what a source answered: the rows of a symbol's answer as they were read, then one that says how it came out,
/// with a digest over them all. What is null stands as NULL; texts in base 64, since they may hold anything.
/// </summary>
/// <param name="Kind">One of the kinds below.</param>
/// <param name="Symbol">The symbol that was asked for.</param>
/// <param name="Seq">The row's place in the answer, from 0; where it says how the answer came out, how many rows there were.</param>
public readonly record struct FetchRow(string Kind, string Symbol, long Seq)
{
    /// <summary>A row of an answer: a bar, a gap, or what broke a rule.</summary>
    public const string Reading = "reading";

    /// <summary>The end of an answer.</summary>
    public const string Answer = "answer";

    /// <summary>There is no answer.</summary>
    public const string Failure = "failure";

    /// <summary>The symbol was not asked for, since it would have been in vain.</summary>
    public const string NotAsked = "not_asked";

    /// <summary>The columns with their types, in order, as Spark writes them.</summary>
    public const string Columns = "kind STRING, symbol STRING, seq BIGINT, line BIGINT, ts BIGINT, open DOUBLE, high DOUBLE, low DOUBLE, close DOUBLE, adj_close DOUBLE, volume BIGINT, "
        + "flags BIGINT, rule STRING, text STRING, gaps BIGINT, unfinished BIGINT, ask_again BIGINT, digest BIGINT";

    private const long Gap = 1;
    private const long Unadjusted = 2;

    /// <summary>The row's number in what the source sent.</summary>
    public long? Line { get; init; }

    /// <summary>The bar; null where the row is of another kind.</summary>
    public Bar? Bar { get; init; }

    /// <summary>What else there is to know of a reading, bit by bit.</summary>
    public long? Flags { get; init; }

    /// <summary>The rule that a reading breaks; the kind of a failure.</summary>
    public string? Rule { get; init; }

    /// <summary>The reading as it stood; the answer's note; why it failed.</summary>
    public string? Text { get; init; }

    /// <summary>Places without a price.</summary>
    public long? Gaps { get; init; }

    /// <summary>Bars left out because their session had not ended.</summary>
    public long? Unfinished { get; init; }

    /// <summary>Before this moment there can be nothing new.</summary>
    public long? AskAgain { get; init; }

    /// <summary>The digest of the answer, this row included.</summary>
    public long? Digest { get; init; }

    /// <summary>A row of an answer.</summary>
    public static FetchRow Of(string symbol, long seq, in BarReading row) => new(Reading, symbol, seq)
    {
        Line = row.Line, Bar = row.Bar, Flags = (row.IsGap ? Gap : 0) | (row.IsUnadjusted ? Unadjusted : 0), Rule = row.Broken, Text = row.Raw,
    };

    /// <summary>How an answer came out.</summary>
    public static FetchRow Of(string symbol, SourceAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return new(Answer, symbol, answer.Rows.Count) { Text = answer.Note, Gaps = answer.Gaps, Unfinished = answer.Unfinished, AskAgain = answer.AskAgain };
    }

    /// <summary>Why there is no answer.</summary>
    public static FetchRow Of(string symbol, SourceException failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return new(Failure, symbol, 0) { Rule = failure.Failure.ToString(), Text = failure.Message };
    }

    /// <summary>Why a symbol was not asked for.</summary>
    public static FetchRow Unasked(string symbol, string reason) => new(NotAsked, symbol, 0) { Text = reason };

    /// <summary>The row of an answer that this is.</summary>
    public BarReading ToReading() => new((Bar ?? default) with { Symbol = Symbol }, Line ?? 0, Rule, Text, (Flags & Gap) != 0, (Flags & Unadjusted) != 0);

    /// <summary>A text as it stands in a field.</summary>
    public static string? Encode(string? text) => text is null ? null : Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    /// <summary>The text of a field.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static string? Decode(string? field) => field is null ? null : Encoding.UTF8.GetString(Convert.FromBase64String(field));

    /// <summary>Adds the row to its answer's digest.</summary>
    internal void AddTo(ref AnswerDigest digest)
    {
        digest.Add(Kind);
        digest.Add(Symbol);
        digest.Add(Seq);
        digest.Add(Line);
        if (Bar is { } bar)
        {
            digest.Add(bar.Ts);
            digest.Add(bar.Open);
            digest.Add(bar.High);
            digest.Add(bar.Low);
            digest.Add(bar.Close);
            digest.Add(bar.AdjClose);
            digest.Add(bar.Volume);
        }

        digest.Add(Flags);
        digest.Add(Rule);
        digest.Add(Text);
        digest.Add(Gaps);
        digest.Add(Unfinished);
        digest.Add(AskAgain);
    }
}
