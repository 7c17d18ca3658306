using System.Text.Json.Nodes;
using Bf.Jobs.Search.Documents;

namespace Bf.Jobs.Search.Elastic;

/// <summary>Makes the place for a table's documents: template, fields of the indices that are there, alias. What belongs to somebody else is left alone, and said.</summary>
/// <param name="call">Sends a request with a JSON body, or none, and gives the answer; an answer that is an error is thrown.</param>
/// <param name="settings">Shards and replicas.</param>
internal sealed class IndexPlace(Func<HttpMethod, string, JsonObject?, JsonObject> call, ElasticSettings settings)
{
    /// <summary>Prepares a table.</summary>
    /// <exception cref="JobException">Something of another's has the name that is needed, or a field of it has another type.</exception>
    public void Prepare(SearchTable table)
    {
        var indices = Indices(table);
        PutTemplate(table);
        if (indices.Count > 0)
        {
            PutFields(table, [.. indices.Select(i => i.Name)]);
        }

        var without = indices.Where(i => !i.HasAlias).Select(i => i.Name).ToList();
        if (without.Count > 0)
        {
            var actions = new JsonArray([.. without.Select(i => new JsonObject { ["add"] = new JsonObject { ["index"] = i, ["alias"] = table.Alias } })]);
            call(HttpMethod.Post, "_aliases", new() { ["actions"] = actions });
        }
    }

    /// <summary>The indices of a table that are there.</summary>
    private List<(string Name, bool HasAlias)> Indices(SearchTable table)
    {
        var there = call(HttpMethod.Get, $"_resolve/index/{table.Alias}*", null);
        var indices = Named(there, "indices").ToList();
        if (indices.Exists(i => i.Name == table.Alias))
        {
            throw new JobException($"Elasticsearch has an index named {table.Alias}, which has to be the alias of {table.Pattern}; delete or rename it (curl -X DELETE .../{table.Alias}), or use another cluster");
        }

        if (Named(there, "data_streams").FirstOrDefault(s => s.Name == table.Alias || IsOf(table, s.Name)).Name is { } stream)
        {
            throw new JobException($"Elasticsearch has a data stream named {stream}, where the indices {table.Pattern} have to lie; use another cluster");
        }

        var alias = Named(there, "aliases").FirstOrDefault(a => a.Name == table.Alias).Node;
        if ((alias?["indices"] as JsonArray)?.Select(i => (string)i!).FirstOrDefault(i => !IsOf(table, i)) is { } foreign)
        {
            throw new JobException($"in Elasticsearch the alias {table.Alias} stands for the index {foreign}, which is not one of {table.Pattern}; take the alias from it, or use another cluster");
        }

        return [.. indices.Where(i => IsOf(table, i.Name)).Select(i => (i.Name, (i.Node["aliases"] as JsonArray)?.Any(a => (string?)a == table.Alias) == true))];
    }

    private void PutTemplate(SearchTable table)
    {
        JsonObject? ours = null;
        foreach (var item in call(HttpMethod.Get, "_index_template", null)["index_templates"] as JsonArray ?? [])
        {
            var (name, template) = ((string)item!["name"]!, (JsonObject)item["index_template"]!);
            if (name == IndexTemplate.NameOf(table))
            {
                ours = template;
            }
            else if (Overlap(table, template) is { } pattern)
            {
                throw new JobException($"Elasticsearch has an index template {name} for {pattern}, which {table.Pattern} would fall under or take from; delete it (curl -X DELETE .../_index_template/{name}), or use another cluster");
            }
        }

        var wanted = IndexTemplate.Of(table, settings, ours);
        if (ours is null || !IndexTemplate.Equal(ours, wanted))
        {
            call(HttpMethod.Put, $"_index_template/{IndexTemplate.NameOf(table)}", wanted);
        }
    }

    /// <summary>Gives indices the fields that they lack.</summary>
    private void PutFields(SearchTable table, IReadOnlyList<string> indices)
    {
        var wanted = IndexTemplate.Properties(table);
        var there = call(HttpMethod.Get, $"{string.Join(',', indices)}/_mapping", null);
        foreach (var index in indices)
        {
            var fields = there[index]?["mappings"]?["properties"] as JsonObject ?? [];
            var other = wanted.Where(w => fields[w.Key] is { } field && (string?)field["type"] != (string?)w.Value!["type"]).Select(w => w.Key).FirstOrDefault();
            if (other is not null)
            {
                throw new JobException($"in Elasticsearch's index {index} the field {other} is {(string?)fields[other]!["type"] ?? "an object"}, but has to be {(string?)wanted[other]!["type"]}; "
                    + $"delete the index (curl -X DELETE .../{index}) and send it again with: bf signals export");
            }

            var lacking = wanted.Where(w => fields[w.Key] is null).Select(w => KeyValuePair.Create(w.Key, w.Value?.DeepClone())).ToList();
            if (lacking.Count > 0)
            {
                call(HttpMethod.Put, $"{index}/_mapping", new() { ["properties"] = new JsonObject(lacking) });
            }
        }
    }

    /// <summary>The pattern by which a template reaches for the indices of a table; null where it does not, or is only a general one that yields to ours.</summary>
    private static string? Overlap(SearchTable table, JsonObject template)
    {
        var (ours, priority) = ($"{table.Alias}-", (long?)template["priority"] ?? 0);
        foreach (var pattern in (template["index_patterns"] as JsonArray ?? []).Select(p => (string)p!))
        {
            var star = pattern.IndexOf('*', StringComparison.Ordinal);
            var (head, tail) = star < 0 ? (pattern, "") : (pattern[..star], pattern[(star + 1)..]);
            var isGeneral = star >= 0 && head.Length < ours.Length && ours.StartsWith(head, StringComparison.Ordinal);
            var reaches = isGeneral ? tail.Length == 0 && priority >= IndexTemplate.PriorityOfOurs : head.StartsWith(ours, StringComparison.Ordinal);
            if (reaches)
            {
                return pattern;
            }
        }

        return null;
    }

    private static IEnumerable<(string Name, JsonNode Node)> Named(JsonObject answer, string kind) => (answer[kind] as JsonArray ?? []).Select(n => ((string)n!["name"]!, n));

    /// <summary>Whether an index is one of a table's, by a year.</summary>
    private static bool IsOf(SearchTable table, string index) =>
        index.Length == table.Alias.Length + 5 && index.StartsWith($"{table.Alias}-", StringComparison.Ordinal) && index[^4..].All(char.IsAsciiDigit);
}
