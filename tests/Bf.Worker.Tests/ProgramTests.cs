using System.Diagnostics;
using Bf.Core.Breadth.Further;
using Bf.Core.Exchange;
using Bf.Core.Market;
using Bf.Jobs.Tests;

namespace Bf.Worker.Tests;

/// <summary>The worker as an executor starts it.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly string _spec = Path.GetTempFileName();

    public void Dispose() => File.Delete(_spec);

    [Fact]
    public void The_program_counts_what_comes_in_and_ends_with_0()
    {
        var bars = Market.Random(3, 30).OrderBy(b => b.Symbol, StringComparer.Ordinal).ThenBy(b => b.Ts).ToList();
        var (code, output, error) = Run(string.Concat(bars.Select(b => Cluster.Line(b))));

        Assert.Equal((0, ""), (code, error));
        Assert.Contains("counts\t-1\t\t\\N\t90\t3\t30\t0", output);
    }

    [Fact]
    public void A_bad_line_is_named_on_stderr_and_the_input_is_read_to_its_end()
    {
        // more than a pipe holds: who stops to read breaks it, and the writer fails
        var (code, output, error) = Run("A\t0\t1\t1\nA\toops\t1\t1\n" + string.Concat(Enumerable.Range(1, 200_000).Select(i => $"A\t{i}\t1\t1\n")));

        Assert.Equal((1, ""), (code, output));
        Assert.Equal("bf-worker: line 2: ts is 'oops', not an integer\n", error);
    }

    [Fact]
    public void The_program_trades_a_grid_and_names_what_can_not_be_traded()
    {
        var spec = new GridSpec([3, 2, 3, 4], [new(1, 2)], new(), [new(0, 3)]);
        var (code, output, error) = Run("0\n", "grid", spec.ToText());

        Assert.Equal((0, ""), (code, error));
        Assert.Contains("trial\t0\t1\t", output);
        Assert.Contains("totals\t1\t1\t", output);

        (code, output, error) = Run("0\n", "grid", (spec with { Closes = [3, 0, 3, 4] }).ToText());
        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith("bf-worker: the close of bar 1 is 0, not a price", error);
    }

    private (int Code, string Out, string Error) Run(string input) => Run(input, "scan", new ScanSpec([Universe.All], FurtherSet.None).ToText());

    private (int Code, string Out, string Error) Run(string input, string mode, string spec)
    {
        File.WriteAllText(_spec, spec);
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(ScanFilter).Assembly.Location, mode, _spec])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        return (process.ExitCode, output.Result, error.Result);
    }
}
