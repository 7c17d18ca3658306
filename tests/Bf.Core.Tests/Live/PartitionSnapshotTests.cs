using System.Text;
using Bf.Core.Live;
using Bf.Core.Market;
using Bf.Core.Tests.Breadth;
using FsCheck.Fluent;

namespace Bf.Core.Tests.Live;

public sealed class PartitionSnapshotTests
{
    private static readonly Universe[] Universes = [Universe.All, Universe.Of("some", ["S0", "S2"])];

    [Fact]
    public void A_snapshot_says_what_it_is_of_and_does_not_change_while_the_counter_goes_on()
    {
        var counter = Filled();
        var snapshot = counter.Snapshot();
        var bytes = snapshot.Encode();

        Assert.Equal((counter.Symbols, counter.Bars, counter.Clock, counter.Horizon), (snapshot.Symbols, snapshot.Bars, snapshot.Clock, snapshot.Horizon));
        counter.Add("S0"u8, counter.Clock, 9.0, 9);
        counter.Add("NEW"u8, counter.Clock + 1, 9.0, 9);
        Assert.Equal(bytes, snapshot.Encode());
        Assert.NotEqual(bytes, counter.Snapshot().Encode());
    }

    [Fact]
    public void A_counter_without_bars_can_be_kept()
    {
        var restored = PartitionCounter.Restore(Universes, new PartitionCounter(Universes).Snapshot().Encode());
        Assert.Equal((0, 0L, long.MinValue, long.MinValue), (restored.Symbols, restored.Bars, restored.Clock, restored.Horizon));
        Assert.Empty(restored.Retained());
    }

    [Fact]
    public void Damaged_bytes_are_refused()
    {
        var bytes = Filled().Snapshot().Encode();
        Properties.Hold(Gen.Choose(0, int.MaxValue), seed =>
        {
            var random = new Random(seed);
            var damaged = bytes.ToArray();
            for (var hits = random.Next(3); hits >= 0; hits--)
            {
                damaged[random.Next(damaged.Length)] ^= (byte)random.Next(1, 256);
            }

            damaged = random.Next(3) == 0 ? damaged[..random.Next(damaged.Length)] : damaged;
            if (!damaged.AsSpan().SequenceEqual(bytes))
            {
                Assert.Throws<FormatException>(() => PartitionCounter.Restore(Universes, damaged));
            }
        }, 500);
    }

    [Fact]
    public void Bytes_with_a_good_check_that_make_no_sense_are_refused_or_give_a_counter() =>
        Properties.Hold(Gen.Choose(0, int.MaxValue), seed =>
        {
            var random = new Random(seed);
            var numbers = Filled().Snapshot().Encode()[..^8];
            for (var hits = random.Next(3); hits >= 0; hits--)
            {
                var place = random.Next(numbers.Length - 8);
                var value = random.Next(3) switch { 0 => long.MinValue, 1 => -1, _ => random.NextInt64() >> random.Next(63) };
                BitConverter.TryWriteBytes(numbers.AsSpan(place), value);
            }

            var checksum = BitConverter.GetBytes(SnapshotWriter.Check(numbers));
            try
            {
                PartitionCounter.Restore(Universes, [.. numbers, .. checksum]).Snapshot().Encode();
            }
            catch (FormatException)
            {
            }
        }, 300);

    [Fact]
    public void A_snapshot_of_other_universes_is_refused()
    {
        var bytes = Filled().Snapshot().Encode();
        Assert.Contains("all, some", Assert.Throws<FormatException>(() => PartitionCounter.Restore([Universe.All], bytes)).Message);
    }

    private static PartitionCounter Filled()
    {
        var counter = new PartitionCounter(Universes);
        var bars = new RandomMarket(7, 4, 300).Bars;
        foreach (var bar in RandomFeed.Of(bars, RandomFeed.Dates(bars), new(7), 1.5))
        {
            counter.Add(Encoding.UTF8.GetBytes(bar.Symbol), bar.Ts, bar.Price, bar.Volume);
        }

        counter.TakeChanged();
        counter.Forget(counter.Horizon);
        counter.Add("S1"u8, counter.Clock, 3.0, 3);
        return counter;
    }
}
