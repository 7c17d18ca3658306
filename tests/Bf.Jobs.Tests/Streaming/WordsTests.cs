using Bf.Core.Breadth;
using Bf.Core.Live;
using Bf.Jobs.Streaming.Combine;
using Bf.Jobs.Streaming.Members;

namespace Bf.Jobs.Tests.Streaming;

/// <summary>What members say to each other fits into messages of Kafka, however much it is.</summary>
public sealed class WordsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3000)]
    public void A_report_of_any_length_goes_in_words_that_fit_and_says_the_same(int dates)
    {
        var report = Report(epoch: 1, next: 77, dates, universes: 14, count: long.MaxValue);

        List<byte[]> words = [.. Words.Of(report)];

        Assert.All(words, w => Assert.InRange(w.Length, 1, 1_000_000));
        var ear = new Ear();
        words.ForEach(w => Words.Hear(w, ear));
        Assert.Equal((1, true), (ear.Reports.Count(r => r.Whole), ear.Reports[0].Whole));
        Assert.Equal(report with { Tallies = [] }, ear.Reports[^1] with { Tallies = [], Whole = true });
        Assert.Equal(report.Tallies.Select(t => t.Ts), ear.Reports.SelectMany(r => r.Tallies).Select(t => t.Ts));
        Assert.All(ear.Reports.SelectMany(r => r.Tallies), t => Assert.All(t.Counts, c => Assert.Equal(long.MaxValue, c[^1])));
    }

    [Fact]
    public void Of_a_new_owner_nothing_counts_before_all_was_said()
    {
        var view = new PartitionView();
        Assert.True(view.Take(Report(epoch: 1, next: 10, dates: 5, universes: 1, count: 1), (_, _, _) => { }));
        List<long> changed = [];
        List<PartitionReport> parts = [.. Report(epoch: 2, next: 10, dates: 5, universes: 1, count: 2).Parts(2)];

        foreach (var part in parts[..^1])
        {
            Assert.True(view.Take(part, (ts, _, _) => changed.Add(ts)));
            Assert.Empty(changed);
            Assert.Equal(1, view.Last.Epoch);
        }

        Assert.True(view.Take(parts[^1], (ts, _, _) => changed.Add(ts)));
        Assert.Equal((2L, 10L), (view.Last.Epoch, view.Last.Next));
        Assert.Equal([0, 1, 2, 3, 4], changed.Order());
    }

    [Fact]
    public void An_owner_who_dies_while_it_says_all_again_leaves_what_it_had_said()
    {
        var view = new PartitionView();
        var all = Report(epoch: 1, next: 10, dates: 5, universes: 1, count: 1);
        view.Take(all, (_, _, _) => { });
        view.Take(all.Parts(2).First(), (_, _, _) => { });

        Assert.Equal((1L, 10L, 9L), (view.Last.Epoch, view.Last.Next, view.Last.Clock));
        view.Take(Report(epoch: 2, next: 4, dates: 2, universes: 1, count: 1), (_, _, _) => Assert.Fail("it has not counted as far"));
        Assert.Equal(1, view.Last.Epoch);
    }

    private static PartitionReport Report(long epoch, long next, int dates, int universes, long count) => new(3, epoch)
    {
        Next = next, Clock = 9, KeptHorizon = 2, Whole = true,
        Tallies = [.. Enumerable.Range(0, dates).Select(d => new PartialTally(d, [.. Enumerable.Range(0, universes).Select(_ => Enumerable.Repeat(count, BreadthTally.ColumnCount).ToArray())]))],
    };

    private sealed class Ear : IListener
    {
        public List<PartitionReport> Reports { get; } = [];

        public void Reported(PartitionReport report) => Reports.Add(report);

        public void SayAll() => Assert.Fail("nobody asked");

        public void Settled(long firm, long horizon) => Assert.Fail("nothing is settled");

        public void Closed() => Assert.Fail("nothing is closed");
    }
}
