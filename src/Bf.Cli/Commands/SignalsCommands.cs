using System.CommandLine;
using System.Text.Json.Nodes;
using Bf.Jobs.Generate;
using static Bf.Cli.TextTable;

namespace Bf.Cli.Commands;

/// <summary><c>bf signals</c>: breadth, thrusts and score from the bars.</summary>
internal sealed class SignalsCommands : BfCommand
{
    public SignalsCommands()
        : base("signals", "breadth, thrusts and score from the bars", "bf signals generate", "bf signals summary", "bf signals explain 2020-03-23")
    {
        Subcommands.Add(new GenerateCommand());
        Subcommands.Add(new SignalsListCommand());
        Subcommands.Add(new SignalsShowCommand());
        Subcommands.Add(new SignalsSummaryCommand());
        Subcommands.Add(new SignalsExplainCommand());
        Subcommands.Add(new SignalsEvaluateCommand());
    }

    private sealed class GenerateCommand : BfCommand
    {
        private readonly UniverseOptions _universe = new();
        private readonly Option<bool> _force = new("--force-recalculate") { Description = "compute everything anew" };

        public GenerateCommand()
            : base("generate", "compute breadth, market series, thrusts and score; by default only what is new",
                "bf signals generate", "bf signals generate --symbol-list dow30", "bf signals generate --symbols AAPL,MSFT,NVDA --start-date 2020-01-01")
        {
            _universe.AddTo(this, dates: true);
            Options.Add(_force);
            Do(Run);
        }

        private int Run(Invocation call)
        {
            var universe = _universe.Read(call);
            var request = new GenerateRequest(universe, _universe.ReadInterval(call), call.Date(_universe.Start), call.EndOfDate(_universe.End), call.Get(_force));
            if (request.From > request.To)
            {
                throw new UsageException("--end-date lies before --start-date");
            }

            var r = GenerateJob.Run(call.OpenLake(), request, call.Arguments, call.Cancel);
            call.Out.Document(() => Documents.Job(r.Rows, r.Run, r.Timings, new JsonObject
            {
                ["universe"] = universe.Name, ["mode"] = r.Mode.ToString().ToLowerInvariant(), ["why"] = r.Why, ["thrusts"] = r.Thrusts,
                ["bars_read"] = r.BarsRead, ["symbols_read"] = r.Symbols, ["thin_dates"] = ThinText.Json(r.Thin),
            }));
            ThinText.Warn(universe, r.Thin);
            call.Out.Line(r.Mode switch
            {
                GenerateMode.Nothing => $"{universe.Name}: nothing new since the last run",
                GenerateMode.Incremental => $"{universe.Name}: {Count(r.Rows, "new date")} and {Count(r.Thrusts, "thrust")} from {Count(r.BarsRead, "new bar")}, {Number(r.Timings["total_ms"], 0)} ms",
                _ => $"{universe.Name}: {Count(r.Rows, "date")} and {Count(r.Thrusts, "thrust")} from {(universe.IsCounts ? "imported counts" : $"{Count(r.BarsRead, "bar")} of {Count(r.Symbols, "symbol")}")}, {Number(r.Timings["total_ms"], 0)} ms{(r.Why is null ? "" : $" (everything: {r.Why})")}",
            });
            if (r.Mode != GenerateMode.Nothing)
            {
                call.Out.Line($"next: bf signals summary{_universe.Again(call)}");
            }

            return ExitCode.Done;
        }
    }
}
