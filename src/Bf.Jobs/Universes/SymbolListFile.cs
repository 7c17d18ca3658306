using System.Globalization;
using Bf.Core.Market;

namespace Bf.Jobs.Universes;

/// <summary>
/// A symbol list's file: CSV with a header that names its columns, <c>symbol</c> and, where it has them, <c>from</c>, <c>to</c> and
/// <c>group</c>, in any order; without a header they are symbol, from, to. Lines that begin with # are comments.
/// </summary>
internal sealed class SymbolListFile
{
    private static readonly string[] Known = ["symbol", "from", "to", "group"];

    private readonly string _path;
    private readonly List<Row> _rows = [];
    private readonly List<string> _comments = [];
    private string[] _columns = ["symbol", "from", "to"];

    private SymbolListFile(string path) => _path = path;

    /// <summary>Reads a list.</summary>
    /// <exception cref="JobException">The file is not what it should be; the message names the line.</exception>
    public static SymbolList Read(string path)
    {
        var file = new SymbolListFile(path);
        var number = 0;
        foreach (var text in File.ReadLines(path))
        {
            file.Line(++number, text.Trim());
        }

        return file._rows.Count > 0 ? file.List() : throw new JobException($"{path}: the list names no symbol");
    }

    private void Line(int number, string line)
    {
        if (line.StartsWith('#'))
        {
            _comments.Add(line.TrimStart('#', ' '));
        }
        else if (line.Length > 0)
        {
            var fields = line.Split(',', StringSplitOptions.TrimEntries);
            if (Array.Exists(fields, f => f.Equals("symbol", StringComparison.OrdinalIgnoreCase)))
            {
                _columns = fields.Length == 1 ? _columns : Array.ConvertAll(fields, f => f.ToLowerInvariant()); // a single word leaves room for dates
                if (Array.Find(_columns, c => !Known.Contains(c)) is { } other)
                {
                    throw new JobException($"{_path} line {number}: a list has no column '{other}'; it has {string.Join(", ", Known)}");
                }
            }
            else
            {
                _rows.Add(Parse(number, fields));
            }
        }
    }

    private Row Parse(int number, string[] fields)
    {
        var symbol = Bar.Normalize(Field("symbol"));
        if (symbol.Length == 0 || fields.Length > _columns.Length)
        {
            throw new JobException($"{_path} line {number}: write {(_columns.Contains("group") ? string.Join(',', _columns) : "symbol, or symbol,from,to")}");
        }

        return new(symbol, new Membership(Date("from", long.MinValue), Date("to", long.MaxValue)), Field("group"));

        string Field(string column) => Array.IndexOf(_columns, column) is >= 0 and var i && i < fields.Length ? fields[i] : "";

        long Date(string column, long missing) =>
            Field(column) is not { Length: > 0 } text ? missing
            : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? Timestamp.Of(date)
            : throw new JobException($"{_path} line {number}: '{text}' is no date like 2024-01-31");
    }

    private SymbolList List()
    {
        var name = Path.GetFileNameWithoutExtension(_path);
        var groups = _rows.Where(r => r.Group.Length > 0).GroupBy(r => Slug(r.Group), StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new SymbolGroup(g.First().Group, Make($"{name}/{g.Key}", g))).ToList();
        var notes = _comments.Where(c => Labelled(c, "as of:") is null && Labelled(c, "source:") is null).ToList();
        return new(name, _path, notes.FirstOrDefault() ?? "", Make(name, groups.Count == 0 ? _rows : Joined()))
        {
            AsOf = Label("as of:"),
            Source = Label("source:"),
            Notes = [.. notes.Skip(1)],
            Groups = groups,
        };

        string? Label(string label) => _comments.Select(c => Labelled(c, label)).FirstOrDefault(c => c is not null);
    }

    private static string? Labelled(string comment, string label) =>
        comment.StartsWith(label, StringComparison.OrdinalIgnoreCase) ? comment[label.Length..].Trim() : null;

    /// <summary>A group's name in a universe's: <c>Health Care</c> is <c>health_care</c>.</summary>
    private string Slug(string title)
    {
        var slug = string.Join('_', new string([.. title.ToLowerInvariant().Select(c => char.IsLetterOrDigit(c) ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return slug.Length > 0 ? slug : throw new JobException($"{_path}: the group '{title}' has neither letter nor digit");
    }

    private Universe Make(string name, IEnumerable<Row> rows)
    {
        try
        {
            return Universe.Of(name, rows.Select(r => (r.Symbol, r.Stay)).Distinct());
        }
        catch (ArgumentException e)
        {
            throw new JobException($"{_path}: {e.Message}");
        }
    }

    /// <summary>A symbol may stand in several groups at once, or move from one to the next: it belongs to the list while in any.</summary>
    private IEnumerable<Row> Joined()
    {
        foreach (var symbol in _rows.GroupBy(r => r.Symbol, StringComparer.Ordinal))
        {
            Row? open = null;
            foreach (var row in symbol.OrderBy(r => r.Stay.From))
            {
                if (open is not null && row.Stay.From > open.Stay.To)
                {
                    yield return open;
                    open = null;
                }

                open = open is null ? row : open with { Stay = new(open.Stay.From, Math.Max(open.Stay.To, row.Stay.To)) };
            }

            yield return open!;
        }
    }

    private sealed record Row(string Symbol, Membership Stay, string Group);
}
