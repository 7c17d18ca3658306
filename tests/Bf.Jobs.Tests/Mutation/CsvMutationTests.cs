using System.Text;
using Bf.Core.Market;
using Bf.Sources;
using Bf.Sources.Csv;
using CsvHelper;

namespace Bf.Jobs.Tests.Mutation;

public sealed class CsvMutationTests
{
    private static readonly byte[][] Samples =
    [
        .. ((string[])
        [
            "date,symbol,open,high,low,close,adj_close,volume\n2024-01-02,AAA,10,11,9,10.5,10.4,1000\n2024-01-03,AAA,10.5,12,10,11,10.9,2000\n2024-01-02,BRK.B,1e2,101,99.5,100,100,3e6\n",
            "Date,Open,High,Low,Close,Adj Close,Volume\r\n2024-01-02,187.149994,188.440002,183.889999,185.639999,184.938217,82488700\r\n2024-01-03,null,null,null,null,null,null\r\n2024-01-04,182.149994,183.089996,180.880005,181.910004,181.222336,71983600\r\n",
            "<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>\r\nAAPL.US,D,20240102,000000,187.15,188.44,183.885,185.64,82488674,0\r\nAAPL.US,D,20240103,000000,184.22,185.88,183.43,184.25,58414460,0\r\n",
            "20240102 00:00,1871500,1884400,1838850,1856400,82488674\n20240103 00:00,1842200,1858800,1834300,1842500,58414460\n",
            "date,close,high,low,open,volume,adjClose,adjHigh,adjLow,adjOpen,adjVolume,divCash,splitFactor\n2024-01-02T00:00:00.000Z,185.64,188.44,183.885,187.15,82488674,184.9,187.7,183.1,186.4,82488674,0.0,1.0\n",
            "T,v,vw,o,c,h,l,t,n\nAAPL,82488674,185.9465,187.15,185.64,188.44,183.885,1704171600000,1008871\nAAPL,58414460,184.3226,184.22,184.25,185.88,183.43,1704258000000,656853\n",
            "\ufeffDatum;Symbol;Open;High;Low;Close;Volume\r\n02.01.2024;SAP;138,50;139,90;137,10;139,00;1.234.567\r\n03.01.2024;SAP;139,00;140,10;138,20;138,70;987.654\r\n",
            "date\tsymbol\topen\thigh\tlow\tclose\tvolume\n01/13/2024\tA,B\t1\t2\t0.5\t1.5\t7\n01/15/2024\tA,B\t1\t2\t0.5\t1.5\t8\n",
            "\"date\",\"symbol\",\"open\",\"high\",\"low\",\"close\",\"volume\"\n\"2024-01-02\",\"A \"\"x\"\" B\",\"1\",\"2\",\"0.5\",\"1.5\",\"1,000\"\n1704153600,B,1,2,0.5,1.5,8\n",
        ]).Select(Encoding.UTF8.GetBytes),
    ];

    [Fact]
    public void Mutated_csv_is_read_or_refused_and_every_row_is_good_or_broken() =>
        MutationCases.Run(0.6, Read, e => e is FormatException or CsvFormatException);

    private static void Read(Random random)
    {
        var mutator = new Mutator(random);
        var text = mutator.Mutate(Samples[random.Next(Samples.Length)], Samples[random.Next(Samples.Length)]);
        using var stream = new MemoryStream(text);
        var rows = 0;
        foreach (var row in new CsvBars(ColumnMap.ParseOverrides(null), random.Next(4) == 0 ? Interval.Parse("5m") : Interval.Day).Read(stream, "AAA.csv"))
        {
            rows++;
            if (row.Broken is null)
            {
                _ = BarRules.Broken(row.Bar, 2_000_000_000_000_000);
                Assert.NotEmpty(row.Bar.Symbol);
            }
            else
            {
                Assert.Contains(row.Broken, BarRules.All);
                Assert.NotNull(row.Raw);
            }
        }

        if (!text.Contains((byte)'"'))
        {
            Assert.Equal(Lines(text), rows + 1);
        }
    }

    /// <summary>Lines that are not empty, told apart without the reader's help.</summary>
    private static int Lines(byte[] text) =>
        Encoding.Latin1.GetString(text).Split(["\r\n", "\n", "\r"], StringSplitOptions.RemoveEmptyEntries).Length;
}
