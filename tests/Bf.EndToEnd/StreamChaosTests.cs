using System.Globalization;
using Bf.Core.Market;
using Bf.Jobs.Tests;

namespace Bf.EndToEnd;

/// <summary>A stream whose processes and servers are killed ends where a batch of the same bars ends.</summary>
public sealed class StreamChaosTests(ChaosServers servers) : IClassFixture<ChaosServers>
{
    private static readonly string[] Sinks = ["lake", "elasticsearch"];

    // twenty kills and a minute of silence take variables: BF_CHAOS_KILLS=20 BF_CHAOS_SECONDS=60
    private static readonly int Kills = Number("BF_CHAOS_KILLS", 8);
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(Number("BF_CHAOS_SECONDS", 2));

    [Fact]
    public void Killed_again_and_again_while_its_servers_stop_and_start_it_ends_as_the_batch_does()
    {
        var (random, stack) = (new Random(8), servers.Stack);
        Dictionary<int, string[]> outages = new() { [2] = ["elasticsearch"], [4] = ["kafka"], [6] = ["kafka", "elasticsearch"] };
        using var stream = new ChaosStream(stack, "killed");
        stream.EmptyIndex();
        using (var first = stream.Replay(servers.Batch, "--speed", "max", "--end-date", "2018-06-29"))
        {
            ChaosStream.Ends(first);
        }

        // 1,637 sessions of 6.5 hours, a second and a half for each kill
        using var replay = stream.Replay(servers.Batch, "--speed", (26_000_000 / Kills).ToString(CultureInfo.InvariantCulture), "--start-date", "2018-07-02", "--patience", "200");
        for (var kill = 0; kill < Kills; kill++)
        {
            var written = stream.Commits("breadth");
            using var member = kill % 4 == 3 ? stream.StartNow(Sinks) : stream.Start(Sinks);
            if (outages.TryGetValue(kill, out var stopped))
            {
                // a server that is not there when a stream begins ends it, which is another matter
                stream.Await("breadth", written, member);
                Array.ForEach(stopped, stack.Down);
                Thread.Sleep(Outage);
                stack.Up(stopped);
            }

            Thread.Sleep(random.Next(1000));
            ChaosStream.Kill(member);
        }

        ChaosStream.Ends(replay);
        using (var last = stream.StartNow(Sinks))
        {
            Assert.Equal(0, ChaosStream.Ends(last).GetProperty("bad").GetInt64());
        }

        stream.AssertLakeEquals(servers.Batch);
        Assert.Equal("", LakeState.Of(stream.Program, "quarantine"));
        stream.AssertIndexEqualsLake();
        stream.AssertOutputEqualsLake();
    }

    [Fact]
    public void A_member_that_is_killed_for_good_and_one_that_joins_share_the_work_and_end_as_the_batch_does()
    {
        using var stream = new ChaosStream(servers.Stack, "shared");
        using (var first = stream.Replay(servers.Batch, "--speed", "max", "--end-date", "2018-06-29"))
        {
            ChaosStream.Ends(first);
        }

        using var one = stream.Start("lake");
        using var other = stream.Start("lake");
        using var replay = stream.Replay(servers.Batch, "--speed", "2400000", "--start-date", "2018-07-02"); // 16 s
        Thread.Sleep(2000);
        ChaosStream.Kill(one); // for good: after its absence was long enough, the other has all

        var claims = stream.Commits();
        Thread.Sleep(7000);
        using var third = stream.Start("lake");
        Assert.NotEqual(claims, stream.Commits());

        ChaosStream.Ends(replay);
        ChaosStream.Ends(other);
        ChaosStream.Ends(third);
        stream.AssertLakeEquals(servers.Batch);
        Assert.Equal("", LakeState.Of(stream.Program, "quarantine"));
        stream.AssertOutputEqualsLake();
    }

    [Fact]
    public void A_late_bar_that_takes_a_thrust_back_deletes_its_document()
    {
        var bars = Market.Random(8, 60);
        var (day, last) = (bars[^24].Ts, bars[^32..^24].ToDictionary(b => b.Symbol, b => b.AdjClose));
        List<Bar> all = [.. bars.Select(b => b.Ts != day ? b : b with { AdjClose = last[b.Symbol] * (b.Symbol == "S00" ? 0.9 : 1.1), Volume = b.Symbol == "S00" ? 900_000_000 : 1_000_000 })];
        var late = all.Single(b => b.Ts == day && b.Symbol == "S00");
        using var stream = new ChaosStream(servers.Stack, "withdrawn", 1);
        stream.EmptyIndex();
        var fired = $"SELECT count(*) FROM thrusts WHERE detector = 'upvol90' AND ts = '{Market.Date(day)}'";

        stream.Fill([.. all.Where(b => b != late)], 0);
        Assert.Equal("1", Streamed());
        stream.Fill([late], 0);
        Assert.Equal("0", Streamed());

        string Streamed()
        {
            using var member = stream.StartNow(Sinks);
            ChaosStream.Ends(member);
            stream.AssertIndexEqualsLake();
            stream.AssertOutputEqualsLake();
            return stream.Program.Run("query", fired, "--format", "csv").Done().Lines[1];
        }
    }

    [Fact]
    public void Each_of_many_malformed_messages_is_in_quarantine_with_its_offset_and_the_bars_among_them_count()
    {
        const int Bad = 20_000, Partitions = 3;
        var bars = Market.Random(12, 120);
        using var stream = new ChaosStream(servers.Stack, "malformed", Partitions);
        using var batch = new BfProgram();
        batch.Write("bars.csv", Market.Csv(bars));
        batch.Run("data", "import", "bars.csv").Done();
        batch.Run("signals", "generate").Done();
        var expected = stream.Fill(bars, Bad);

        using (var killed = stream.Start("lake"))
        {
            Thread.Sleep(500);
            killed.Kill();
        }

        using var last = stream.StartNow("lake");
        ChaosStream.Ends(last);
        stream.AssertLakeEquals(batch);
        Assert.Equal(expected, stream.Program.Run("query", "SELECT file, line, rule FROM quarantine ORDER BY ALL", "--format", "csv").Done().Lines[1..]);
    }

    private static int Number(string variable, int usual) => int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : usual;
}
