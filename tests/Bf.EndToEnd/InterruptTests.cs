using System.Runtime.InteropServices;
using System.Text;
using Bf.Jobs.Tests;

namespace Bf.EndToEnd;

/// <summary>A command that is ended from outside leaves whole tables.</summary>
public sealed partial class InterruptTests
{
    private const int Interrupt = 2, Kill = 9;

    [Theory]
    [InlineData(Interrupt)]
    [InlineData(Kill)]
    public async Task An_import_that_is_ended_midway_leaves_the_lake_as_it_was(int signal)
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("signals and named pipes are tested on Linux");
        }

        using var bf = new BfProgram();
        bf.Write("good.csv", Market.Csv(Market.Random(5, 30)));
        bf.Run("data", "import", "good.csv").Done();
        var before = Rows(bf);
        var pipe = bf.At("endless.csv");
        Assert.Equal(0, MakeFifo(pipe, 0b110_000_000));

        using var process = bf.Start(["data", "import", "endless.csv"]);
        var error = process.StandardError.ReadToEndAsync();
        var reading = new TaskCompletionSource();
        var feeder = Task.Run(() => Feed(pipe, reading));
        await reading.Task.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(0, Send(process.Id, signal));
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        await feeder;

        Assert.Equal(signal == Interrupt ? 130 : 128 + Kill, process.ExitCode);
        if (signal == Interrupt)
        {
            Assert.Contains("interrupted", await error);
        }

        Assert.Equal(before, Rows(bf));
        Assert.Contains("nothing new", bf.Run("data", "import", "good.csv").Done().Out); // and what comes next works
    }

    private static string Rows(BfProgram bf) => bf.Run("query", "SELECT count(*), sum(volume), (SELECT count(*) FROM quarantine) FROM bars_1d", "--format", "csv").Done().Out;

    /// <summary>Writes bars into a pipe until nobody reads them any more.</summary>
    private static void Feed(string pipe, TaskCompletionSource reading)
    {
        try
        {
            using var stream = new FileStream(pipe, FileMode.Open, FileAccess.Write); // waits for the reader
            stream.Write(Encoding.UTF8.GetBytes(Market.Header + "\n"));
            var rows = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 1000).Select(i => $"2023-01-{1 + (i % 28):00},X{i},10,12,9,11,11,{i}\n")));
            for (var written = 0; ; written++)
            {
                stream.Write(rows);
                if (written == 20)
                {
                    reading.SetResult();
                }
            }
        }
        catch (IOException)
        {
            // the reader is gone
        }
    }

    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeFifo(string path, uint mode);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int process, int signal);
}
