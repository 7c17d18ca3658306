using System.Text;
using Bf.Core.Exchange;
using Bf.Core.Market;
using Bf.Sources.Tests.Mutation;
using FsCheck;
using FsCheck.Fluent;

namespace Bf.Core.Tests.Exchange;

public sealed class BarJsonTests
{
    private const string Sample = """{"ts":"2018-01-02T00:00:00Z","symbol":"AAPL","o":170.16,"h":172.3,"l":169.26,"c":172.26,"a":40.34,"v":25048048}""";
    private static readonly long Day = Timestamp.Of(new DateOnly(2018, 1, 2));

    [Fact]
    public void A_bar_is_written_as_the_documentation_shows_it() =>
        Assert.Equal(Sample, Text(new("AAPL", Day, 170.16, 172.3, 169.26, 172.26, 40.34, 25_048_048)));

    [Fact]
    public void Any_bar_comes_back_bit_for_bit() =>
        Properties.Hold(Bars(), bar =>
        {
            var bytes = Bytes(bar);

            Assert.Null(BarJson.Read(bytes, out var read));
            var back = read.ToBar(Encoding.UTF8.GetString(read.Symbol));
            Assert.Equal(bar with { Symbol = Bar.Normalize(bar.Symbol) }, back);
            Assert.Equal(BitConverter.DoubleToInt64Bits(bar.AdjClose), BitConverter.DoubleToInt64Bits(back.AdjClose));
        }, 3_000);

    [Fact]
    public void What_is_read_fast_is_read_the_same_by_the_tolerant_reader()
    {
        var fast = 0;
        Properties.Hold(Bars(), bar =>
        {
            var bytes = Bytes(bar);
            Assert.Null(BarJsonReader.Read(bytes, out var slow));
            if (BarJson.TryReadOwn(bytes, out var own))
            {
                fast++;
                Assert.Equal(slow.ToBar(Encoding.UTF8.GetString(slow.Symbol)), own.ToBar(Encoding.UTF8.GetString(own.Symbol)));
            }
        }, 3_000);

        Assert.InRange(fast, 1_000, 2_999);
    }

    [Fact]
    public void Damaged_messages_are_read_or_break_a_rule()
    {
        var mutator = new Mutator(new Random(8));
        byte[][] samples =
        [
            Encoding.UTF8.GetBytes(Sample),
            """ { "v" : "12.5", "x":{"y":[1,2,{"z":null}]}, "symbol":"brk\u002eb", "ts":1514851200000, "c":1e2, "o":100,"h":100,"l":1.0E+2 } """u8.ToArray(),
        ];
        var (good, bad) = (0, 0);
        for (var n = 0; n < 100_000; n++)
        {
            var bytes = mutator.Mutate(samples[n % 2], samples[(n + 1) % 2]);
            if (BarJson.Read(bytes, out var bar) is { } rule)
            {
                bad++;
                Assert.Contains(rule, BarRules.All.Keys);
                continue;
            }

            good++;
            Assert.False(bar.Symbol.IsEmpty);
            if (BarJson.TryReadOwn(bytes, out _))
            {
                Assert.Null(BarJsonReader.Read(bytes, out var slow));
                Assert.Equal(slow.ToBar(""), bar.ToBar(""));
                Assert.True(slow.Symbol.SequenceEqual(bar.Symbol));
            }
        }

        Assert.True(good > 1_000 && bad > 50_000, $"{good} good, {bad} bad");
    }

    [Fact]
    public void Reading_what_was_written_allocates_nothing()
    {
        var bytes = Bytes(new("AAPL", Day, 170.16, 172.3, 169.26, 172.26, 40.343208312988281, 25_048_048));
        var to = new byte[BarJson.MaxLength(8)];
        Work();

        var before = GC.GetAllocatedBytesForCurrentThread();
        Work();

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Work()
        {
            for (var i = 0; i < 100; i++)
            {
                BarJson.Read(bytes, out var bar);
                BarJson.Write(to, bar.Symbol, bar.ToBar(""));
            }
        }
    }

