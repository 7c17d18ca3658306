using System.Buffers.Binary;
using Bf.Jobs.Spark.Connect.Arrow;

namespace Bf.Jobs.Tests.Spark.Connect;

public sealed class ArrowStreamTests
{
    [Fact]
    public void Every_type_and_its_nulls_are_read() => AllTypes.Check(Assert.Single(ArrowStream.Read(Captured.AllTypes)));

    [Fact]
    public void An_answer_without_rows_has_its_columns()
    {
        var batch = Assert.Single(ArrowStream.Read(Captured.NoRows));

        Assert.Equal(0, batch.Rows);
        Assert.Equal(["id", "s"], batch.Columns.Select(c => c.Field.Name));
        Assert.True(batch.Longs(0).IsEmpty);
    }

    [Fact]
    public void A_stream_of_a_schema_alone_is_one_batch_without_rows()
    {
        var bytes = Captured.ThreeLongs;
        var schema = 8 + BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(4));

        var batch = Assert.Single(ArrowStream.Read(bytes.AsMemory(0, schema)));

        Assert.Equal(0, batch.Rows);
        Assert.Equal("id", Assert.Single(batch.Columns).Field.Name);
    }

    [Fact]
    public void A_column_is_found_by_name_and_another_kind_is_refused()
    {
        var batch = Assert.Single(ArrowStream.Read(Captured.ThreeLongs));

        Assert.Equal([0, 1, 2], batch.Longs(batch.Column("id")).ToArray());
        Assert.Contains("no column adv, but id", Assert.Throws<JobException>(() => batch.Column("adv")).Message, StringComparison.Ordinal);
        Assert.Contains("column id of Spark's answer is BIGINT, not DOUBLE", Assert.Throws<JobException>(() => batch.Doubles(0).Length).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_stream_is_refused_in_words_or_read_within_its_bounds()
    {
        var whole = Captured.AllTypes;
        var (read, refused) = (0, 0);
        for (var at = 0; at < whole.Length; at++)
        {
            TryRead(whole.AsMemory(0, at));
            foreach (var wrong in new byte[] { 0, 1, 0x7f, 0x80, 0xff })
            {
                var damaged = whole.ToArray();
                damaged[at] = wrong;
                TryRead(damaged);
            }
        }

        Assert.True(read > 0 && refused > whole.Length / 2, $"{read} values read, {refused} streams refused");

        void TryRead(ReadOnlyMemory<byte> bytes)
        {
            try
            {
                foreach (var batch in ArrowStream.Read(bytes))
                {
                    foreach (var column in batch.Columns.Where(c => c.Field.Kind is ArrowKind.String or ArrowKind.BigInt))
                    {
                        read += column.Field.Kind == ArrowKind.BigInt ? column.Values<long>(ArrowKind.BigInt).Length : Enumerable.Range(0, batch.Rows).Sum(r => column.Bytes(r).Length);
                    }
                }
            }
            catch (JobException e)
            {
                Assert.Matches("Spark's answer|answer of Spark", e.Message);
                refused++;
            }
        }
    }

    [Fact]
    public void A_cut_batch_is_no_shorter_answer() =>
        Assert.Throws<JobException>(() => ArrowStream.Read(Captured.ThreeLongs.AsMemory(0, 300)));
}
