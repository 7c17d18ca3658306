using Bf.Jobs.Config;
using Bf.Jobs.Lake;
using Bf.Jobs.Search.Elastic;
using Bf.Jobs.Search.Query;

namespace Bf.Jobs.Search;

/// <summary><c>bf signals search</c>: asks Elasticsearch, or the lake where there is none.</summary>
public static class SearchJob
{
    /// <summary>Searches.</summary>
    /// <param name="lake">Opens the lake, where it is asked.</param>
    /// <param name="query">The query.</param>
    /// <param name="engine"><c>elasticsearch</c> or <c>lake</c>; null for Elasticsearch where its address was set and it answers, else the lake.</param>
    /// <param name="settings">How Elasticsearch is reached.</param>
    /// <param name="note">Is told why the lake is asked, where Elasticsearch could have been meant.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="JobException">Elasticsearch was asked for and has no such documents, or refuses.</exception>
    /// <exception cref="ServiceDownException">Elasticsearch was asked for and can't be reached.</exception>
    public static SearchResult Run(Func<DataLake> lake, SearchQuery query, string? engine, Settings settings, Action<string> note, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(lake);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(note);
        return engine == "lake" || (engine is null && settings.Of("ELASTICSEARCH_HOST").Origin == SettingOrigin.Default)
            ? LakeSearch.Run(lake(), query, cancel)
            : AskIndex(lake, query, engine is not null, settings, note, cancel);
    }

    // apart from the rest: what belongs to HTTP is loaded only where it is called
    private static SearchResult AskIndex(Func<DataLake> lake, SearchQuery query, bool must, Settings settings, Action<string> note, CancellationToken cancel)
    {
        var why = "";
        using var index = new ElasticIndex(ElasticSettings.Of(settings));
        try
        {
            if (IndexSearch.Run(index, query, cancel) is { } found)
            {
                return found;
            }

            why = $"Elasticsearch at {index.Place} has no {query.Table}; send them there with: bf signals export";
        }
        catch (ServiceDownException e) when (!must)
        {
            why = e.Message;
        }

        if (must)
        {
            throw new JobException(why);
        }

        note(why);
        return LakeSearch.Run(lake(), query, cancel);
    }
}
