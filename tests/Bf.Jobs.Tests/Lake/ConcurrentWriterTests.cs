using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Tests.Lake;

public sealed class ConcurrentWriterTests
{
    [Fact]
    public void Rows_of_writers_that_append_at_once_are_all_there_once()
    {
        const int Writers = 8, Rounds = 4;
        using var t = new TestTable();
        using var start = new Barrier(Writers);
        var failures = new List<Exception>();
        var threads = Enumerable.Range(0, Writers).Select(w => new Thread(() =>
        {
            start.SignalAndWait();
            try
            {
                var own = t.Open(TestTable.Schema);
                for (var i = 0; i < Rounds; i++)
                {
                    t.Append($"SELECT 'W{w}' AS symbol, make_timestamptz(0) AS ts, {(w * Rounds) + i}::BIGINT AS n, 0.5::DOUBLE AS x", own);
                }
            }
            catch (Exception e)
            {
                lock (failures)
                {
                    failures.Add(e);
                }
            }
        })).ToList();
        threads.ForEach(x => x.Start());
        threads.ForEach(x => x.Join());

        Assert.Empty(failures);
        Assert.Equal(Writers * Rounds - 1, t.Table.Load().Version);
        Assert.Equal((Enumerable.Range(0, Writers * Rounds).Sum(), Writers * Rounds), t.Sum());
        using var connection = DuckDatabase.Connect();
        Assert.Equal(Writers * Rounds, connection.Scalar($"SELECT count(DISTINCT n) FROM {t.Table.Relation(t.Table.Load())}"));
        Assert.Equal(Writers * Rounds, Directory.EnumerateFiles(t.At("t"), "*.parquet").Count()); // files of lost attempts are gone
    }

    [Fact]
    public void A_plan_is_made_anew_when_another_writer_was_first()
    {
        using var t = new TestTable();
        t.Append("A", 1);
        var seen = new List<long>();
        using var connection = DuckDatabase.Connect();
        var snapshot = t.Table.Update(before =>
        {
            seen.Add(before.Version);
            var sum = connection.Scalar($"SELECT sum(n)::BIGINT FROM {t.Table.Relation(before)}");
            if (seen.Count == 1)
            {
                t.Append("B", 10); // between our look and our commit
            }

            var change = new Change("WRITE");
            change.Add.Add(t.Table.WriteFile(connection, $"SELECT 'sum' AS symbol, make_timestamptz(0) AS ts, {sum}::BIGINT AS n, 0::DOUBLE AS x")!);
            return change;
        });

        Assert.Equal([0, 1], seen);
        Assert.Equal(2, snapshot.Version);
        Assert.Equal((1 + 10 + 11, 3), t.Sum());
        Assert.Equal(3, Directory.EnumerateFiles(t.At("t"), "*.parquet").Count());
    }

    [Fact]
    public void A_plan_may_give_up_when_it_sees_what_the_other_writer_did()
    {
        using var t = new TestTable();
        t.Append("A", 1);
        using var connection = DuckDatabase.Connect();
        var snapshot = t.Table.Update(before =>
        {
            if (before.Version == 1)
            {
                return null;
            }

            t.Append("A", 1);
            var change = new Change("WRITE");
            change.Add.Add(t.Table.WriteFile(connection, "SELECT 'A' AS symbol, make_timestamptz(0) AS ts, 1::BIGINT AS n, 0::DOUBLE AS x")!);
            return change;
        });

        Assert.Equal(1, snapshot.Version);
        Assert.Equal((2, 2), t.Sum());
    }

    [Fact]
    public void A_plan_that_finds_nothing_to_do_in_what_it_saw_looks_at_what_there_is()
    {
        using var t = new TestTable();
        t.Append("A", 1);
        var other = t.Open(TestTable.Schema);
        t.Append("SELECT 'B' AS symbol, make_timestamptz(0) AS ts, 2::BIGINT AS n, 0::DOUBLE AS x", other);

        var seen = new List<long>();
        Assert.Equal(1, t.Table.Update(s =>
        {
            seen.Add(s.Version);
            return null;
        }).Version);
        Assert.Equal([0, 1], seen);
    }

    [Fact]
    public void A_snapshot_stays_as_it_is_when_the_table_goes_on()
    {
        using var t = new TestTable();
        t.Append("A", 1);
        var before = t.Table.Load();
        t.Append("B", 2);

        Assert.Equal((0, 1), (before.Version, before.Files.Count));
        Assert.Equal((1, 2), (t.Table.Load().Version, t.Table.Load().Files.Count));
    }

    [Fact]
    public void Imports_of_one_bar_at_once_leave_one_row()
    {
        using var lake = new TestLake();
        var files = Enumerable.Range(0, 6).Select(i => lake.Write($"{i}.csv", $"{Market.Header}\n2024-01-02,A,10,12,9,11,11,{i}\n2024-01-02,B{i},10,12,9,11,11,1\n")).ToList();
        using var start = new Barrier(files.Count);
        var threads = files.Select(f => new Thread(() =>
        {
            start.SignalAndWait();
            lake.Import(f);
        })).ToList();
        threads.ForEach(x => x.Start());
        threads.ForEach(x => x.Join());

        Assert.Equal("7|7", lake.Value("SELECT count(*), count(DISTINCT symbol) FROM bars_1d"));
        Assert.Equal("6", lake.Value("SELECT count(*) FROM runs"));
    }
}
