using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bf.Jobs.Lake.Delta;

/// <summary>A column or a field of one.</summary>
/// <param name="Name">The name that the table calls it by.</param>
/// <param name="PhysicalName">The name that data files, partition values and statistics call it by: another one under column mapping.</param>
/// <param name="Id">The number that data files know it by under column mapping by id.</param>
/// <param name="Type">Its type.</param>
internal sealed record DeltaField(string Name, string PhysicalName, int? Id, DeltaType Type);

/// <summary>The columns of a table, as its log describes them.</summary>
/// <param name="Fields">The columns, in order.</param>
/// <param name="Partitions">Those whose values stand in the log, not in data files.</param>
/// <param name="MappedById">Whether data files are read by the columns' ids.</param>
internal sealed record DeltaSchema(DeltaField[] Fields, string[] Partitions, bool MappedById)
{
    /// <summary>The schema of a snapshot.</summary>
    /// <param name="table">The table's place, for messages.</param>
    /// <param name="snapshot">The table at a version.</param>
    /// <exception cref="DeltaException">The schema is damaged, or a column's type is not supported; the message names it.</exception>
    public static DeltaSchema Of(string table, Snapshot snapshot)
    {
        var mode = Mode(snapshot);
        try
        {
            var root = JsonNode.Parse(snapshot.MetaData!.SchemaString) as JsonObject ?? throw new JsonException("no object");
            TypeWidening.Check(table, root);
            return new([.. Nodes(mode == "none" ? WithoutMapping(root) : root).Select(node => Column(table, node))], snapshot.MetaData.PartitionColumns, mode == "id");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException or ArgumentException)
        {
            throw new DeltaException($"{table}: the schema in its log is damaged ({e.Message})", e);
        }
    }

    /// <summary>Whether a column's values stand in the log.</summary>
    public bool IsPartition(DeltaField field) => Partitions.Contains(field.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>What statistics call a column; null when there is none of that name.</summary>
    public string? PhysicalNameOf(string column) => Fields.FirstOrDefault(f => f.Name.Equals(column, StringComparison.OrdinalIgnoreCase))?.PhysicalName;

    /// <summary>How columns are found in data files: <c>none</c> (by name), <c>name</c> (by physical name) or <c>id</c>.</summary>
    /// <remarks>The property counts only where the protocol knows it (Delta protocol, "Column Mapping").</remarks>
    public static string Mode(Snapshot snapshot) =>
        snapshot.MetaData!.Configuration.TryGetValue("delta.columnMapping.mode", out var mode)
        && (snapshot.Protocol!.MinReaderVersion == 2 || snapshot.Protocol.ReaderFeatures?.Contains("columnMapping") == true)
            ? mode
            : "none";

    /// <summary>The fields of a struct's node.</summary>
    /// <exception cref="NotSupportedException">A type is not supported; the message is its name.</exception>
    public static DeltaField[] OfStruct(JsonObject type) => [.. Nodes(type).Select(Field)];

    private static IEnumerable<JsonObject> Nodes(JsonObject type) => type["fields"]!.AsArray().Select(node => node!.AsObject());

    private static DeltaField Column(string table, JsonObject node)
    {
        try
        {
            return Field(node);
        }
        catch (NotSupportedException e)
        {
            throw new DeltaException($"{table} can't be read: its column {node["name"]} has the type {e.Message}, which bf does not support", e);
        }
    }

    private static DeltaField Field(JsonObject node)
    {
        var (name, metadata) = ((string?)node["name"] ?? throw new JsonException("a column has no name"), node["metadata"]);
        return new(name, (string?)metadata?["delta.columnMapping.physicalName"] ?? name, (int?)metadata?["delta.columnMapping.id"], DeltaType.Parse(node["type"]));
    }

    /// <summary>Names of a mapping that is switched off may be left over in the schema.</summary>
    private static JsonObject WithoutMapping(JsonObject root)
    {
        foreach (var node in Metadata(root))
        {
            node.Remove("delta.columnMapping.physicalName");
        }

        return root;
    }

    /// <summary>The metadata of all fields, at any depth.</summary>
    public static IEnumerable<JsonObject> Metadata(JsonNode? node)
    {
        if (node is not JsonObject type)
        {
            return [];
        }

        var own = type["metadata"] is JsonObject metadata ? [metadata] : Array.Empty<JsonObject>();
        var fields = type["fields"] is JsonArray list ? list.SelectMany(Metadata) : [];
        return [.. own, .. fields, .. Metadata(type["type"]), .. Metadata(type["elementType"]), .. Metadata(type["keyType"]), .. Metadata(type["valueType"])];
    }
}
