using Bf.Jobs.Infra;

namespace Bf.Cli.Commands.Infra;

/// <summary>How far each service is: a table that is drawn over itself on a terminal, else a line for each service that got there.</summary>
internal sealed class StartBoard(Output output) : IDisposable
{
    private readonly bool _live = !output.Quiet && !Console.IsErrorRedirected;
    private readonly HashSet<string> _said = new(StringComparer.Ordinal);
    private string _last = "";

    /// <summary>Shows a state.</summary>
    public void Show(IReadOnlyList<ServiceStanding> standings)
    {
        if (_live)
        {
            using var text = new StringWriter();
            Table(standings).WriteTo(text, Output.Width);
            Draw(text.ToString());
            return;
        }

        foreach (var standing in standings.Where(s => s.State is StartState.Healthy && _said.Add(s.Service.Name)))
        {
            output.Line($"{standing.Service.Name}: healthy after {InfraRun.Seconds(standing.Took!.Value)}");
            Console.Out.Flush();
        }
    }

    /// <summary>Takes the live table away, and says where all are at the end.</summary>
    public void End(IReadOnlyList<ServiceStanding> standings)
    {
        Dispose();
        if (_live && !output.Quiet)
        {
            output.Table(Table(standings));
            Console.Out.Flush();
        }
        else
        {
            Show(standings);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_last.Length > 0)
        {
            Draw("");
        }
    }

    private static TextTable Table(IReadOnlyList<ServiceStanding> standings)
    {
        var table = new TextTable("service", "state", "after", "").Right(2);
        foreach (var s in standings)
        {
            table.Add(s.Service.Name, s.State.ToString().ToLowerInvariant(), s.Took is { } took ? InfraRun.Seconds(took) : "", Cut(s.Detail.Length > 0 ? s.Detail : s.Service.Purpose));
        }

        return table;
    }

    // a line that is broken by the terminal can't be drawn over
    private static string Cut(string text) => text.Length > 60 ? text[..59] + "…" : text;

    /// <summary>Writes over what was written last: back to its first line, and everything from there on anew.</summary>
    private void Draw(string text)
    {
        if (text == _last)
        {
            return;
        }

        var up = _last.Count(c => c == '\n');
        Console.Error.Write($"{(up > 0 ? $"\e[{up}A" : "")}\r\e[J{text}");
        _last = text;
    }
}
