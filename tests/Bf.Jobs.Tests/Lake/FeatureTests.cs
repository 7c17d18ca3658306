using Bf.Jobs.Lake.Delta;

namespace Bf.Jobs.Tests.Lake;

public sealed class FeatureTests
{
    private const string Deleted = """{"add":{"path":"x.parquet","partitionValues":{},"size":1,"modificationTime":0,"dataChange":true,"deletionVector":{"storageType":"u","pathOrInlineDv":"x","offset":1,"sizeInBytes":1,"cardinality":1}}}""" + "\n";
    private const string Plain = """{"minReaderVersion":1,"minWriterVersion":2}""";

    [Theory]
    [InlineData("""{"minReaderVersion":4,"minWriterVersion":7}""", "reader version 4")]
    [InlineData("""{"minReaderVersion":3,"minWriterVersion":7,"readerFeatures":["vacuumProtocolCheck","variantType"],"writerFeatures":["variantType"]}""", "variantType")]
    [InlineData("""{"minReaderVersion":3,"minWriterVersion":7,"readerFeatures":["vacuumProtocolCheck","variantType-preview"],"writerFeatures":["variantType-preview"]}""", "variantType-preview")]
    [InlineData("""{"minReaderVersion":3,"minWriterVersion":7,"readerFeatures":["vacuumProtocolCheck","variantShredding"],"writerFeatures":["variantShredding"]}""", "variantShredding")]
    [InlineData("""{"minReaderVersion":3,"minWriterVersion":7,"readerFeatures":["vacuumProtocolCheck","variantShredding-preview"],"writerFeatures":["variantShredding-preview"]}""", "variantShredding-preview")]
    [InlineData("""{"minReaderVersion":3,"minWriterVersion":7,"readerFeatures":["vacuumProtocolCheck","catalogManaged"],"writerFeatures":["catalogManaged"]}""", "catalogManaged")]
    [InlineData("""{"minReaderVersion":3,"minWriterVersion":7,"readerFeatures":["vacuumProtocolCheck","catalogOwned-preview"],"writerFeatures":["catalogOwned-preview"]}""", "catalogOwned-preview")]
    [InlineData("""{"minReaderVersion":3,"minWriterVersion":7,"readerFeatures":["vacuumProtocolCheck","geospatial"],"writerFeatures":["geospatial"]}""", "geospatial")]
    [InlineData("""{"minReaderVersion":3,"minWriterVersion":7,"readerFeatures":["vacuumProtocolCheck","materializePartitionColumns"],"writerFeatures":["materializePartitionColumns"]}""", "materializePartitionColumns")]
    [InlineData("""{"minReaderVersion":3,"minWriterVersion":7,"readerFeatures":["vacuumProtocolCheck","collations"],"writerFeatures":["collations"]}""", "collations")]
    [InlineData("""{"minReaderVersion":3,"minWriterVersion":7,"readerFeatures":["vacuumProtocolCheck","ofTomorrow"],"writerFeatures":["ofTomorrow"]}""", "ofTomorrow")]
    public void A_reader_feature_that_is_lacking_is_named(string protocol, string feature)
    {
        using var t = new TestTable();
        t.WriteLog(Log(protocol));

        Assert.Contains($"can't be read: it uses the Delta feature {feature},", Refusal(() => t.Table.Load()));
    }

    [Fact]
    public void A_mapping_of_another_mode_is_refused_where_the_protocol_knows_mappings()
    {
        using var t = new TestTable();
        t.WriteLog(Log("""{"minReaderVersion":2,"minWriterVersion":5}""", configuration: "\"delta.columnMapping.mode\":\"position\""));

        Assert.Contains("columnMapping by position", Refusal(() => t.Table.Load()));
    }

    [Fact]
    public void A_mapping_that_the_protocol_does_not_know_is_none()
    {
        using var t = new TestTable();
        t.WriteLog(Log(Plain, configuration: "\"delta.columnMapping.mode\":\"name\""));

        t.Append("A", 1);
        Assert.Equal((1, 1), t.Sum());
    }

    [Fact]
    public void A_mapping_mode_of_none_is_no_mapping()
    {
        using var t = new TestTable();
        t.WriteLog(Log("""{"minReaderVersion":2,"minWriterVersion":5}""", configuration: "\"delta.columnMapping.mode\":\"none\""));

        t.Append("A", 1);
        Assert.Equal((1, 1), t.Sum());
    }

    [Theory]
    [InlineData("""{"minReaderVersion":2,"minWriterVersion":5}""", "\"delta.columnMapping.mode\":\"name\"", "", "", "columnMapping")]
    [InlineData(Plain, "", "\"symbol\",\"n\"", "", "partition columns (symbol, n)")]
    [InlineData(Plain, "", "", Deleted, "deletionVectors")]
    [InlineData("""{"minReaderVersion":3,"minWriterVersion":7,"readerFeatures":["deletionVectors"],"writerFeatures":["deletionVectors"]}""", "", "", "", "deletionVectors")]
    [InlineData("""{"minReaderVersion":3,"minWriterVersion":7,"readerFeatures":["columnMapping"],"writerFeatures":["columnMapping"]}""", "", "", "", "columnMapping")]
    [InlineData("""{"minReaderVersion":3,"minWriterVersion":7,"readerFeatures":["timestampNtz"],"writerFeatures":["timestampNtz"]}""", "", "", "", "timestampNtz")]
    [InlineData("""{"minReaderVersion":3,"minWriterVersion":7,"readerFeatures":["typeWidening"],"writerFeatures":["typeWidening"]}""", "", "", "", "typeWidening")]
    [InlineData("""{"minReaderVersion":3,"minWriterVersion":7,"readerFeatures":["v2Checkpoint"],"writerFeatures":["v2Checkpoint"]}""", "", "", "", "v2Checkpoint")]
    [InlineData("""{"minReaderVersion":1,"minWriterVersion":7,"writerFeatures":["domainMetadata"]}""", "", "", "", "domainMetadata")]
    [InlineData("""{"minReaderVersion":1,"minWriterVersion":7,"writerFeatures":["inCommitTimestamp"]}""", "", "", "", "inCommitTimestamp")]
    [InlineData("""{"minReaderVersion":1,"minWriterVersion":7,"writerFeatures":["clustering"]}""", "", "", "", "clustering")]
    public void What_is_read_but_would_be_lost_in_writing_is_refused_in_writing(string protocol, string configuration, string partitions, string more, string feature)
    {
        using var t = new TestTable();
        t.WriteLog(Log(protocol, configuration, partitions) + more);

        Assert.Equal(0, t.Table.Load().Version);
        Assert.Contains($"can't be written: it uses the Delta feature {feature},", Refusal(() => t.Append("A", 1)));
    }

