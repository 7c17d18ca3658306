namespace Bf.Jobs.Infra.Kibana;

/// <summary>A line of what is said of the thing under the pointer.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Text">An expression of its text.</param>
internal sealed record PanelTip(string Title, string Text)
{
    /// <summary>A number in a format, or a dash where it is not known.</summary>
    public static string Number(string value, string format) => $"isValid({value}) ? format({value}, '{format}') : '-'";

    /// <summary>A text, or a dash.</summary>
    public static string Word(string value) => $"isValid({value}) ? {value} : '-'";

    /// <summary>The steps that make the texts.</summary>
    public static string Transform(IReadOnlyList<PanelTip> tips) => string.Join(", ", tips.Select((t, i) => $$"""{"calculate": {{PanelSpec.Text(t.Text)}}, "as": "tip{{i}}"}"""));

    /// <summary>The channel of a mark.</summary>
    public static string Channel(IReadOnlyList<PanelTip> tips) => $"[{string.Join(", ", tips.Select((t, i) => $$"""{"field": "tip{{i}}", "type": "nominal", "title": {{PanelSpec.Text(t.Title)}} }"""))}]";
}
