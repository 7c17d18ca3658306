using System.Globalization;

namespace Bf.EndToEnd;

/// <summary>
/// A command that is killed at any moment leaves whole tables, and running it again gives what an undisturbed run gives.
/// <c>BF_KILLS</c> says how many kills (docs/durability.md), <c>BF_SEED</c> at which moments.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Killed = 128 + 9;

    [Fact]
    public void A_kill_at_any_moment_costs_nothing_but_the_run()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("signals are tested on Linux");
        }

        var (kills, seed) = (Setting("BF_KILLS", 9), Setting("BF_SEED", 1));
        var random = new Random(seed);
        var start = TimeProvider.System.GetTimestamp();
        List<Disturbed> commands = [Disturbed.Import(), Disturbed.Fetch(), Disturbed.Generate(), Disturbed.Increment(), Disturbed.Optimize(), Disturbed.Rename()];
        var prepared = TimeProvider.System.GetElapsedTime(start);
        var survivors = new List<(string Name, BfProgram Lake)>();
        try
        {
            var (done, tries) = (0, 0);
            for (; done < kills && tries < (3 * kills) + 10; tries++)
            {
                var command = commands[tries % commands.Count];
                using var bf = command.Copy();
                // every other kill by a change of the folder, since most of a run's time is not spent writing
                if (!Kill(bf, command, tries % 2 == 0 ? random.Next(1, command.Changes + 1) : null, command.Duration * random.NextDouble()))
                {
                    continue;
                }

                done++;
                CheckWhole(bf, command, $"kill {done} of {command.Name}, BF_SEED={seed}");
                if (kills - done < commands.Count)
                {
                    survivors.Add((command.Name, Keep(bf)));
                }

                CheckCompletes(bf, command, $"kill {done} of {command.Name}, BF_SEED={seed}");
            }

            var took = TimeProvider.System.GetElapsedTime(start) - prepared;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{done} kills of {string.Join(", ", commands.Select(c => c.Name))} (seed {seed}; {tries - done} runs ended before); {took.TotalMilliseconds / done:0} ms a kill with its checks"));
            Assert.Equal(kills, done);
            CheckBySpark(survivors);
        }
        finally
        {
            commands.ForEach(c => c.Dispose());
            survivors.ForEach(s => s.Lake.Dispose());
        }
    }

    /// <summary>Runs the command and kills it; false when it ended before.</summary>
    private static bool Kill(BfProgram bf, Disturbed command, int? change, TimeSpan after)
    {
        using var process = bf.Start(command.Command);
        process.StandardInput.Close();
        var seen = 0;
        using var watch = change is null ? null : Disturbed.Watch(bf, () =>
        {
            if (Interlocked.Increment(ref seen) == change)
            {
                process.Kill();
            }
        });
        if (change is null && !process.WaitForExit(after))
        {
            process.Kill();
        }

        process.WaitForExit();
        return process.ExitCode == Killed;
    }

    private static void CheckWhole(BfProgram bf, Disturbed command, string which)
    {
        Assert.Equal($"{which}: ", $"{which}: {LakeState.Wrong(bf)}");
        foreach (var table in LakeState.Tables)
        {
            var rows = LakeState.Of(bf, table);
            Assert.True(rows == command.Before[table] || rows == command.After[table], $"{which}: {table} holds a part of a commit");
        }
    }

    private static void CheckCompletes(BfProgram bf, Disturbed command, string which)
    {
        var again = bf.Run(command.Command);
        // a rename that was committed has nothing left to rename
        Assert.True(again.Code == 0 || (command.Name == "rename" && again.Error.Contains("has no bars of S03", StringComparison.Ordinal)), $"{which}: run again: {again.Error}");
        foreach (var (table, rows) in LakeState.Of(bf))
        {
            Assert.True(rows == command.After[table], $"{which}: run again, {table} is not what an undisturbed run gives");
        }

        Assert.Equal("", LakeState.Wrong(bf));
    }

    private static BfProgram Keep(BfProgram bf)
    {
        var copy = new BfProgram();
        TestFiles.Copy(bf.At("lake"), copy.At("lake"));
        return copy;
    }

    /// <summary>The real Spark counts what we count in lakes as the kill left them.</summary>
    private void CheckBySpark(List<(string Name, BfProgram Lake)> lakes)
    {
        if (SparkSql.Missing is { } missing)
        {
            output.WriteLine($"not read by Spark: {missing}");
            return;
        }

        var questions = lakes.Index().SelectMany(l => LakeState.Tables.Where(t => File.Exists(l.Item.Lake.At("lake", t, "_delta_log", "00000000000000000000.json")))
            .Select(t => (Key: $"{l.Index} {t}", l.Item.Lake, Table: t))).ToList();
        var answers = SparkSql.Run(string.Join(" UNION ALL ", questions.Select(q => $"SELECT '{q.Key}' AS k, CAST(count(*) AS STRING) AS v FROM delta.`{q.Lake.At("lake", q.Table)}`"))).ToDictionary(a => a.Key, a => a.Value, StringComparer.Ordinal);
        foreach (var q in questions)
        {
            var rows = LakeState.Of(q.Lake, q.Table);
            Assert.Equal(rows.Length == 0 ? 0 : rows.Split('\n').Length, int.Parse(answers[q.Key], CultureInfo.InvariantCulture));
        }

        output.WriteLine($"Spark counts the same rows in {questions.Count} tables of {lakes.Count} lakes as their kills left them");
    }

    private static int Setting(string name, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : usual;
}
