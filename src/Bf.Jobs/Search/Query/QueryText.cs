namespace Bf.Jobs.Search.Query;

/// <summary>The text of a query, and errors that point at a place in it.</summary>
internal sealed class QueryText(string text)
{
    public string Text => text;

    /// <summary>An error, with the query and a mark below the place.</summary>
    public FormatException Error(int at, string message) =>
        new($"{message}\n  {new string([.. text.Select(c => char.IsControl(c) ? ' ' : c)])}\n  {new string(' ', at)}^");
}
