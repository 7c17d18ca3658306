namespace Bf.Bench;

/// <summary>Markets of a wanted size, made once out of a real one by <c>Peers/tile.mjs</c>.</summary>
internal sealed class Tiles(BenchPlace place, PeerRunner peers)
{
    /// <summary>The Parquet file of about <paramref name="rows"/> bars (<c>2.5M</c>); made if it is missing.</summary>
    public string Make(string source, string rows)
    {
        if (!File.Exists(source))
        {
            throw new BenchException($"{source} is not there: name a Parquet file of daily bars with --source");
        }
        var market = Path.Combine(place.Output, $"{Path.GetFileNameWithoutExtension(source)}-{rows}.parquet");
        if (!File.Exists(market))
        {
            Console.Error.WriteLine($"making {market}");
            peers.Node("tile.mjs", source, market, "--rows", rows);
        }
        return market;
    }
}
