using System.Text;
using System.Text.Json;
using Bf.Core.Market;
using Bf.Jobs.Import;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Tests.Lake;
using Bf.Sources.Csv;

namespace Bf.Jobs.Tests.Mutation;

/// <summary>Damage that once ended in a fault of the program, found by mutation.</summary>
public sealed class DamageTests
{
    private const string Protocol = """{"protocol":{"minReaderVersion":1,"minWriterVersion":2}}""";
    private const string Schema = """{"type":"struct","fields":[{"name":"symbol","type":"string","nullable":true,"metadata":{}}]}""";

    [Theory]
    [InlineData("""{"add":{"size":1}}""", "path is missing")]
    [InlineData("""{"add":{"path":null}}""", "path is missing")]
    [InlineData("""{"remove":{}}""", "path is missing")]
    [InlineData("""{"txn":{"version":3}}""", "appId is missing")]
    [InlineData("""{"metaData":{"id":"x"}}""", "schemaString is missing")]
    [InlineData("""{"add":{"path":"x","deletionVector":{"storageType":"u"}}}""", "pathOrInlineDv is missing")]
    [InlineData("""{"sidecar":{}}""", "path is missing")]
    public void A_log_entry_that_lacks_what_it_must_have_is_named_with_its_line(string line, string why)
    {
        var error = Assert.Throws<DeltaException>(() => Table(Protocol, MetaData(Schema), line).Load());

        Assert.Contains("/memory/t: the log entry 00000000000000000000.json is damaged in line 3", error.Message);
        Assert.Contains(why, error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"type":"struct"}""")]
    [InlineData("""{"type":"struct","fields":{}}""")]
    [InlineData("""{"type":"struct","fields":[null]}""")]
    [InlineData("""{"type":"struct","fields":[{"name":null,"type":"string"}]}""")]
    [InlineData("""{"type":"struct","fields":[{"name":7,"type":"string"}]}""")]
    [InlineData("""{"type":"struct","fields":[{"name":"a","type":"string","type":"string"}]}""")]
    public void A_damaged_schema_is_named_whether_the_table_is_read_or_written(string schema)
    {
        const string Foreign = """{"protocol":{"minReaderVersion":3,"minWriterVersion":7,"readerFeatures":["columnMapping"],"writerFeatures":["columnMapping"]}}""";
        Assert.Contains("schema in its log is damaged", Assert.Throws<DeltaException>(() => Table(Protocol, MetaData(schema)).Update(_ => new Change("WRITE"))).Message);
        Assert.Contains("schema in its log is damaged", Assert.Throws<DeltaException>(() => Table(Foreign, MetaData(schema, "name")).Load()).Message);
    }

    [Theory]
    [InlineData("""{"numRecords":1.5}""")]
    [InlineData("""{"numRecords":1e99}""")]
    [InlineData("""{"minValues":{"\ud800":"a"},"maxValues":{"symbol":"\ud800"}}""")]
    [InlineData("""{"\ud800":1,"numRecord\ud800":2}""")]
    [InlineData("""{"minValues":[],"maxValues":7}""")]
    public void Statistics_that_make_no_sense_are_none(string stats)
    {
        var statistics = FileStatistics.Of(new AddFile { Path = "x", Stats = stats });

        Assert.Null(statistics.Rows);
        Assert.Null(statistics.MinText("symbol"));
        Assert.Null(statistics.MaxText("symbol"));
    }

    [Fact]
    public void A_gzip_file_with_damaged_codes_is_refused_by_name()
    {
        using var folder = new TempFolder();
        var file = folder.At("prices.csv.gz");
        File.WriteAllBytes(file, Convert.FromHexString("1F8B0800000000000003E5289E37")); // code lengths that fit no tree
        using var paths = new ImportPaths(null, new CsvSettings(Interval.Day), new FakeClock());

        Assert.StartsWith(file, Assert.Throws<JobException>(() => paths.Find([file], CancellationToken.None)[0].Read().Count()).Message);
    }

    private static DeltaTable Table(params string[] lines) => new(
        new MemoryStore(new(StringComparer.Ordinal) { ["t/_delta_log/00000000000000000000.json"] = Encoding.UTF8.GetBytes(string.Join('\n', lines)) }), TestTable.Schema, new FakeClock());

    private static string MetaData(string schema, string mapping = "none") =>
        """{"metaData":{"id":"x","format":{"provider":"parquet"},"schemaString":SCHEMA,"partitionColumns":[],"configuration":{"delta.columnMapping.mode":"MODE"}}}"""
            .Replace("SCHEMA", JsonSerializer.Serialize(schema), StringComparison.Ordinal).Replace("MODE", mapping, StringComparison.Ordinal);
}
