using Bf.Core.Market;
using Bf.Jobs.Universes;

namespace Bf.Jobs.Tests.Universes;

public sealed class SeveralUniversesTests
{
    [Theory]
    [InlineData("all", "all")]
    [InlineData("all,test-large", "all test-large")]
    [InlineData(" test-large , all,", "test-large all")]
    [InlineData("test-sectors", "test-sectors test-sectors/communication test-sectors/health_care test-sectors/tech_media")]
    [InlineData("test-sectors/health_care,test-large", "test-sectors/health_care test-large")]
    [InlineData("test-sectors/tech_media,test-large,test-sectors,test-large", "test-sectors/tech_media test-large test-sectors test-sectors/communication test-sectors/health_care")]
    public void Names_between_commas_are_universes_each_once_and_a_list_brings_its_groups(string names, string universes) =>
        Assert.Equal(universes, string.Join(' ', Several(names).Select(u => u.Name)));

    [Fact]
    public void The_other_options_name_one_universe()
    {
        Assert.Equal([Universe.All], Several(null));
        Assert.Equal(["test-sectors"], Several(null, list: "test-sectors").Select(u => u.Name));
        Assert.Equal(["AAPL,MSFT"], Several(null, symbols: "MSFT,AAPL").Select(u => u.Name));
        Assert.Contains("not several", Assert.Throws<JobException>(() => Several("all", symbols: "A")).Message);
    }

    [Fact]
    public void Imported_counts_are_one_of_several()
    {
        using var lake = new TestLake();
        lake.ImportCounts("date,advances,declines\n2023-01-02,1,2\n", "nyse.csv");

        Assert.Equal(["nyse", "test-large"], UniverseChoice.Several("nyse,test-large", null, null, () => lake.Lake).Select(u => u.Name));
    }

    [Theory]
    [InlineData("all,test-larg", "no universe or symbol list 'test-larg'. Did you mean test-large or test-large-2?")]
    [InlineData("test-sectors/tech", "the symbol list test-sectors has no group 'tech'. There are test-sectors/communication, test-sectors/health_care, test-sectors/tech_media")]
    [InlineData("test-large/tech", "the symbol list test-large has no groups; write --universe test-large")]
    [InlineData("communication", "Did you mean test-sectors/communication?")]
    [InlineData("test-sector", "Did you mean test-sectors?")]
    [InlineData(" , ", "--universe names no universe; write --universe all,dow30")]
    public void A_wrong_name_among_them_is_told_with_those_that_are_near(string names, string message) =>
        Assert.Contains(message, Assert.Throws<JobException>(() => Several(names)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("all,test-large", "--universe all or --universe test-large.")]
    [InlineData("test-sectors/tech_media,none", "--universe test-sectors/tech_media.")]
    public void Where_one_is_wanted_several_are_refused_and_named(string names, string choice)
    {
        using var lake = new TestLake();
        var message = Assert.Throws<JobException>(() => UniverseChoice.Of(names, null, null, () => lake.Lake)).Message;

        Assert.StartsWith($"'{names}' names several universes, and one is wanted here: {choice}", message, StringComparison.Ordinal);
        Assert.Equal(message, Assert.Throws<JobException>(() => UniverseChoice.Of(null, names, null, () => lake.Lake)).Message);
    }

    [Fact]
    public void A_group_is_a_universe_for_commands_that_take_one()
    {
        using var lake = new TestLake();

        Assert.Equal("test-sectors/communication", UniverseChoice.Of("test-sectors/communication", null, null, () => lake.Lake).Name);
        Assert.Equal(["META", "T"], UniverseChoice.Stored("test-sectors/communication").Symbols);
        Assert.Contains("test-sectors/communication", UniverseChoice.Names(lake.Lake));
    }

    private static IReadOnlyList<Universe> Several(string? universe, string? list = null, string? symbols = null)
    {
        using var lake = new TestLake();
        return UniverseChoice.Several(universe, list, symbols, () => lake.Lake);
    }
}
