using Bf.Jobs.Spark.Connect.Arrow;

namespace Bf.Jobs.Tests.Spark.Connect;

/// <summary>What the rows of <see cref="SparkSql.AllTypes"/> have to be.</summary>
internal static class AllTypes
{
    public static void Check(ArrowBatch batch)
    {
        Assert.Equal(3, batch.Rows);
        Assert.Equal(
            [
                ("n", ArrowKind.Int), ("truth", ArrowKind.Boolean), ("tiny", ArrowKind.TinyInt), ("small", ArrowKind.SmallInt), ("whole", ArrowKind.Int), ("big", ArrowKind.BigInt),
                ("single", ArrowKind.Float), ("number", ArrowKind.Double), ("text", ArrowKind.String), ("bytes", ArrowKind.Binary), ("day", ArrowKind.Date),
                ("moment", ArrowKind.Timestamp), ("local", ArrowKind.TimestampNtz), ("nothing", ArrowKind.Void),
            ],
            batch.Columns.Select(c => (c.Field.Name, c.Field.Kind)));
        for (var column = 1; column < batch.Columns.Count; column++)
        {
            Assert.True(batch.IsNull(column, 1));
            Assert.Equal(column == 13, batch.IsNull(column, 0));
        }

        Assert.False(batch.IsNull(0, 1));
        Assert.Equal([1, 2, 3], batch.Ints(0).ToArray());
        Assert.True(batch.Boolean(1, 0));
        Assert.False(batch.Boolean(1, 2));
        Assert.Equal((7, -128), (batch.SBytes(2)[0], batch.SBytes(2)[2]));
        Assert.Equal((300, short.MaxValue), (batch.Shorts(3)[0], batch.Shorts(3)[2]));
        Assert.Equal((-5, int.MinValue), (batch.Ints(4)[0], batch.Ints(4)[2]));
        Assert.Equal((9_000_000_000, long.MaxValue), (batch.Longs(5)[0], batch.Longs(5)[2]));
        Assert.Equal((1.5f, float.NaN), (batch.Floats(6)[0], batch.Floats(6)[2]));
        Assert.Equal((0.1, double.NegativeInfinity), (batch.Doubles(7)[0], batch.Doubles(7)[2]));
        Assert.Equal(("Zürich", ""), (batch.Text(8, 0), batch.Text(8, 2)));
        Assert.Equal([0, 255], batch.Bytes(9, 0).ToArray());
        Assert.Empty(batch.Bytes(9, 2).ToArray());
        Assert.Equal((new DateOnly(2024, 2, 29).DayNumber - 719162, -1), (batch.Ints(10)[0], batch.Ints(10)[2]));
        Assert.Equal((1_709_210_096_789_012, 0), (batch.Longs(11)[0], batch.Longs(11)[2]));
        Assert.Equal((-1, 946_684_800_000_000), (batch.Longs(12)[0], batch.Longs(12)[2]));
    }
}
