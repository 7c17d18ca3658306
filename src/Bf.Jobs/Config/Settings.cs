namespace Bf.Jobs.Config;

/// <summary>Where a setting's value came from.</summary>
public enum SettingOrigin
{
    /// <summary>A flag of the command line.</summary>
    Flag,
    /// <summary>The environment.</summary>
    Environment,
    /// <summary>The file <c>.env</c> of the present folder.</summary>
    DotEnv,
    /// <summary>The profile.</summary>
    Profile,
    /// <summary>The built-in default.</summary>
    Default,
}

/// <summary>A setting's value and its origin.</summary>
public sealed record SettingValue(Setting Setting, string? Value, SettingOrigin Origin);

/// <summary>
/// The settings of a run: flag, then environment, then <c>.env</c>, then profile, then default.
/// A profile NAME is a file <c>NAME.env</c> in <c>profiles/</c> of the present folder or of the program.
/// </summary>
public sealed class Settings
{
    private readonly Dictionary<string, string> _flags;
    private readonly Func<string, string?> _environment;
    private readonly Dictionary<string, string> _dotEnv;
    private readonly Dictionary<string, string> _profile;

    /// <summary>Reads the settings.</summary>
    /// <param name="flags">Values given by flags, by setting's name.</param>
    /// <param name="environment">Looks a variable up.</param>
    /// <param name="folder">The present folder.</param>
    /// <exception cref="JobException">The profile is not known, or a file has a line that is no setting.</exception>
    public Settings(IReadOnlyDictionary<string, string> flags, Func<string, string?> environment, string folder)
    {
        _flags = new(flags, StringComparer.Ordinal);
        _environment = environment;
        _dotEnv = ReadFile(Path.Combine(folder, ".env")) ?? [];
        _profile = [];
        var profile = Of("BF_PROFILE");
        if (profile.Value is { Length: > 0 } name)
        {
            _profile = ReadFile(Path.Combine(folder, "profiles", name + ".env")) ?? ReadFile(Path.Combine(AppContext.BaseDirectory, "profiles", name + ".env"))
                ?? (profile.Origin == SettingOrigin.Default ? [] : throw new JobException($"no profile '{name}'. A profile is a file profiles/{name}.env with lines NAME=VALUE; there are {string.Join(", ", Profiles(folder))}"));
        }
    }

    /// <summary>All known settings with their values.</summary>
    public IReadOnlyList<SettingValue> All => [.. Setting.All.Select(s => Of(s.Name))];

    /// <summary>A setting's value and where it came from.</summary>
    public SettingValue Of(string name)
    {
        var setting = Setting.All.First(s => s.Name == name);
        return _flags.TryGetValue(name, out var value) ? new(setting, value, SettingOrigin.Flag)
            : _environment(name) is { Length: > 0 } variable ? new(setting, variable, SettingOrigin.Environment)
            : _dotEnv.TryGetValue(name, out value) ? new(setting, value, SettingOrigin.DotEnv)
            : _profile.TryGetValue(name, out value) ? new(setting, value, SettingOrigin.Profile)
            : new(setting, setting.Default, SettingOrigin.Default);
    }

    /// <summary>What <c>.env</c> and the profile say under names that begin so, also names that bf does not know.</summary>
    public IEnumerable<KeyValuePair<string, string>> Named(string beginning) => _dotEnv.Concat(_profile.Where(p => !_dotEnv.ContainsKey(p.Key))).Where(p => p.Key.StartsWith(beginning, StringComparison.Ordinal));

    /// <summary>The names of the profiles that there are.</summary>
    /// <param name="folder">The present folder.</param>
    public static IReadOnlyList<string> Profiles(string folder) =>
        [.. ((string[])[Path.Combine(folder, "profiles"), Path.Combine(AppContext.BaseDirectory, "profiles")])
            .Where(Directory.Exists).SelectMany(f => Directory.EnumerateFiles(f, "*.env")).Select(f => Path.GetFileNameWithoutExtension(f)).Distinct().Order(StringComparer.Ordinal)];

    private static Dictionary<string, string>? ReadFile(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var number = 0;
        foreach (var text in File.ReadLines(path))
        {
            number++;
            var line = text.Trim();
            if (line.Length == 0 || line.StartsWith('#'))
            {
                continue;
            }

            line = line.StartsWith("export ", StringComparison.Ordinal) ? line[7..] : line;
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw new JobException($"{path} line {number}: write NAME=VALUE");
            }

            var value = line[(equals + 1)..].Trim();
            values[line[..equals].Trim()] = value is ['"', .., '"'] or ['\'', .., '\''] ? value[1..^1] : value;
        }

        return values;
    }
}
