using System.Buffers;
using System.Text.Json;

namespace Bf.Jobs.Lake.Delta;

/// <summary>
/// Lines of the log as JSON, read and written by hand: a serializer's metadata would take longer to start than the rest of a small run.
/// What we don't know is passed over when reading.
/// </summary>
internal static class LogJson
{
    /// <summary>Reads a line.</summary>
    /// <exception cref="JsonException">It is no JSON, or lacks what the protocol requires.</exception>
    /// <exception cref="InvalidOperationException">A value is of another type than the protocol's.</exception>
    public static LogLine Read(ReadOnlyMemory<byte> line)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        return new LogLine
        {
            Add = Part(root, "add") is { } add ? ReadAdd(add) : null,
            Remove = Part(root, "remove") is { } remove ? ReadRemove(remove) : null,
            Txn = Part(root, "txn") is { } txn ? new Txn { AppId = Required(txn, "appId"), Version = Long(txn, "version") ?? 0, LastUpdated = Long(txn, "lastUpdated") } : null,
            MetaData = Part(root, "metaData") is { } metaData ? ReadMetaData(metaData) : null,
            Protocol = Part(root, "protocol") is { } protocol ? ReadProtocol(protocol) : null,
            Sidecar = Part(root, "sidecar") is { } sidecar ? new Sidecar(Required(sidecar, "path")) : null,
            IsCheckpointMetadata = Part(root, "checkpointMetadata") is not null,
            CommitInfo = Part(root, "commitInfo") is { } info ? ReadInfo(info) : null,
        };
    }

    /// <summary>Writes a line, without its end.</summary>
    public static ReadOnlySpan<byte> Write(LogLine line)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            Write(json, "commitInfo", line.CommitInfo, WriteInfo);
            Write(json, "protocol", line.Protocol, WriteProtocol);
            Write(json, "metaData", line.MetaData, WriteMetaData);
            Write(json, "txn", line.Txn, WriteTxn);
            Write(json, "remove", line.Remove, WriteRemove);
            Write(json, "add", line.Add, WriteAdd);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan;
    }

    // others may write what they like here, which is no reason to refuse their table
    private static CommitInfo ReadInfo(JsonElement e) => new()
    {
        Timestamp = Time(e, "timestamp"),
        InCommitTimestamp = Time(e, "inCommitTimestamp"),
        Operation = Part(e, "operation")?.ToString(),
        Parameters = Notes(e, "operationParameters"),
        Metrics = Notes(e, "operationMetrics"),
        EngineInfo = Part(e, "engineInfo")?.ToString(),
    };

    private static long? Time(JsonElement e, string name) =>
        Part(e, name) is { ValueKind: JsonValueKind.Number } time && time.TryGetInt64(out var milliseconds) ? milliseconds : null;

    private static Dictionary<string, string?> Notes(JsonElement e, string name)
    {
        var notes = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (Part(e, name) is { ValueKind: JsonValueKind.Object } part)
        {
            foreach (var property in part.EnumerateObject())
            {
                notes[property.Name] = property.Value.ToString();
            }
        }

        return notes;
    }

    private static AddFile ReadAdd(JsonElement e) => new()
    {
        Path = Required(e, "path"),
        PartitionValues = Map(e, "partitionValues") ?? [],
        Size = Long(e, "size") ?? 0,
        ModificationTime = Long(e, "modificationTime") ?? 0,
        DataChange = Truth(e, "dataChange") ?? true,
        Stats = Text(e, "stats") ?? Part(e, "stats_parsed")?.GetRawText(),
        Tags = Map(e, "tags"),
        DeletionVector = Part(e, "deletionVector") is { } vector ? ReadDeletionVector(vector) : null,
    };

    private static RemoveFile ReadRemove(JsonElement e) => new()
    {
        Path = Required(e, "path"),
        DeletionTimestamp = Long(e, "deletionTimestamp"),
        DataChange = Truth(e, "dataChange") ?? true,
        ExtendedFileMetadata = Truth(e, "extendedFileMetadata"),
        PartitionValues = Map(e, "partitionValues"),
        Size = Long(e, "size"),
        DeletionVector = Part(e, "deletionVector") is { } vector ? ReadDeletionVector(vector) : null,
    };

    private static DeletionVector? ReadDeletionVector(JsonElement e) => Text(e, "storageType") is not { } type ? null : new()
    {
        StorageType = type,
        PathOrInline = Required(e, "pathOrInlineDv"),
        Offset = (int?)Long(e, "offset"),
        SizeInBytes = (int)(Long(e, "sizeInBytes") ?? 0),
        Cardinality = Long(e, "cardinality") ?? 0,
    };

    private static MetaData ReadMetaData(JsonElement e) => new()
    {
        Id = Required(e, "id"),
        Name = Text(e, "name"),
        Description = Text(e, "description"),
        Format = Part(e, "format") is { } format ? new Format { Provider = Text(format, "provider") ?? "parquet" } : new(),
        SchemaString = Required(e, "schemaString"),
        PartitionColumns = Texts(e, "partitionColumns") ?? [],
        Configuration = Map(e, "configuration")?.ToDictionary(p => p.Key, p => p.Value ?? "", StringComparer.Ordinal) ?? [],
        CreatedTime = Long(e, "createdTime"),
    };

    private static Protocol ReadProtocol(JsonElement e) => new()
    {
        MinReaderVersion = (int)(Long(e, "minReaderVersion") ?? 1),
        MinWriterVersion = (int)(Long(e, "minWriterVersion") ?? 1),
        ReaderFeatures = Texts(e, "readerFeatures"),
        WriterFeatures = Texts(e, "writerFeatures"),
    };

    private static void WriteInfo(Utf8JsonWriter json, CommitInfo info)
    {
        Write(json, "timestamp", info.Timestamp);
        Write(json, "operation", info.Operation);
        Write(json, "operationParameters", info.Parameters);
        Write(json, "operationMetrics", info.Metrics);
        Write(json, "engineInfo", info.EngineInfo);
    }

    private static void WriteProtocol(Utf8JsonWriter json, Protocol protocol)
    {
        json.WriteNumber("minReaderVersion", protocol.MinReaderVersion);
        json.WriteNumber("minWriterVersion", protocol.MinWriterVersion);
        Write(json, "readerFeatures", protocol.ReaderFeatures);
        Write(json, "writerFeatures", protocol.WriterFeatures);
    }

    private static void WriteMetaData(Utf8JsonWriter json, MetaData metaData)
    {
        json.WriteString("id", metaData.Id);
        Write(json, "name", metaData.Name);
        Write(json, "description", metaData.Description);
        json.WriteStartObject("format");
        json.WriteString("provider", metaData.Format.Provider);
        Write(json, "options", metaData.Format.Options.ToDictionary(p => p.Key, p => (string?)p.Value));
        json.WriteEndObject();
        json.WriteString("schemaString", metaData.SchemaString);
        Write(json, "partitionColumns", metaData.PartitionColumns);
        Write(json, "configuration", metaData.Configuration.ToDictionary(p => p.Key, p => (string?)p.Value));
        Write(json, "createdTime", metaData.CreatedTime);
    }

    private static void WriteTxn(Utf8JsonWriter json, Txn txn)
    {
        json.WriteString("appId", txn.AppId);
        json.WriteNumber("version", txn.Version);
        Write(json, "lastUpdated", txn.LastUpdated);
    }

    private static void WriteRemove(Utf8JsonWriter json, RemoveFile file)
    {
        json.WriteString("path", file.Path);
        Write(json, "deletionTimestamp", file.DeletionTimestamp);
        json.WriteBoolean("dataChange", file.DataChange);
        if (file.ExtendedFileMetadata is { } extended)
        {
            json.WriteBoolean("extendedFileMetadata", extended);
        }

        Write(json, "partitionValues", file.PartitionValues);
        Write(json, "size", file.Size);
        Write(json, "deletionVector", file.DeletionVector, WriteDeletionVector);
    }

    private static void WriteAdd(Utf8JsonWriter json, AddFile file)
    {
        json.WriteString("path", file.Path);
        Write(json, "partitionValues", file.PartitionValues);
        json.WriteNumber("size", file.Size);
        json.WriteNumber("modificationTime", file.ModificationTime);
        json.WriteBoolean("dataChange", file.DataChange);
        Write(json, "stats", file.Stats);
        Write(json, "tags", file.Tags);
        Write(json, "deletionVector", file.DeletionVector, WriteDeletionVector);
    }

    private static void WriteDeletionVector(Utf8JsonWriter json, DeletionVector vector)
    {
        json.WriteString("storageType", vector.StorageType);
        json.WriteString("pathOrInlineDv", vector.PathOrInline);
        Write(json, "offset", vector.Offset);
        json.WriteNumber("sizeInBytes", vector.SizeInBytes);
        json.WriteNumber("cardinality", vector.Cardinality);
    }

    private static void Write<T>(Utf8JsonWriter json, string name, T? part, Action<Utf8JsonWriter, T> write)
        where T : class
    {
        if (part is not null)
        {
            json.WriteStartObject(name);
            write(json, part);
            json.WriteEndObject();
        }
    }

    private static void Write(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    private static void Write(Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } value)
        {
            json.WriteNumber(name, value);
        }
    }

    private static void Write(Utf8JsonWriter json, string name, string[]? texts)
    {
        if (texts is null)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, Dictionary<string, string?>? map)
    {
        if (map is null)
        {
            return;
        }

        json.WriteStartObject(name);
        foreach (var (key, value) in map)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    private static JsonElement? Part(JsonElement e, string name) => e.TryGetProperty(name, out var part) && part.ValueKind != JsonValueKind.Null ? part : null;

    private static string? Text(JsonElement e, string name) => Part(e, name)?.GetString();

    private static string Required(JsonElement e, string name) => Text(e, name) ?? throw new JsonException($"{name} is missing");

    private static long? Long(JsonElement e, string name) => Part(e, name)?.GetInt64();

    private static bool? Truth(JsonElement e, string name) => Part(e, name)?.GetBoolean();

    private static string[]? Texts(JsonElement e, string name) => Part(e, name)?.EnumerateArray().Select(t => t.GetString()!).ToArray();

    private static Dictionary<string, string?>? Map(JsonElement e, string name)
    {
        if (Part(e, name) is not { } part)
        {
            return null;
        }

        var map = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var property in part.EnumerateObject())
        {
            map[property.Name] = property.Value.GetString();
        }

        return map;
    }
}