    [Theory]
    [InlineData("""{"symbol":"AAPL","v":25048048,"c":172.26,"l":169.26,"h":172.3,"o":170.16,"a":40.34,"ts":"2018-01-02"}""")] // any order
    [InlineData("""  { "ts" : "2018-01-02T00:00:00Z" , "symbol" : "AAPL" , "o" : 170.16 , "h" : 172.3 , "l" : 169.26 , "c" : 172.26 , "a" : 40.34 , "v" : 25048048 }""" + "\r\n")]
    [InlineData("""{"ts":"2018-01-02T00:00:00Z","id":[{"x":[]},-1e5,true,null],"symbol":" \u0061apl ","o":"170.16","h":1.723e2,"l":169.260,"c":172.26,"a":40.34,"v":25048047.5}""")]
    public void Other_forms_of_a_bar_are_read(string message)
    {
        Assert.Null(BarJson.Read(Encoding.UTF8.GetBytes(message), out var bar));

        Assert.Equal(new("AAPL", Day, 170.16, 172.3, 169.26, 172.26, 40.34, 25_048_048), bar.ToBar(Encoding.UTF8.GetString(bar.Symbol)));
    }

    [Theory]
    [InlineData(""" "2018-01-02T14:30:00Z" """, "2018-01-02 14:30:00")]
    [InlineData(""" "2018-01-02T09:30:00-05:00" """, "2018-01-02 14:30:00")]
    [InlineData(""" "2018-01-02T20:00+0530" """, "2018-01-02 14:30:00")]
    [InlineData(""" "2018-01-02 14:30:00.000000999Z" """, "2018-01-02 14:30:00")]
    [InlineData(""" "2018-01-02T14:30:00" """, "2018-01-02 14:30:00")]
    [InlineData("1514903400", "2018-01-02 14:30:00")]
    [InlineData("1514903400000", "2018-01-02 14:30:00")]
    [InlineData("1514903400000000", "2018-01-02 14:30:00")]
    [InlineData("1514903400000000000", "2018-01-02 14:30:00")]
    [InlineData(""" "1514903400.0" """, "2018-01-02 14:30:00")]
    [InlineData("20180102", "2018-01-02")]
    [InlineData("-86400", "1969-12-31")]
    [InlineData(""" "2018-02-29" """, null)]
    [InlineData(""" "2018-13-01" """, null)]
    [InlineData(""" "2018-01-02T24:00:00Z" """, null)]
    [InlineData(""" "2018-01-02T00:00:00+25:00" """, null)]
    [InlineData(""" "0001-01-01T00:00:00+14:00" """, null)]
    [InlineData(""" "yesterday" """, null)]
    [InlineData("1e300", null)]
    [InlineData("null", null)]
    public void Times_of_many_forms_are_read(string ts, string? time)
    {
        var broken = BarJson.Read(Encoding.UTF8.GetBytes($$"""{"ts":{{ts}},"symbol":"A","o":1,"h":1,"l":1,"c":1,"v":1}"""), out var bar);

        Assert.Equal(time is null ? BarRules.UnreadableDate : null, broken);
        Assert.True(time is null || Timestamp.Format(bar.Ts) == time, Timestamp.Format(bar.Ts));
    }