    [Theory]
    [InlineData("""{"minReaderVersion":1,"minWriterVersion":8}""", "", "writer version 8")]
    [InlineData("""{"minReaderVersion":1,"minWriterVersion":7,"writerFeatures":["rowTracking"]}""", "", "rowTracking")]
    [InlineData("""{"minReaderVersion":1,"minWriterVersion":7,"writerFeatures":["appendOnly","ofTomorrow"]}""", "", "ofTomorrow")]
    [InlineData("""{"minReaderVersion":1,"minWriterVersion":4}""", "\"delta.enableChangeDataFeed\":\"true\"", "changeDataFeed")]
    [InlineData("""{"minReaderVersion":1,"minWriterVersion":3}""", "\"delta.constraints.positive\":\"n > 0\"", "checkConstraints (delta.constraints.positive)")]
    public void A_writer_feature_that_is_lacking_is_named_and_the_table_still_read(string protocol, string configuration, string feature)
    {
        using var t = new TestTable();
        t.WriteLog(Log(protocol, configuration: configuration));

        Assert.Equal(0, t.Table.Load().Version);
        Assert.Contains($"can't be written: it uses the Delta feature {feature},", Refusal(() => t.Append("A", 1)));
        Assert.Equal(0, t.Table.Load().Version);
    }

    [Theory]
    [InlineData("""{\"delta.invariants\":\"{\\\"expression\\\":{\\\"expression\\\":\\\"n > 0\\\"}}\"}""", "invariants")]
    [InlineData("""{\"delta.generationExpression\":\"n + 1\"}""", "generatedColumns")]
    [InlineData("""{\"delta.identity.start\":1}""", "identityColumns")]
    public void A_rule_of_a_column_is_refused_in_writing(string metadata, string feature)
    {
        using var t = new TestTable();
        t.WriteLog(Log(Plain, field: metadata));

        Assert.Contains($"can't be written: it uses the Delta feature {feature},", Refusal(() => t.Append("A", 1)));
    }

    [Fact]
    public void Features_that_are_named_but_not_used_are_no_obstacle()
    {
        using var t = new TestTable();
        t.WriteLog(Log("""{"minReaderVersion":3,"minWriterVersion":7,"readerFeatures":["vacuumProtocolCheck"],"writerFeatures":["appendOnly","invariants","checkConstraints","changeDataFeed","generatedColumns","identityColumns","vacuumProtocolCheck"]}"""));

        t.Append("A", 3);
        Assert.Equal((3, 1), t.Sum());
    }

    [Fact]
    public void A_table_for_appends_only_takes_appends_and_other_layouts_but_no_removal()
    {
        using var t = new TestTable();
        t.WriteLog(Log(Plain, configuration: "\"delta.appendOnly\":\"true\""));
        var file = Assert.Single(t.Append("A", 1).Files);

        Assert.Contains("can't be changed: it uses the Delta feature appendOnly,", Refusal(() => t.Table.Update(_ => Without(new Change("DELETE"), file))));
        Assert.Equal(2, t.Table.Update(_ => Without(new Change("OPTIMIZE") { ChangesData = false }, file)).Version);
    }

    [Theory]
    [InlineData("protocol")]
    [InlineData("metaData")]
    public void A_log_without_protocol_or_metadata_is_no_table(string action)
    {
        using var t = new TestTable();
        t.WriteLog(string.Concat(Log(Plain).Split('\n').Where(l => !l.Contains($"\"{action}\"", StringComparison.Ordinal)).Select(l => l + "\n")));

        Assert.Contains($"no {action} action", Refusal(() => t.Table.Load()));
    }

    private static Change Without(Change change, AddFile file)
    {
        change.Remove.Add(file);
        return change;
    }

    private static string Refusal(Action work) => Assert.Throws<DeltaException>(work).Message;

    private static string Log(string protocol, string configuration = "", string partitions = "", string field = "{}") =>
        $$$"""
        {"protocol":{{{protocol}}}}
        {"metaData":{"id":"00000000-0000-0000-0000-000000000001","format":{"provider":"parquet","options":{}},"schemaString":"{\"type\":\"struct\",\"fields\":[{\"name\":\"symbol\",\"type\":\"string\",\"nullable\":true,\"metadata\":{}},{\"name\":\"ts\",\"type\":\"timestamp\",\"nullable\":true,\"metadata\":{}},{\"name\":\"n\",\"type\":\"long\",\"nullable\":true,\"metadata\":{{{field}}}},{\"name\":\"x\",\"type\":\"double\",\"nullable\":true,\"metadata\":{}}]}","partitionColumns":[{{{partitions}}}],"configuration":{ {{{configuration}}} },"createdTime":0}}

        """;
}
