using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Bf.Jobs.Tests.Infra;

/// <summary>What the image of bf has to keep to; it is built where there is a Docker.</summary>
public sealed partial class DockerfileTests
{
    private static readonly string[] Lines = File.ReadAllLines(ComposeFile.PathOf("Dockerfile"));

    [Fact]
    public void It_ends_in_a_small_image_run_by_a_user_without_rights()
    {
        var last = Array.FindLastIndex(Lines, l => l.StartsWith("FROM ", StringComparison.Ordinal));
        Assert.True(Lines.Count(l => l.StartsWith("FROM ", StringComparison.Ordinal)) >= 2);
        Assert.DoesNotContain("/sdk:", Lines[last], StringComparison.Ordinal);
        Assert.Contains("USER $APP_UID", Lines[last..]);
        Assert.Contains("ENTRYPOINT [\"/opt/bf/bf\"]", Lines[last..]);
        var bf = ComposeFile.Base["bf"];
        Assert.Equal("true", bf.Text("read_only"));
        Assert.Contains("/tmp", bf.List("tmpfs"));
    }

    /// <summary>A web server in the program needs the runtime that has one.</summary>
    [Fact]
    public void Its_runtime_is_the_one_that_the_program_needs()
    {
        var web = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Any(f => XDocument.Load(f).Descendants("FrameworkReference").Any(r => (string?)r.Attribute("Include") == "Microsoft.AspNetCore.App"));
        Assert.StartsWith($"FROM mcr.microsoft.com/dotnet/{(web ? "aspnet" : "runtime")}:10.", Lines.Last(l => l.StartsWith("FROM ", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_it_names_of_the_repository_is_there_and_not_left_out()
    {
        var ignored = File.ReadAllLines(Path.Combine(Repository.Root, ".dockerignore")).Where(l => l.Length > 0 && !l.StartsWith('#')).ToList();
        var named = Lines.SelectMany(l => Source().Matches(l)).Select(m => m.Value).Distinct().ToList();
        Assert.NotEmpty(named);
        Assert.All(named, n => Assert.True(Path.Exists(Path.Combine(Repository.Root, n)), n));
        string[] needed = ["src", "profiles", "symbol-lists", "samples", "infra", "bf", "global.json", "Directory.Build.props", "Directory.Packages.props"];
        Assert.Empty(needed.Intersect(ignored));
        Assert.Contains(".env", ignored); // secrets
        Assert.Contains("artifacts", ignored);
        Assert.Contains(".native", ignored); // of this machine
    }

    [GeneratedRegex(@"(?<= )src/Bf\.[A-Za-z/.]+")]
    private static partial Regex Source();
}
