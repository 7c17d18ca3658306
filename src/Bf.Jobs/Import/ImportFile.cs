using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;
using Bf.Sources;
using Bf.Sources.Csv;
using Bf.Sources.Files;

namespace Bf.Jobs.Import;

/// <summary>How a file is read, as recognised.</summary>
/// <param name="File">The file; in an archive its entry too.</param>
/// <param name="Format">Its dialect in words.</param>
/// <param name="Columns">Which of its columns is taken for which, as in <c>ts=Date, close=Close/Last</c>.</param>
/// <param name="Symbol">The symbol that its name gives; null when a column does.</param>
/// <param name="IsAdjusted">Whether rows have an adjusted close.</param>
public sealed record Recognition(string File, string Format, string Columns, string? Symbol, bool IsAdjusted);

/// <summary>A file, table or archive's entry that an import reads.</summary>
internal abstract class ImportFile(string name)
{
    /// <summary>What errors and the quarantine call it.</summary>
    public string Name { get; } = name;

    /// <summary>Recognises how it is written.</summary>
    /// <exception cref="JobException">It is not what it should be; the message names it.</exception>
    public Recognition Recognise() => Guard(Look);

    /// <summary>Its rows in order.</summary>
    /// <exception cref="JobException">It is not what it should be; the message names it.</exception>
    public IEnumerable<BarReading> Read()
    {
        using var rows = Guard(Rows).GetEnumerator();
        Func<bool> next = rows.MoveNext; // once, not for each of millions of rows
        while (Guard(next))
        {
            yield return rows.Current;
        }
    }

    /// <summary>Recognises many, and names all that are not what they should be, not only the first.</summary>
    /// <exception cref="JobException">One or more can't be read.</exception>
    public static IReadOnlyList<Recognition> Recognise(IReadOnlyList<ImportFile> files)
    {
        const int Named = 10;
        var (recognised, errors) = TryRecognise(files);
        return errors.Count switch
        {
            0 => [.. recognised.Select(r => r.Recognised)],
            1 => throw new JobException(errors[0]),
            _ => throw new JobException($"{errors.Count} of {files.Count} files can't be read, so nothing was imported:\n  {string.Join("\n  ", errors.Take(Named))}{(errors.Count > Named ? $"\n  and {errors.Count - Named} more" : "")}"),
        };
    }

    /// <summary>Recognises many: those that are what they should be, and what is wrong with each of the others.</summary>
    public static (IReadOnlyList<(ImportFile File, Recognition Recognised)> Recognised, IReadOnlyList<string> Errors) TryRecognise(IReadOnlyList<ImportFile> files)
    {
        var recognised = new List<(ImportFile, Recognition)>();
        var errors = new List<string>();
        foreach (var file in files)
        {
            try
            {
                recognised.Add((file, file.Recognise()));
            }
            catch (JobException e)
            {
                errors.Add(e.Message);
            }
        }

        return (recognised, errors);
    }

    protected abstract Recognition Look();

    protected abstract IEnumerable<BarReading> Rows();

    private T Guard<T>(Func<T> work) => Guard(Name, work);

    /// <summary>Does what reads a file, and names the file when that goes wrong.</summary>
    /// <exception cref="JobException">The file can't be read, or is not what it should be.</exception>
    public static T Guard<T>(string name, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is FormatException or CsvHelper.CsvFormatException or DuckException or DeltaException or IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new JobException($"{name}: {e.Message}");
        }
    }
}

/// <summary>A text table, on disk, compressed or in an archive.</summary>
internal sealed class TextFile(DataFile file, string name, CsvSettings settings) : ImportFile(name)
{
    private readonly CsvBars _bars = new(settings);
    private CsvDialect? _dialect;

    private CsvDialect Dialect => _dialect ??= _bars.Recognise(file.Open, file.Symbol);

    protected override Recognition Look() =>
        new(Name, Dialect.Describe(), Dialect.DescribeColumns(), Dialect.Parts is [{ Symbol: { } symbol }] ? symbol : null, Dialect.IsAdjusted);

    protected override IEnumerable<BarReading> Rows() => _bars.Read(file.Open, Dialect);
}

/// <summary>A relation of typed columns: a Parquet file or a Delta table.</summary>
internal sealed class TypedFile(string kind, ParquetBars bars, string name) : ImportFile(name)
{
    protected override Recognition Look()
    {
        var (names, map) = bars.Columns();
        return new(Name, kind, map.Describe(names), map.Has(BarColumn.Symbol) ? null : bars.Symbol, map.Has(BarColumn.AdjClose));
    }

    protected override IEnumerable<BarReading> Rows() => bars.Read();
}
