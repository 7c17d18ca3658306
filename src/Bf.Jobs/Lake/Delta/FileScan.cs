using System.Globalization;
using Bf.Jobs.Lake.DuckDb;
using Bf.Jobs.Lake.Store;

namespace Bf.Jobs.Lake.Delta;

/// <summary>
/// Reads the data files of any Delta table as the protocol wants it: columns by their physical names or ids and in the table's types, those that a file
/// lacks as NULL, partition values from the log, rows that a deletion vector names left out.
/// </summary>
internal sealed class FileScan(IObjectStore store, string table, DeltaSchema schema)
{
    /// <summary>A SQL relation of the rows of some files, with the table's columns.</summary>
    public string Relation(IReadOnlyCollection<AddFile> files)
    {
        store.Prepare(files.Select(f => DataPath.Resolve(table, f.Path)));
        if (files.Count == 0)
        {
            return $"(SELECT {string.Join(", ", schema.Fields.Select(f => $"{f.Type.Rename($"(NULL::{f.Type.SqlType})")} AS {DuckConnection.Name(f.Name)}"))} WHERE false)";
        }

        var groups = schema.MappedById ? new FieldIds(schema).Group(files, Locate) : [(schema.Fields, files)];
        return $"({string.Join(" UNION ALL ", groups.Select(g => Select(g.Fields, g.Files)))})";
    }

    private string Select(DeltaField[] fields, IReadOnlyCollection<AddFile> files)
    {
        var stored = fields.Index().Where(f => !schema.IsPartition(f.Item)).ToList();
        var partitions = schema.Fields.Index().Where(f => schema.IsPartition(f.Item)).ToList();
        var deletes = files.Any(f => f.DeletionVector is not null);
        var columns = fields.Index().Select(f => $"{(schema.IsPartition(f.Item) ? $"f.v{f.Index}" : f.Item.Type.Rename($"p.c{f.Index}"))} AS {DuckConnection.Name(f.Item.Name)}");
        var map = stored.Select(f => $"{DuckConnection.Quote(f.Item.PhysicalName)}: {{name: 'c{f.Index}', type: {DuckConnection.Quote(f.Item.Type.SqlType)}, default_value: NULL}}");
        var sql = $"SELECT {string.Join(", ", columns)} FROM read_parquet([{string.Join(", ", files.Select(f => DuckConnection.File(Locate(f))))}], schema = MAP {{{string.Join(", ", map)}}}) p";
        if (partitions.Count == 0 && !deletes)
        {
            return sql;
        }

        // each file's values by its place in the list
        var values = files.Index().Select(f => $"({string.Join(", ", [f.Index.ToString(CultureInfo.InvariantCulture), Vector(f.Item), .. partitions.Select(p => PartitionValue.Sql(f.Item.PartitionValues.GetValueOrDefault(p.Item.PhysicalName), p.Item.Type))])})");
        sql += $" JOIN (VALUES {string.Join(", ", values)}) f({string.Join(", ", ["i", "vector", .. partitions.Select(p => $"v{p.Index}")])}) ON f.i = p.file_index";
        return deletes ? $"{sql} WHERE NOT EXISTS (FROM {DeletedRows.Table} d WHERE d.vector = f.vector AND d.pos = p.file_row_number)" : sql;
    }

    private string Vector(AddFile file) => file.DeletionVector is null ? "NULL::INTEGER" : DeletedRows.Load(store, table, file).ToString(CultureInfo.InvariantCulture);

    private string Locate(AddFile file)
    {
        var path = DataPath.Resolve(table, file.Path);
        var local = store.Locate(path);
        return File.Exists(local)
            ? local
            : throw new DeltaException($"{table}: the data file {store.PlaceOf(path)} is missing: it was vacuumed or removed. Ask for a later version, or bring the file back from a backup");
    }
}
