using Bf.Sources.Http;

namespace Bf.Sources.Fetch;

/// <summary>A source of the catalogue with all that it is made from, so that another process can make the same one.</summary>
/// <param name="Name">The source's name.</param>
/// <param name="Settings">The settings that it reads, with their values; keys among them.</param>
/// <param name="Options">Its own options that were given.</param>
/// <param name="End">The last day that the user wants, or null.</param>
public sealed record SourceChoice(string Name, IReadOnlyDictionary<string, string> Settings, IReadOnlyDictionary<string, string> Options, DateOnly? End)
{
    /// <summary>What a source is made from in a context.</summary>
    public static SourceChoice Of(SourceInfo info, SourceContext context)
    {
        ArgumentNullException.ThrowIfNull(info);
        ArgumentNullException.ThrowIfNull(context);
        string[] settings = info.UrlSetting is { } url ? [url, .. info.Settings] : [.. info.Settings];
        return new(info.Name, Given(settings, context.Setting), Given(info.Options.Select(o => o.Name), context.Option), context.End);
    }

    /// <summary>Makes the source.</summary>
    /// <exception cref="FormatException">This program has no such source, or a value is wrong.</exception>
    public IBarSource Make(HttpGet http, TimeProvider clock) =>
        BarSources.Of(Name).Make(new(s => Settings.GetValueOrDefault(s), o => Options.GetValueOrDefault(o), http, clock) { End = End });

    private static SortedDictionary<string, string> Given(IEnumerable<string> names, Func<string, string?> value)
    {
        var given = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (value(name) is { } text)
            {
                given[name] = text;
            }
        }

        return given;
    }
}
