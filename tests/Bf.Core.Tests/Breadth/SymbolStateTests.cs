using Bf.Core.Breadth;
using FsCheck.Fluent;

namespace Bf.Core.Tests.Breadth;

public sealed class SymbolStateTests
{
    [Fact]
    public void A_state_is_encoded_as_version_divisor_count_and_changes()
    {
        // 10.00, 10.01, 9.99 in units of 0.01: 1000, +1, -2
        byte[] expected = [1, 0x90, 0x4E, 3, 0xD0, 0x0F, 2, 3];

        Assert.Equal(expected, new SymbolState(3, 3, [10_000_000, 10_010_000, 9_990_000]).Encode());
    }

    [Fact]
    public void Decoding_gives_what_was_encoded() =>
        Properties.Hold(Gen.Choose(0, int.MaxValue), seed =>
        {
            var random = new Random(seed);
            var bars = 1 + random.Next(400);
            var unit = new[] { 1, 100, 10_000 }[random.Next(3)];
            var most = Bf.Core.Market.Ticks.Max / unit >> random.Next(40);
            long[] ticks = [.. Enumerable.Range(0, Math.Min(bars, 252)).Select(_ => unit * random.NextInt64(1, most + 1))];

            var decoded = SymbolState.Decode(7, bars, new SymbolState(7, bars, ticks).Encode());

            Assert.Equal((7L, (long)bars), (decoded.LastTs, decoded.Bars));
            Assert.Equal(ticks, decoded.Ticks);
        }, 200);

    [Fact]
    public void Damaged_bytes_are_refused_or_give_a_valid_state() =>
        Properties.Hold(Gen.Choose(0, int.MaxValue), seed =>
        {
            var random = new Random(seed);
            long[] ticks = [.. Enumerable.Range(0, 40).Select(_ => random.NextInt64(1, 1_000_000_000))];
            var bytes = new SymbolState(7, 40, ticks).Encode();
            for (var hit = random.Next(4); hit >= 0; hit--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            bytes = random.Next(3) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
            try
            {
                var state = SymbolState.Decode(7, 40, bytes);
                Assert.Equal(40, state.Ticks.Length);
                Assert.All(state.Ticks, tick => Assert.InRange(tick, 1, Bf.Core.Market.Ticks.Max));
            }
            catch (FormatException)
            {
            }
        }, 2000);

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 2, 1, 1, 2 })]
    [InlineData(new byte[] { 1, 1, 2, 2, 2 })]
    [InlineData(new byte[] { 1, 0, 1, 2 })]
    [InlineData(new byte[] { 1, 1, 1, 0 })]
    [InlineData(new byte[] { 1, 1, 1 })]
    [InlineData(new byte[] { 1, 1, 1, 2, 0 })]
    [InlineData(new byte[] { 1, 1, 1, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01 })]
    public void Bytes_that_are_not_a_state_of_one_bar_are_refused(byte[] bytes) =>
        Assert.Throws<FormatException>(() => SymbolState.Decode(0, 1, bytes));
}
