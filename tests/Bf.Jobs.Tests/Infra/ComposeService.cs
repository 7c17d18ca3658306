using YamlDotNet.RepresentationModel;

namespace Bf.Jobs.Tests.Infra;

/// <summary>A service of a compose file; what it takes over from a template by <c>&lt;&lt;</c> is its own.</summary>
internal sealed record ComposeService(string Name, YamlMappingNode Node)
{
    /// <summary>Whether it is meant to run until it is stopped, not to do something and end.</summary>
    public bool RunsOn => Text("restart") == "unless-stopped";

    public YamlNode? Find(string key) => Find(Node, key);

    public string? Text(string key) => (Find(key) as YamlScalarNode)?.Value;

    /// <summary>The texts of a list; none where there is no such key.</summary>
    public IReadOnlyList<string> List(string key) => Find(key) is YamlSequenceNode list ? [.. list.Select(i => ((YamlScalarNode)i).Value!)] : [];

    /// <summary>Names and texts of a mapping; none where there is no such key.</summary>
    public IReadOnlyDictionary<string, string> Map(string key) => Find(key) is YamlMappingNode map
        ? map.ToDictionary(p => ((YamlScalarNode)p.Key).Value!, p => ((YamlScalarNode)p.Value).Value!) : new Dictionary<string, string>();

    /// <summary>The services that it waits for, and what for.</summary>
    public IReadOnlyList<(string Service, string Condition)> DependsOn() => Find("depends_on") is YamlMappingNode map ? [.. Waits(map)] : [];

    private static IEnumerable<(string Service, string Condition)> Waits(YamlMappingNode map) => map.SelectMany(p => ((YamlScalarNode)p.Key).Value is var key && key == "<<"
        ? Waits((YamlMappingNode)p.Value) : [(key!, ((YamlScalarNode)((YamlMappingNode)p.Value)["condition"]).Value!)]);

    private static YamlNode? Find(YamlMappingNode node, string key) => node.Children.TryGetValue(key, out var value) ? value
        : node.Children.TryGetValue("<<", out var template) ? Find((YamlMappingNode)template, key) : null;
}
