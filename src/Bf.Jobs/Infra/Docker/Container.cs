using System.Globalization;

namespace Bf.Jobs.Infra.Docker;

/// <summary>A container of the Compose project, as <c>docker inspect</c> tells it.</summary>
internal sealed record Container(string Service, string Name, string State, DateTimeOffset? Since, string ExitCode)
{
    // the label that both versions of Compose give their containers
    private const string Format = "{{index .Config.Labels \"com.docker.compose.service\"}}\t{{.Name}}\t{{.State.Status}}\t{{.State.StartedAt}}\t{{.State.ExitCode}}";

    public bool Runs => State == "running";

    /// <summary>Reads the containers of these numbers.</summary>
    public static IReadOnlyList<Container> Read(InfraMachine machine, string docker, IReadOnlyList<string> numbers, TimeSpan patience)
    {
        if (numbers.Count == 0)
        {
            return [];
        }

        var answer = ProgramCall.Run(machine, patience, docker, ["inspect", "--format", Format, .. numbers], CancellationToken.None);
        var containers = new List<Container>();
        foreach (var line in answer.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries)) // one that ended just now is lacking, and the rest is right
        {
            if (line.Split('\t') is [var service, var name, var state, var since, var code])
            {
                containers.Add(new(service, name.TrimStart('/'), state, DateTimeOffset.TryParse(since, CultureInfo.InvariantCulture, out var time) && time.Year > 1 ? time : null, code.Trim()));
            }
        }

        return containers;
    }
}
