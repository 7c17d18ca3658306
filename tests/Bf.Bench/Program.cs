using Bf.Bench;
using Bf.Bench.Spark;
using Bf.Bench.Stream;

const string Usage = """
    dotnet run -c Release --project tests/Bf.Bench -- all   --rows 2.5M
    dotnet run -c Release --project tests/Bf.Bench -- peers --rows 2.5M
    dotnet run -c Release --project tests/Bf.Bench -- grid
    dotnet run -c Release --project tests/Bf.Bench -- universes --rows 20M --source FILE.parquet
    dotnet run -c Release --project tests/Bf.Bench -- spark --rows 2.5M
    dotnet run -c Release --project tests/Bf.Bench -- log   --bootstrap localhost:9092 --topic quotes_replay
    dotnet run -c Release --project tests/Bf.Bench -- step  --rows 2M
    dotnet run -c Release --project tests/Bf.Bench -- sink
    dotnet run -c Release --project tests/Bf.Bench -- stream --rows 2.5M --bootstrap localhost:9092 --kafka-home DIR --elasticsearch localhost:9200
    dotnet run -c Release --project tests/Bf.Bench -- tile  --rows 20M --source FILE.parquet

    all     bf against the peers: the kernel, the whole run, one new day; and the ratios
    peers   times the panel by polars and by DuckDB, and checks that they agree
    grid    1,000 pairs of averages on one symbol: cold, warm, and the same in C
    universes  thirty universes in one run beside one
    spark   bf's worker on the cluster of SPARK_REMOTE, and the same as SQL windows there
    log     a topic of Kafka read from beginning to end, as bf stream run reads it; one that is not there is filled first
    step    5,000 symbols bar by bar, as a stream counts them, beside the kernel's scalar form on the same bars
    sink    a stream's results into Elasticsearch of ELASTICSEARCH_HOST: date by date, and all at once
    stream  a topic of Kafka counted by the loop of bf stream run, beside Kafka's own consumer test on the same topic, in turns; then 10,000
            bars a second: from the bar that completes a time to Elasticsearch's acknowledgement
    tile    makes the market that is measured, if it is not there

    --rows N[k|M]   about how many bars (2.5M)
    --source FILE   the bars the market is made of (samples/us-large-caps-100.parquet)
    --repeat N      how often a loaded panel is computed (10)
    --bootstrap A   Kafka (localhost:9092)
    --topic T       the topic (quotes_replay)
    --kafka-home D  the folder of Kafka's archive, for its own test; without it there is none
    --elasticsearch A  Elasticsearch; without it no latency is measured (stream --rows 0 measures nothing else)
    --sinks S,...   with which sinks: elasticsearch, and perhaps lake, topic
    --times N       the times whose latency is measured (350)
    --history N     times that stand before them (0)
    --checkpoint S  seconds between two checkpoints (5)
    """;

var options = new Dictionary<string, string> { ["--rows"] = "2.5M", ["--source"] = "", ["--repeat"] = "10", ["--bootstrap"] = "localhost:9092", ["--topic"] = "quotes_replay",
    ["--kafka-home"] = "", ["--elasticsearch"] = "", ["--sinks"] = "elasticsearch", ["--times"] = "350", ["--history"] = "0", ["--checkpoint"] = "5" };
for (var i = 1; i < args.Length; i += 2)
{
    if (!options.ContainsKey(args[i]) || i + 1 == args.Length)
    {
        return Fail(2, Usage);
    }
    options[args[i]] = args[i + 1];
}
if (!int.TryParse(options["--repeat"], out var repeat) || repeat < 1)
{
    return Fail(2, Usage);
}

try
{
    var place = BenchPlace.Find();
    var source = options["--source"] is "" ? place.Sample : Path.GetFullPath(options["--source"]);
    var peers = new PeerRunner(place);
    var tiles = new Tiles(place, peers);
    switch (args.FirstOrDefault())
    {
        case "all":
            var market = tiles.Make(source, options["--rows"]);
            var measured = peers.Measure(market, repeat);
            KernelBench.Write(Console.Out, Market.Read(market), measured, repeat);
            new RunBench(place, peers).Write(Console.Out, market, Math.Min(repeat, 7));
            return PeerTable.Agree(measured) ? 0 : Fail(1, "the peers do not agree");
        case "log":
            LogBench.Write(Console.Out, options["--bootstrap"], options["--topic"], LogBench.Count(options["--rows"]));
            return 0;
        case "grid":
            new GridBench(place, new RunBench(place, peers)).Write(Console.Out, source, repeat);
            return 0;
        case "universes":
            new UniversesBench(place, new RunBench(place, peers)).Write(Console.Out, tiles.Make(source, options["--rows"]), Math.Min(repeat, 7));
            return 0;
        case "spark":
            new SparkBench(place, new RunBench(place, peers)).Write(Console.Out, tiles.Make(source, options["--rows"]), Math.Min(repeat, 5));
            return 0;
        case "step":
            StepBench.Write(Console.Out, options["--rows"], Math.Min(repeat, 5));
            return 0;
        case "sink":
            SinkBench.Write(Console.Out, source);
            return 0;
        case "stream":
            StreamBench.Write(Console.Out, StreamOptions());
            return 0;
        case "tile":
            Console.WriteLine(tiles.Make(source, options["--rows"]));
            return 0;
        case "peers":
            var results = peers.Measure(tiles.Make(source, options["--rows"]), repeat);
            PeerTable.Write(Console.Out, results);
            return PeerTable.Agree(results) ? 0 : Fail(1, "the peers do not agree");
        default:
            return Fail(2, Usage);
    }
}
catch (Exception e) when (e is BenchException or Bf.Jobs.ServiceDownException)
{
    return Fail(1, e.Message);
}

StreamBenchOptions StreamOptions() => new(new(options["--bootstrap"]), LogBench.Count(options["--rows"]), Math.Min(repeat, 7))
{
    KafkaHome = options["--kafka-home"] is "" ? null : options["--kafka-home"],
    Elasticsearch = options["--elasticsearch"] is "" ? null : new($"http://{options["--elasticsearch"]}"),
    Sinks = options["--sinks"].Split(','),
    Times = (int)LogBench.Count(options["--times"]),
    History = (int)LogBench.Count(options["--history"]),
    Checkpoint = TimeSpan.FromSeconds(LogBench.Count(options["--checkpoint"])),
};

static int Fail(int code, string message)
{
    Console.Error.WriteLine(message);
    return code;
}
