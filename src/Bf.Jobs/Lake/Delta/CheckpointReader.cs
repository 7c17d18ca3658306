using System.Globalization;
using System.Text.Json;
using Bf.Jobs.Lake.DuckDb;
using Bf.Jobs.Lake.Store;

namespace Bf.Jobs.Lake.Delta;

/// <summary>A checkpoint of a log: one file, or all parts of one.</summary>
internal sealed record CheckpointFiles(long Version, string[] Paths);

/// <summary>Reads checkpoints of every form: classic, in parts, and v2 (in JSON or Parquet, with sidecars) (Delta protocol, "Checkpoints").</summary>
internal static class CheckpointReader
{
    /// <summary>The complete checkpoints among the files of a log, the newest first.</summary>
    public static IEnumerable<CheckpointFiles> Complete(IEnumerable<(long Version, string Path)> files) =>
        from version in files.GroupBy(f => f.Version, f => f.Path)
        orderby version.Key descending
        from paths in Complete(version)
        select new CheckpointFiles(version.Key, paths);

    /// <summary>Adds a checkpoint's content to a snapshot.</summary>
    /// <exception cref="DeltaException">It can't be read, or something is missing in it.</exception>
    public static void Read(IObjectStore store, string place, CheckpointFiles checkpoint, Snapshot snapshot)
    {
        var name = Path.GetFileName(checkpoint.Paths[0]);
        try
        {
            using var connection = DuckDatabase.Connect();
            var sidecars = new List<string>();
            var described = false;
            foreach (var path in checkpoint.Paths)
            {
                foreach (var line in path.EndsWith(".json", StringComparison.Ordinal) ? LogLines.Read(place, path, store.Read(path)!) : Parquet(connection, store.Locate(path)))
                {
                    snapshot.Apply(line);
                    described |= line.IsCheckpointMetadata;
                    if (line.Sidecar is { } sidecar)
                    {
                        var file = Path.GetFileName(Uri.UnescapeDataString(sidecar.Path));
                        sidecars.Add($"{Path.GetDirectoryName(path)!.Replace('\\', '/')}/_sidecars/{file}");
                    }
                }
            }

            foreach (var line in sidecars.SelectMany(s => Parquet(connection, store.Locate(s))))
            {
                snapshot.Apply(line);
            }

            var isV2 = name.Split('.').Length == 4;
            if (snapshot.Protocol is null || snapshot.MetaData is null || (isV2 && !described))
            {
                throw new InvalidDataException("protocol, metadata or its own description are not in it");
            }
        }
        catch (Exception e) when (e is DuckException or JsonException or InvalidOperationException or FormatException or InvalidDataException or IOException)
        {
            throw DeltaException.Damaged(place, $"the checkpoint {name} can't be read ({e.Message.Split('\n')[0]})", e);
        }
    }

    private static IEnumerable<LogLine> Parquet(DuckConnection connection, string file)
    {
        using var rows = connection.Query($"SELECT CAST(to_json(t) AS VARCHAR) FROM read_parquet({DuckConnection.File(file)}) t");
        while (rows.Next())
        {
            for (var i = 0; i < rows.Rows; i++)
            {
                yield return LogJson.Read(rows.Bytes(0, i).ToArray());
            }
        }
    }

    private static IEnumerable<string[]> Complete(IEnumerable<string> files)
    {
        var parts = new List<string>();
        foreach (var file in files)
        {
            // VERSION.checkpoint.parquet, VERSION.checkpoint.UUID.json, VERSION.checkpoint.0000000001.0000000003.parquet
            if (Path.GetFileName(file).Split('.').Length == 5)
            {
                parts.Add(file);
            }
            else
            {
                yield return [file];
            }
        }

        // complete only with every part
        foreach (var form in parts.GroupBy(p => Path.GetFileName(p).Split('.')[3]))
        {
            if (int.TryParse(form.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && form.Count() == count)
            {
                yield return [.. form];
            }
        }
    }
}
