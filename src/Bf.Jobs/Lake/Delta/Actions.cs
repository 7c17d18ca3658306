namespace Bf.Jobs.Lake.Delta;

/// <summary>One line of a commit file or row of a checkpoint: exactly one of these is set (Delta protocol, "Actions").</summary>
internal sealed record LogLine
{
    public CommitInfo? CommitInfo { get; init; }
    public Protocol? Protocol { get; init; }
    public MetaData? MetaData { get; init; }
    public Txn? Txn { get; init; }
    public RemoveFile? Remove { get; init; }
    public AddFile? Add { get; init; }
    public Sidecar? Sidecar { get; init; }
    public bool IsCheckpointMetadata { get; init; }
}

/// <summary>What a commit did; the protocol leaves its content free. Parameters and metrics are those that Delta's own DESCRIBE HISTORY shows.</summary>
internal sealed record CommitInfo
{
    public long? Timestamp { get; init; }
    public long? InCommitTimestamp { get; init; }
    public string? Operation { get; init; }
    public Dictionary<string, string?> Parameters { get; init; } = [];
    public Dictionary<string, string?> Metrics { get; init; } = [];
    public string? EngineInfo { get; init; }
}

/// <summary>What a reader and a writer must be able to do.</summary>
internal sealed record Protocol
{
    public int MinReaderVersion { get; init; }
    public int MinWriterVersion { get; init; }
    public string[]? ReaderFeatures { get; init; }
    public string[]? WriterFeatures { get; init; }
}

/// <summary>A table's identity, schema and settings.</summary>
internal sealed record MetaData
{
    public string Id { get; init; } = "";
    public string? Name { get; init; }
    public string? Description { get; init; }
    public Format Format { get; init; } = new();
    public string SchemaString { get; init; } = "";
    public string[] PartitionColumns { get; init; } = [];
    public Dictionary<string, string> Configuration { get; init; } = [];
    public long? CreatedTime { get; init; }
}

/// <summary>How data files are encoded: always Parquet.</summary>
internal sealed record Format
{
    public string Provider { get; init; } = "parquet";
    public Dictionary<string, string> Options { get; init; } = [];
}

/// <summary>A data file that belongs to the table.</summary>
internal sealed record AddFile
{
    public string Path { get; init; } = "";
    public Dictionary<string, string?> PartitionValues { get; init; } = [];
    public long Size { get; init; }
    public long ModificationTime { get; init; }
    public bool DataChange { get; init; }
    public string? Stats { get; init; }
    public Dictionary<string, string?>? Tags { get; init; }
    public DeletionVector? DeletionVector { get; init; }

    /// <summary>How the file is to be read, where its columns are not simply those of the table; no part of the log.</summary>
    public DeltaSchema? Schema { get; init; }
}

/// <summary>A data file that no longer belongs to the table; it may be deleted once no reader can need it.</summary>
internal sealed record RemoveFile
{
    public string Path { get; init; } = "";
    public long? DeletionTimestamp { get; init; }
    public bool DataChange { get; init; }
    public bool? ExtendedFileMetadata { get; init; }
    public Dictionary<string, string?>? PartitionValues { get; init; }
    public long? Size { get; init; }
    public DeletionVector? DeletionVector { get; init; }
}

/// <summary>A file of <c>_delta_log/_sidecars</c> that holds a part of a checkpoint's files.</summary>
internal sealed record Sidecar(string Path);

/// <summary>How far an application has come; the highest version of an appId counts.</summary>
internal sealed record Txn
{
    public string AppId { get; init; } = "";
    public long Version { get; init; }
    public long? LastUpdated { get; init; }
}
