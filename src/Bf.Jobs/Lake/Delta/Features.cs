namespace Bf.Jobs.Lake.Delta;

/// <summary>Refuses, by the feature's name, a table that needs what we lack: nothing is answered silently wrong.</summary>
internal static class Features
{
    // vacuumProtocolCheck needs nothing of a reader: it only changes how files are vacuumed.
    private static readonly HashSet<string> Readable = new(StringComparer.Ordinal)
    {
        "columnMapping", "deletionVectors", "timestampNtz", "typeWidening", "typeWidening-preview", "v2Checkpoint", "vacuumProtocolCheck",
    };

    // Held to below: a table that uses one of the last four is refused, one that only names it is not.
    private static readonly HashSet<string> Writable = new(StringComparer.Ordinal)
    {
        "appendOnly", "invariants", "vacuumProtocolCheck", "checkConstraints", "changeDataFeed", "generatedColumns", "identityColumns",
    };

    /// <summary>Checks that a table can be read.</summary>
    /// <exception cref="DeltaException">It needs a feature that is not supported.</exception>
    public static void CheckReadable(string table, Snapshot snapshot)
    {
        var protocol = snapshot.Protocol ?? throw new DeltaException($"{table}: the log holds no protocol action, so it is no Delta table or its log is damaged");
        var metaData = snapshot.MetaData ?? throw new DeltaException($"{table}: the log holds no metaData action, so it is no Delta table or its log is damaged");
        if (protocol.MinReaderVersion > 3)
        {
            throw Refuse(table, $"reader version {protocol.MinReaderVersion}", "read");
        }

        if (protocol.MinReaderVersion == 3 && protocol.ReaderFeatures is null)
        {
            throw new DeltaException($"{table}: the protocol action has reader version 3 without readerFeatures, so the log is damaged");
        }

        foreach (var feature in protocol.ReaderFeatures ?? [])
        {
            if (!Readable.Contains(feature))
            {
                throw Refuse(table, feature, "read");
            }
        }

        if (metaData.Configuration.Count > 0 && DeltaSchema.Mode(snapshot) is not ("none" or "name" or "id") and var mode)
        {
            throw Refuse(table, $"columnMapping by {mode}", "read");
        }
    }

    /// <summary>Whether data files have the table's columns as they are: under their names, of their types, every row.</summary>
    public static bool IsPlain(Snapshot snapshot) =>
        snapshot.MetaData!.PartitionColumns.Length == 0
        && DeltaSchema.Mode(snapshot) == "none"
        && snapshot.Protocol!.ReaderFeatures?.Any(f => f.StartsWith("typeWidening", StringComparison.Ordinal)) != true
        && !snapshot.Files.Any(f => f.DeletionVector is not null);

    /// <summary>Checks that a table can be written.</summary>
    /// <exception cref="DeltaException">It needs a feature that is not supported.</exception>
    public static void CheckWritable(string table, Snapshot snapshot, bool removes)
    {
        CheckReadable(table, snapshot);
        var protocol = snapshot.Protocol!;
        if (protocol.MinWriterVersion > 7)
        {
            throw Refuse(table, $"writer version {protocol.MinWriterVersion}", "written");
        }

        foreach (var feature in protocol.WriterFeatures ?? [])
        {
            if (!Writable.Contains(feature))
            {
                throw Refuse(table, feature, "written");
            }
        }

        if (DeltaSchema.Mode(snapshot) != "none")
        {
            throw Refuse(table, "columnMapping", "written");
        }

        if (snapshot.MetaData!.PartitionColumns.Length > 0)
        {
            throw Refuse(table, $"partition columns ({string.Join(", ", snapshot.MetaData.PartitionColumns)})", "written");
        }

        if (snapshot.Files.Any(f => f.DeletionVector is not null))
        {
            throw Refuse(table, "deletionVectors", "written");
        }

        var configuration = snapshot.MetaData.Configuration;
        if (removes && configuration.TryGetValue("delta.appendOnly", out var appendOnly) && appendOnly == "true")
        {
            throw Refuse(table, "appendOnly", "changed");
        }

        if (configuration.TryGetValue("delta.enableChangeDataFeed", out var feed) && feed == "true")
        {
            throw Refuse(table, "changeDataFeed", "written");
        }

        if (configuration.Keys.FirstOrDefault(k => k.StartsWith("delta.constraints.", StringComparison.Ordinal)) is { } constraint)
        {
            throw Refuse(table, $"checkConstraints ({constraint})", "written");
        }

        foreach (var (mark, feature) in ((string, string)[])[("delta.invariants", "invariants"), ("delta.generationExpression", "generatedColumns"), ("delta.identity.start", "identityColumns")])
        {
            if (snapshot.MetaData.SchemaString.Contains(mark, StringComparison.Ordinal))
            {
                throw Refuse(table, feature, "written");
            }
        }
    }

    /// <summary>Whether all that a table's log says is kept by what bf writes to it.</summary>
    public static bool AreKept(Snapshot snapshot)
    {
        try
        {
            CheckWritable("", snapshot, removes: false);
            return true;
        }
        catch (DeltaException)
        {
            return false;
        }
    }

    /// <summary>The error that refuses a table for a feature.</summary>
    public static DeltaException Refuse(string table, string feature, string verb) =>
        new($"{table} can't be {verb}: it uses the Delta feature {feature}, which bf does not support");
}
