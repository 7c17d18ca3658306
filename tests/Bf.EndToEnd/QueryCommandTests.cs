using System.Text.Json;

namespace Bf.EndToEnd;

/// <summary><c>bf query</c> by the program, on a small lake.</summary>
public sealed class QueryCommandTests(SmallLake lake) : IClassFixture<SmallLake>
{
    private BfProgram Bf => lake.Bf;

    [Fact]
    public void A_query_writes_exact_csv_and_json()
    {
        const string Sql = "SELECT 0.1::DOUBLE + 0.2 AS a, NULL::VARCHAR AS b, '' AS c, 'x,\"y\"' AS d, true AS e, TIMESTAMPTZ '2024-01-02 00:00:00+00' AS f, 1.10::DECIMAL(4,2) AS g";

        Assert.Equal("a,b,c,d,e,f,g\n0.30000000000000004,,\"\",\"x,\"\"y\"\"\",true,2024-01-02T00:00:00Z,1.10\n", Bf.Run("query", Sql, "--format", "csv").Done().Out.Replace("\r", "", StringComparison.Ordinal));
        var row = Assert.Single(Bf.Run("query", Sql, "--format", "json").Done().Json.EnumerateArray());
        Assert.Equal(0.1 + 0.2, row.GetProperty("a").GetDouble());
        Assert.Equal((JsonValueKind.Null, "", "x,\"y\"", true), (row.GetProperty("b").ValueKind, row.GetProperty("c").GetString(), row.GetProperty("d").GetString(), row.GetProperty("e").GetBoolean()));
        Assert.Contains("(1 row)", Bf.Run("query", Sql).Done().Out);
    }

    [Fact]
    public void A_query_may_come_on_standard_input() =>
        Assert.Equal("n\n8\n", Bf.Run(["query", "-", "--format", "csv"], "SELECT count(DISTINCT symbol) AS n\nFROM bars_1d;\n").Done().Out);

    [Fact]
    public void Tables_are_listed_and_one_that_is_not_there_leads_to_the_list()
    {
        Assert.Equal(["bars_1d", "breadth", "thrusts"], Bf.Run("query", "SHOW TABLES", "--json").Done().Json.EnumerateArray().Select(r => r.GetProperty("name").GetString()).Intersect(["bars_1d", "bars_5m", "breadth", "thrusts"]));

        var result = Bf.Run("query", "SELECT * FROM prices");
        Assert.Equal((1, "error: there is no table 'prices'; see the lake's with: bf query \"SHOW TABLES\"\n"), (result.Code, result.Error));
    }

    [Fact]
    public void A_query_that_would_write_is_refused()
    {
        var before = Bf.Everything();
        var result = Bf.Run("query", $"COPY (SELECT 1) TO '{Bf.At("x.csv")}'");

        Assert.Equal(1, result.Code);
        Assert.Contains("only reads", result.Error);
        Assert.Equal(before, Bf.Everything());
    }

    [Fact]
    public void Json_numbers_that_are_not_finite_are_null() =>
        Assert.Equal("[null,null,1]", $"[{string.Join(',', Bf.Run("query", "SELECT 'NaN'::DOUBLE AS x UNION ALL SELECT '-Infinity'::DOUBLE UNION ALL SELECT 1", "--json").Done().Json.EnumerateArray().Select(r => r.GetProperty("x").GetRawText()))}]");
}
