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
    private readonly HashSet<string> _handed = new(StringComparer.Ordinal);

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
            : _environment(name) is { Length: > 0 } variable && !_handed.Contains(name) ? new(setting, variable, SettingOrigin.Environment)
            : _dotEnv.TryGetValue(name, out value) ? new(setting, value, SettingOrigin.DotEnv)
            : _profile.TryGetValue(name, out value) ? new(setting, value, SettingOrigin.Profile)
            : new(setting, setting.Default, SettingOrigin.Default);
    }

    /// <summary>Puts what <c>.env</c> and the profile say under names that begin so into the environment of this process, for a library that reads its settings there; also names that bf does not know.</summary>
    public void HandToEnvironment(string beginning)
    {
        foreach (var (name, value) in _dotEnv.Concat(_profile.Where(p => !_dotEnv.ContainsKey(p.Key))))
        {
            if (name.StartsWith(beginning, StringComparison.Ordinal) && string.IsNullOrEmpty(_environment(name)))
            {
                Environment.SetEnvironmentVariable(name, value);
                _handed.Add(name); // it still comes from where it came
            }
        }
    }

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

            values[line[..equals].Trim()] = Unquoted(line[(equals + 1)..].Trim());
        }

        return values;
    }

    /// <summary>A value as Compose reads it too: within its quotes, else up to a comment.</summary>
    private static string Unquoted(string value)
    {
        if (value is ['"' or '\'', ..])
        {
            var end = 1;
            while (end < value.Length && (value[end] != value[0] || value[end - 1] == '\\'))
            {
                end++;
            }

            var rest = end < value.Length ? value.AsSpan(end + 1).TrimStart() : "-";
            return rest.Length > 0 && rest[0] != '#' ? value : value[0] == '\'' ? value[1..end].Replace("\\'", "'", StringComparison.Ordinal) : value[1..end];
        }

        var comment = value.IndexOf(" #", StringComparison.Ordinal);
        return comment < 0 ? value : value[..comment].TrimEnd();
    }
}
