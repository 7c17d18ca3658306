namespace Bf.Sources;

/// <summary>Reads <c>--map</c>: <c>ts=Date,close=Last</c>; on the left a column of bf, on the right the file's.</summary>
internal static class MapOption
{
    /// <summary>The file's names by bf's columns.</summary>
    /// <param name="map">The option's text, or null.</param>
    /// <param name="known">The column of a name, or null.</param>
    /// <param name="columns">The names of bf's columns, for the message.</param>
    /// <param name="example">An example, for the message.</param>
    /// <exception cref="FormatException">A part is not of that form, or names no column of bf.</exception>
    public static Dictionary<TColumn, string> Parse<TColumn>(string? map, Func<string, TColumn?> known, string columns, string example)
        where TColumn : struct, Enum
    {
        var answer = new Dictionary<TColumn, string>();
        foreach (var part in (map ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (part.Split('=', 2, StringSplitOptions.TrimEntries) is not [var ours, { Length: > 0 } theirs] || known(ours) is not { } column)
            {
                throw new FormatException($"--map {part}: write COLUMN=NAME with a column of {columns}, as in {example}");
            }

            answer[column] = theirs;
        }

        return answer;
    }
}
