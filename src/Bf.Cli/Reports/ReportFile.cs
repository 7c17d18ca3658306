using Bf.Core.Market;
using Bf.Jobs.Inventory;
using Bf.Jobs.Lake;
using Bf.Jobs.Signals;
using Bf.Jobs.Universes;
using Bf.Serve.Report;

namespace Bf.Cli.Reports;

/// <summary>Writes the report page of a universe.</summary>
internal static class ReportFile
{
    /// <summary>Writes the page and gives its full path.</summary>
    public static string Write(DataLake lake, SignalReader signals, Universe universe, ReportInputs inputs, string source, string path, TimeProvider clock)
    {
        var interval = inputs.Backtest is { } b ? Interval.Parse(b.Interval) : Interval.Day;
        var page = ReportPage.Render(ReportBuilder.Build(signals, universe, Survivorship.Of(lake, universe, interval), BarInventory.Summary(lake, interval), inputs, source, clock.GetUtcNow()));
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var temporary = full + ".writing";
        File.WriteAllText(temporary, page);
        File.Move(temporary, full, overwrite: true);
        return full;
    }
}
