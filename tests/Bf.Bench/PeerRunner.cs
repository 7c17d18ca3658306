using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace Bf.Bench;

/// <summary>What a script of <c>Peers/</c> prints. Times are in milliseconds; <c>TotalMs</c> is since the process began.</summary>
internal sealed record PeerResult(
    string Peer, string Mode, double LoadMs, double[] ComputeMs, double TotalMs, long PeakMb, long Rows, int Dates,
    SortedDictionary<string, double> Checksum);

/// <summary>Runs the scripts of <c>Peers/</c> from a copy below <c>artifacts/</c>, where their packages lie.</summary>
internal sealed class PeerRunner(BenchPlace place)
{
    private static readonly JsonSerializerOptions SnakeCase = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private readonly string _folder = Path.Combine(place.Output, "peers");
    private bool _ready;

    /// <summary>
    /// Each peer computing from columns in memory, <paramref name="repeat"/> times in one process,
    /// and going from file to panel in one, three processes of which the fastest counts.
    /// </summary>
    public IReadOnlyList<PeerResult> Measure(string market, int repeat)
    {
        var results = new List<PeerResult>();
        foreach (var script in new[] { "polars.mjs", "duckdb.mjs" })
        {
            results.Add(Peer(script, market, "--repeat", $"{repeat}"));
            results.Add(Enumerable.Range(0, 3).Select(_ => Peer(script, market)).MinBy(result => result.TotalMs)!);
            results.Add(Enumerable.Range(0, 3).Select(_ => Peer(script, market, "--lazy")).MinBy(result => result.TotalMs)!);
        }
        return results;
    }

    public PeerResult Peer(string script, params string[] arguments) =>
        JsonSerializer.Deserialize<PeerResult>(Node(script, [.. arguments, "--json"]), SnakeCase)
        ?? throw new BenchException($"{script} printed nothing");

    /// <summary>Runs one script and returns what it printed.</summary>
    public string Node(string script, params string[] arguments)
    {
        Prepare();
        return Run("node", [Path.Combine(_folder, script), .. arguments]);
    }

    private void Prepare()
    {
        if (_ready)
        {
            return;
        }
        Directory.CreateDirectory(_folder);
        // npm leaves node_modules/.package-lock.json when it is done; ours beside it says of which lock file
        var installed = Path.Combine(_folder, "node_modules", ".installed-lock.json");
        var locked = File.ReadAllText(Path.Combine(place.Scripts, "package-lock.json"));
        foreach (var file in Directory.EnumerateFiles(place.Scripts))
        {
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)), overwrite: true);
        }
        if (!File.Exists(installed) || File.ReadAllText(installed) != locked)
        {
            Console.Error.WriteLine("installing the peers: npm ci");
            Run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
            File.WriteAllText(installed, locked);
        }
        _ready = true;
    }

    private string Run(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = _folder, RedirectStandardOutput = true };
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0
                ? output
                : throw new BenchException($"{program} {string.Join(' ', start.ArgumentList)} ended with {process.ExitCode}");
        }
        catch (Win32Exception)
        {
            throw new BenchException($"{program} is not on the PATH: the peers need Node 20 or later with npm");
        }
    }
}
