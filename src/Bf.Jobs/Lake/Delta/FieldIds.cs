using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Lake.Delta;

/// <summary>Finds columns in data files by their ids, whatever the files call them (Delta protocol, "Column Mapping", mode <c>id</c>).</summary>
internal sealed class FieldIds(DeltaSchema schema)
{
    /// <summary>A column of a Parquet file.</summary>
    private sealed record Node(string Name, int? Id, List<Node> Children);

    /// <summary>The files in groups that call the columns the same, and the columns with the names that the group has for them.</summary>
    /// <exception cref="DeltaException">A file has no ids.</exception>
    public IEnumerable<(DeltaField[] Fields, IReadOnlyCollection<AddFile> Files)> Group(IReadOnlyCollection<AddFile> files, Func<AddFile, string> locate)
    {
        using var connection = DuckDatabase.Connect();
        return files
            .Select(file => (Fields: Fields(Columns(connection, locate(file)), locate(file)), File: file))
            .GroupBy(f => new StructType(f.Fields).SqlType, StringComparer.Ordinal)
            .Select(g => (g.First().Fields, (IReadOnlyCollection<AddFile>)[.. g.Select(f => f.File)]))
            .ToList();
    }

    private DeltaField[] Fields(List<Node> columns, string file) =>
        columns.All(c => c.Id is null)
            ? throw new DeltaException($"{file} can't be read: its columns have no ids, which columnMapping by id needs")
            : [.. schema.Fields.Select(f => schema.IsPartition(f) ? f : Named(f, columns))];

    private static DeltaField Named(DeltaField field, List<Node> among) =>
        among.FirstOrDefault(n => n.Id == field.Id && n.Id is not null) is { } node
            ? field with { PhysicalName = node.Name, Type = Named(field.Type, node) }
            : field with { PhysicalName = $"no field {field.Id}" };

    private static DeltaType Named(DeltaType type, Node node) => type switch
    {
        StructType s => new StructType([.. s.Fields.Select(f => Named(f, node.Children))]),
        ListType l => new ListType(Named(l.Element, Element(node))),
        MapType m when node.Children is [{ Children: [var key, var value] }] => new MapType(Named(m.Key, key), Named(m.Value, value)),
        _ => type,
    };

    /// <summary>The elements of a list, which stand below a repeated group, or are it in Parquet's older form.</summary>
    private static Node Element(Node list) => list.Children is [{ Name: "list" or "bag", Children: [var element] }] ? element : list.Children.FirstOrDefault() ?? list;

    private static List<Node> Columns(DuckConnection connection, string file)
    {
        using var rows = connection.Query($"SELECT name, field_id::INTEGER, num_children::INTEGER FROM parquet_schema({DuckConnection.File(file)})");
        var open = new Stack<(Node Node, int Left)>();
        var root = new Node("", null, []);
        open.Push((root, 1));
        while (rows.Next())
        {
            for (var i = 0; i < rows.Rows; i++)
            {
                while (open.Peek().Left == 0)
                {
                    open.Pop();
                }

                var (parent, left) = open.Pop();
                open.Push((parent, left - 1));
                var node = new Node(rows.Text(0, i), rows.IsNull(1, i) ? null : rows.Column<int>(1)[i], []);
                parent.Children.Add(node);
                open.Push((node, rows.IsNull(2, i) ? 0 : rows.Column<int>(2)[i]));
            }
        }

        return root.Children[0].Children;
    }
}
