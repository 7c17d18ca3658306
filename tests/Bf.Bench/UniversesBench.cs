namespace Bf.Bench;

/// <summary>Thirty universes in one run beside one: all symbols, and twenty-nine of eighty each, chosen by a seed. The two take turns.</summary>
internal sealed class UniversesBench(BenchPlace place, RunBench program)
{
    private const int Lists = 29;
    private const int Members = 80;

    public void Write(TextWriter writer, string market, int repeat)
    {
        program.Build();
        var name = Path.GetFileNameWithoutExtension(market);
        var (alone, together) = (program.Import(Path.Combine(place.Output, $"lake-{name}"), [market]), program.Import(Path.Combine(place.Output, $"lake-{name}-thirty"), [market]));
        string[] lists = ["all", .. WriteLists(Path.Combine(place.Output, $"lists-{name}"), Market.Read(market))];
        List<double> one = [], thirty = [];
        for (var i = 0; i < repeat; i++)
        {
            one.Add(program.Generate(alone, "--force-recalculate").WholeMs);
            thirty.Add(program.Generate(together, "--force-recalculate", "--universe", string.Join(',', lists)).WholeMs);
        }

        writer.WriteLine($"universes, {name}: whole processes, median of {repeat} (min - max)");
        writer.WriteLine($"  one      {Median(one),8:N0} ms ({one.Min():N0} - {one.Max():N0})");
        writer.WriteLine($"  thirty   {Median(thirty),8:N0} ms ({thirty.Min():N0} - {thirty.Max():N0})");
        writer.WriteLine($"  thirty / one {Median(thirty) / Median(one):N2}");
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static IEnumerable<string> WriteLists(string folder, Market market)
    {
        Directory.CreateDirectory(folder);
        var random = new Random(20261121);
        for (var i = 0; i < Lists; i++)
        {
            var file = Path.Combine(folder, $"u{i:00}.csv");
            File.WriteAllLines(file, [.. market.Symbols.Select(s => s.Symbol).OrderBy(_ => random.Next()).Take(Members).Prepend("symbol")]);
            yield return file;
        }
    }
}
