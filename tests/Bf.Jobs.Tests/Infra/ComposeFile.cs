using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Bf.Jobs.Tests.Infra;

/// <summary>A file of <c>infra/</c> for Docker Compose, as it is written: variables stay variables.</summary>
internal sealed partial class ComposeFile
{
    private readonly YamlMappingNode _root;

    private ComposeFile(string name)
    {
        Text = File.ReadAllText(PathOf(name));
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Text));
        _root = (YamlMappingNode)yaml.Documents[0].RootNode;
        Services = [.. ((YamlMappingNode)_root["services"]).Select(s => new ComposeService(((YamlScalarNode)s.Key).Value!, (YamlMappingNode)s.Value))];
    }

    public static ComposeFile Base { get; } = new("docker-compose.yml");

    public static ComposeFile Production { get; } = new("docker-compose.prod.yml");

    public string Text { get; }

    public IReadOnlyList<ComposeService> Services { get; }

    /// <summary>The variables it uses, with what stands behind their names: <c>:-default</c> or <c>:?message</c>.</summary>
    public IEnumerable<(string Name, string Default)> Variables => Variable().Matches(Text).Select(m => (m.Groups[1].Value, m.Groups[2].Value));

    public IEnumerable<string> Volumes => ((YamlMappingNode)_root["volumes"]).Children.Keys.Select(k => ((YamlScalarNode)k).Value!);

    public ComposeService this[string service] => Services.Single(s => s.Name == service);

    public static string PathOf(params string[] parts) => Path.Combine([Repository.Root, "infra", .. parts]);

    // $$ is a dollar for the container's shell
    [GeneratedRegex(@"(?<!\$)\$\{([A-Z_]+)([^}]*)\}")]
    private static partial Regex Variable();
}
