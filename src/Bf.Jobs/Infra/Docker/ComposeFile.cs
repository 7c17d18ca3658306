namespace Bf.Jobs.Infra.Docker;

/// <summary>The Compose file that is used: of the present folder, so that it can be changed, else the one that came with the program.</summary>
internal static class ComposeFile
{
    public const string Name = "docker-compose.yml";

    /// <exception cref="JobException">There is none.</exception>
    public static string Find(string folder) =>
        ((string[])[Path.Combine(folder, "infra", Name), Path.Combine(AppContext.BaseDirectory, "infra", Name)]).FirstOrDefault(File.Exists)
            ?? throw new JobException($"there is no infra/{Name} in {folder} nor beside the program; run bf in its repository, or copy the folder infra here");
}
