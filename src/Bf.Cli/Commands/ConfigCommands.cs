using System.Text.Json.Nodes;
using Bf.Jobs.Config;

namespace Bf.Cli.Commands;

/// <summary><c>bf config</c>.</summary>
internal sealed class ConfigCommands : BfCommand
{
    public ConfigCommands()
        : base("config", "the settings in force, and the metrics that are given out", "bf config show", "bf config metrics")
    {
        Subcommands.Add(new ShowCommand());
        Subcommands.Add(new ConfigMetricsCommand());
    }

    private sealed class ShowCommand : BfCommand
    {
        public ShowCommand()
            : base("show", "each setting, its value, and where it comes from: flag, environment, .env, profile or default", "bf config show", "bf config show --json") => Do(Run);

        private static int Run(Invocation call)
        {
            var table = new TextTable("setting", "value", "from", "what it is");
            foreach (var s in call.Settings.All)
            {
                table.Add(s.Setting.Name, s.Setting.Show(s.Value), Origin(s), s.Setting.Meaning);
            }

            call.Out.Table(call.Out.Terminal ? table.Folded() : table); // elsewhere a setting is one line, for grep
            call.Out.Document(() => new JsonObject([.. call.Settings.All.Select(s =>
                KeyValuePair.Create(s.Setting.Name, (JsonNode?)new JsonObject { ["value"] = s.Value is null ? null : s.Setting.Show(s.Value), ["from"] = Origin(s) }))]));
            return ExitCode.Done;
        }

        private static string Origin(SettingValue s) => s.Origin == SettingOrigin.DotEnv ? ".env" : s.Origin.ToString().ToLowerInvariant();
    }
}
