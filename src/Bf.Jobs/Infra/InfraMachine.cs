namespace Bf.Jobs.Infra;

/// <summary>The machine as providers see it: the present folder, the environment, the time.</summary>
/// <param name="Folder">The present folder: where <c>.env</c> and <c>infra/docker-compose.yml</c> are looked for.</param>
/// <param name="Variable">Looks a variable of the environment up.</param>
/// <param name="Clock">The time.</param>
public sealed record InfraMachine(string Folder, Func<string, string?> Variable, TimeProvider Clock)
{
    /// <summary>This machine, as this process sees it.</summary>
    public static InfraMachine Here(TimeProvider clock) => new(Directory.GetCurrentDirectory(), Environment.GetEnvironmentVariable, clock);

    /// <summary>A program of the <c>PATH</c>, with its folder; null where there is none.</summary>
    public string? Program(string name) =>
        (Variable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
