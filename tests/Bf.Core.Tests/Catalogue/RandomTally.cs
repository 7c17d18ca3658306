using Bf.Core.Breadth;
using FsCheck;
using FsCheck.Fluent;
using static Bf.Core.Breadth.TallyColumn;

namespace Bf.Core.Tests.Catalogue;

/// <summary>
/// A tally made from a seed: regimes of every strength, so that each detector fires now and then; dates on which nothing traded;
/// counts that begin late, have holes or are never given, as official ones; bars of a day or within it.
/// </summary>
internal sealed record RandomTally(int Seed, int Dates)
{
    private const long Day = 86_400_000_000;

    public static Arbitrary<RandomTally> Any { get; } = Arb.From(
        from seed in Gen.Choose(0, int.MaxValue)
        from dates in Gen.OneOf(Gen.Choose(0, 30), Gen.Choose(60, 400), Gen.Choose(400, 500))
        select new RandomTally(seed, dates));

    public BreadthTally Tally
    {
        get
        {
            var random = new Random(Seed);
            var columns = Enumerable.Range(0, BreadthTally.ColumnCount).Select(_ => new long[Dates]).ToArray();
            long[] gained = new long[Dates], lost = new long[Dates];
            var symbols = random.Next(1, 400);
            var (share, strength, left) = (0.5, 0.5, 0);
            for (var t = 0; t < Dates; t++)
            {
                if (left-- == 0)
                {
                    (share, left) = (random.Next(4) == 0 ? random.Next(2) * 0.97 : random.NextDouble(), random.Next(1, 25));
                }

                if (t == 0 || random.Next(30) == 0)
                {
                    continue; // nothing to compare
                }

                strength += (share - strength) * random.NextDouble();
                Fill(columns, t, symbols, share, strength, random);
                (gained[t], lost[t]) = (Part(random, 1_000_000_000, share), Part(random, 1_000_000_000, 1 - share));
            }

            var within = random.Next(2) == 0;
            return new(
                [.. Enumerable.Range(0, Dates).Select(t => within ? (t / 7 * Day) + (t % 7 * 3_600_000_000) : t * Day)], columns,
                random.Next(3) == 0 ? Known(columns, random) : null, random.Next(2) == 0 ? [new("points_up", gained), new("points_down", lost)] : null);
        }
    }

    private static void Fill(long[][] columns, int t, int symbols, double share, double strength, Random random)
    {
        void Set(TallyColumn column, long value) => columns[(int)column][t] = value;
        var adv = Part(random, symbols, share);
        var dec = Part(random, symbols - adv, 0.97);
        Set(Bars, symbols);
        Set(Issues, symbols);
        Set(Adv, adv);
        Set(Dec, dec);
        Set(Unch, symbols - adv - dec);
        Set(UpVol, adv == 0 ? 0 : Part(random, 1_000_000_000, share) + 1);
        Set(DownVol, dec == 0 ? 0 : Part(random, 1_000_000_000, 1 - share));
        foreach (var (eligible, above) in (Span<(TallyColumn, TallyColumn)>)[(Elig20, Above20), (Elig50, Above50), (Elig200, Above200)])
        {
            Set(eligible, t > 15 ? symbols : 0);
            Set(above, t > 15 ? Part(random, symbols, strength) : 0);
        }

        Set(Elig252, t > 40 ? symbols : 0);
        Set(Nh252, t > 40 ? Part(random, symbols / 4, strength * strength) : 0);
        Set(Nl252, t > 40 ? Part(random, symbols / 4, (1 - strength) * (1 - strength)) : 0);
        Set(ReturnOutliers, random.Next(20) == 0 ? 1 : 0);
        Set(ReturnSum, (long)((share - 0.5 + (0.2 * (random.NextDouble() - 0.5))) * symbols * 20_000_000));
    }

    private static long Part(Random random, long of, double share) => (long)Math.Round(of * Math.Clamp(share + (0.06 * (random.NextDouble() - 0.5)), 0, 1));

    /// <summary>What an exchange may give: advances and declines always, the rest now and then; what is not known is 0.</summary>
    private static bool[]?[] Known(long[][] columns, Random random)
    {
        var dates = columns[0].Length;
        var known = new bool[]?[columns.Length];
        TallyColumn[][] together = [[Issues, Unch], [UpVol, DownVol], [Nh252, Nl252]];
        foreach (var column in Enum.GetValues<TallyColumn>().Where(c => c is not (Adv or Dec) && !together.Any(pair => pair.Contains(c))))
        {
            known[(int)column] = new bool[dates];
        }

        foreach (var pair in together)
        {
            var begins = random.Next(3) * dates / 2;
            bool[] given = [.. Enumerable.Range(0, dates).Select(t => t >= begins && random.Next(25) > 0)];
            foreach (var column in pair)
            {
                known[(int)column] = given;
            }
        }

        for (var c = 0; c < columns.Length; c++)
        {
            for (var t = 0; t < dates; t++)
            {
                columns[c][t] = known[c]?[t] == false ? 0 : columns[c][t];
            }
        }

        return known;
    }
}
