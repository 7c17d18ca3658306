namespace Bf.Jobs.Tests.Infra.Observe;

/// <summary>A file of <c>infra/prometheus/tests</c>, which promtool runs.</summary>
internal sealed class RuleTestFile
{
    public static IReadOnlyList<string> Paths { get; } = [.. Directory.GetFiles(Path.Combine(RuleFile.Folder, "tests")).Order(StringComparer.Ordinal)];

    public List<Case> Tests { get; set; } = [];

    internal sealed class Case
    {
        public List<Question> PromqlExprTest { get; set; } = [];
    }

    internal sealed class Question
    {
        public string Expr { get; set; } = "";

        public List<Sample> ExpSamples { get; set; } = [];

        /// <summary>Whether it expects that the alert fires.</summary>
        public bool Expects(string alert) => ExpSamples.Any(s => s.Labels.Contains($"alertname=\"{alert}\", alertstate=\"firing\"", StringComparison.Ordinal));

        /// <summary>Whether it expects that, of all alerts that fire, this is none.</summary>
        public bool Excludes(string alert) => Expr.Contains("ALERTS", StringComparison.Ordinal) && PromQl.Of(Expr).Labels.All(l => l == "alertstate") && !Expects(alert);
    }

    internal sealed class Sample
    {
        public string Labels { get; set; } = "";
    }
}
