using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Bf.Jobs.Tests.Infra.Observe;

/// <summary>A file of <c>infra/prometheus/rules</c>.</summary>
internal sealed class RuleFile
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "infra", "prometheus");

    public static IReadOnlyList<RuleFile> All { get; } = [.. Directory.GetFiles(Path.Combine(Folder, "rules")).Order(StringComparer.Ordinal).Select(Read<RuleFile>)];

    public static IEnumerable<Rule> Alerts => All.SelectMany(f => f.Rules).Where(r => r.Alert is not null);

    public List<Group> Groups { get; set; } = [];

    public IEnumerable<Rule> Rules => Groups.SelectMany(g => g.Rules);

    public static T Read<T>(string path) =>
        new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).IgnoreUnmatchedProperties().Build().Deserialize<T>(File.ReadAllText(path));

    internal sealed class Group
    {
        public List<Rule> Rules { get; set; } = [];
    }

    internal sealed class Rule
    {
        public string? Record { get; set; }

        public string? Alert { get; set; }

        public string Expr { get; set; } = "";

        public Dictionary<string, string> Labels { get; set; } = [];

        public Dictionary<string, string> Annotations { get; set; } = [];

        public override string ToString() => Alert ?? Record ?? "?";
    }
}