    [Theory]
    [InlineData("", "unreadable_message")]
    [InlineData("null", "unreadable_message")]
    [InlineData("[]", "unreadable_message")]
    [InlineData("{", "unreadable_message")]
    [InlineData("{} {}", "unreadable_message")]
    [InlineData("""{"ts":"2018-01-02",}""", "unreadable_message")]
    [InlineData("""{"ts":"2018-01-02","symbol":{}}""", "unreadable_message")]
    [InlineData("""{}""", "symbol_missing")]
    [InlineData("""{"symbol":"  ","ts":"2018-01-02","o":1,"h":1,"l":1,"c":1,"v":1}""", "symbol_missing")]
    [InlineData("""{"symbol":"A\u0007","ts":"2018-01-02","o":1,"h":1,"l":1,"c":1,"v":1}""", "symbol_unreadable")]
    [InlineData("""{"symbol":"\ud800","ts":"2018-01-02","o":1,"h":1,"l":1,"c":1,"v":1}""", "symbol_unreadable")]
    [InlineData("""{"symbol":"A","o":1,"h":1,"l":1,"c":1,"v":1}""", "unreadable_date")]
    [InlineData("""{"symbol":"A","ts":"2018-01-02","o":1,"h":1,"l":1,"v":1}""", "unreadable_number")]
    [InlineData("""{"symbol":"A","ts":"2018-01-02","o":"x","h":1,"l":1,"c":1,"v":1}""", "unreadable_number")]
    [InlineData("""{"symbol":"A","ts":"2018-01-02","o":1,"h":1,"l":1,"c":1,"v":1e30}""", "unreadable_number")]
    public void What_is_no_bar_breaks_a_rule(string message, string rule) =>
        Assert.Equal(rule, BarJson.Read(Encoding.UTF8.GetBytes(message), out _));

    [Fact]
    public void A_missing_adjusted_close_is_the_close_and_the_last_of_two_fields_holds()
    {
        Assert.Null(BarJson.Read("""{"symbol":"A","ts":"2018-01-02","o":1,"h":1,"l":1,"c":3,"c":2,"a":null,"v":1}"""u8, out var bar));

        Assert.Equal((2, 2), (bar.Close, bar.AdjClose));
    }

    [Fact]
    public void Deep_nesting_breaks_a_rule_and_not_the_stack() =>
        Assert.Equal(BarRules.UnreadableMessage, BarJson.Read(Encoding.UTF8.GetBytes($$"""{"x":{{new string('[', 1_000_000)}}"""), out _));

    [Fact]
    public void A_price_that_is_not_finite_is_written_as_no_price() =>
        Assert.Equal(BarRules.UnreadableNumber, BarJson.Read(Bytes(new("A", Day, double.NaN, 1, 1, 1, 1, 1)), out _));

    private static Gen<Bar> Bars() =>
        from seed in Gen.Choose(0, int.MaxValue - 1)
        select Random(new Random(seed));

    private static Bar Random(Random random)
    {
        string[] symbols = ["AAPL", "BRK-B", "GSPC.INDX", "^GSPC", "000660.KS", "6758.T", "X", "A\"B", "É.PA", "A\\B", "A B"];
        if (random.Next(2) == 0)
        {
            return new(symbols[random.Next(7)], Day + (random.Next(100_000) * 60_000_000L), Usual(), Usual(), Usual(), Usual(), Usual(), random.Next());
        }

        return new(symbols[random.Next(symbols.Length)], random.Next(4) == 0 ? random.NextInt64(-62_000_000_000_000_000, 250_000_000_000_000_000) : Day + (random.Next(100_000) * 60_000_000L),
            Price(), Price(), Price(), Price(), Price(), random.Next(3) == 0 ? random.NextInt64(long.MinValue, long.MaxValue) : random.Next());

        double Price() => random.Next(6) switch
        {
            0 => BitConverter.Int64BitsToDouble(random.NextInt64()) is var any && double.IsFinite(any) ? any : 0,
            1 => random.NextDouble() * 1_000,
            2 => random.Next(),
            3 => (float)random.NextDouble() * 300,
            4 => -Math.Round(random.NextDouble(), 3),
            _ => Usual(),
        };

        double Usual() => random.Next(2) == 0 ? Math.Round(random.NextDouble() * 500, random.Next(7)) : 1 + (random.NextDouble() * 1_000);
    }

    private static byte[] Bytes(Bar bar)
    {
        var symbol = Encoding.UTF8.GetBytes(bar.Symbol);
        var bytes = new byte[BarJson.MaxLength(symbol.Length)];
        return bytes[..BarJson.Write(bytes, symbol, bar)];
    }

    private static string Text(Bar bar) => Encoding.UTF8.GetString(Bytes(bar));
}
