using System.Text.Json;
using Bf.Core.Market;
using Bf.Core.Signals;
using Bf.Jobs.Generate;
using Bf.Jobs.Signals;

namespace Bf.Jobs.Tests.Generate;

/// <summary>What a row of signals says of the detectors and of the score's settings.</summary>
public sealed class SignalRowsTests
{
    [Fact]
    public void A_row_has_each_detectors_memory_and_state_and_the_settings_of_its_score()
    {
        using var lake = new TestLake();
        lake.Import(Repository.Sample);
        lake.Generate();
        var signals = SignalReader.Read(lake.Lake, Universe.All, Interval.Day);
        var rows = lake.Query("SELECT memory || ';' || thrust_states FROM signals ORDER BY ts");
        var seen = new HashSet<string>();

        for (var t = 0; t < rows.Count; t += 11)
        {
            var (memory, states) = (JsonDocument.Parse(rows[t].Split(';')[0]).RootElement, JsonDocument.Parse(rows[t].Split(';')[1]).RootElement);
            foreach (var (d, detector) in Detectors.All.Index())
            {
                Assert.Equal(signals.Memory.Since(d, t), memory.TryGetProperty(detector.Name, out var since) ? since.GetInt32() : null);
                Assert.Equal(ThrustStates.Name(signals.Memory.StateOf(d, t)), states.TryGetProperty(detector.Name, out var state) ? state.GetString() : "none");
                seen.Add(ThrustStates.Name(signals.Memory.StateOf(d, t)));
            }
        }

        Assert.Equal(["armed", "decayed", "fired", "none"], seen.Order(StringComparer.Ordinal));
        Assert.Equal($"1|{GenerateSettings.Usual.Text}", lake.Value("SELECT count(DISTINCT settings), min(settings) FROM signals"));
        Assert.Equal(ScoreSettings.Default, signals.Score.Settings);
    }
}
