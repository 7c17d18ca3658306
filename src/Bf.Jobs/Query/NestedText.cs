using System.Text;
using static Bf.Jobs.Lake.DuckDb.Native;

namespace Bf.Jobs.Query;

/// <summary>Lists, structs and maps as JSON; what is in them is written as it would be by itself.</summary>
internal static unsafe class NestedText
{
    /// <summary>The JSON of the value in a row of a vector.</summary>
    /// <exception cref="JobException">Something in it is of a type without a text.</exception>
    public static string Json(nint vector, int row)
    {
        var json = new StringBuilder();
        Append(json, vector, row);
        return json.ToString();
    }

    private static void Append(StringBuilder json, nint vector, int row)
    {
        var validity = VectorValidity(vector);
        if (validity != null && (validity[row >> 6] & (1UL << (row & 63))) == 0)
        {
            json.Append("null");
            return;
        }

        var type = VectorType(vector);
        try
        {
            Append(json, vector, row, type);
        }
        finally
        {
            DestroyLogicalType(ref type);
        }
    }

    private static void Append(StringBuilder json, nint vector, int row, nint type)
    {
        var data = VectorData(vector);
        var id = GetTypeId(type);
        switch (id)
        {
            case TypeId.List:
                var list = ((ListEntry*)data)[row];
                Elements(json, ListChild(vector), (int)list.Offset, (int)list.Length);
                break;
            case TypeId.Array:
                var size = (int)ArraySize(type);
                Elements(json, ArrayChild(vector), row * size, size);
                break;
            case TypeId.Struct:
                for (var i = 0UL; i < StructChildCount(type); i++)
                {
                    var name = StructChildName(type, i);
                    json.Append(i == 0 ? "{" : ", ").Append(CellKind.Text.ToJson(Text(name))).Append(": ");
                    Free((nint)name);
                    Append(json, StructChild(vector, i), row);
                }

                json.Append('}');
                break;
            case TypeId.Map:
                Pairs(json, ListChild(vector), ((ListEntry*)data)[row]);
                break;
            default:
                var kind = ValueText.Kind(id) ?? throw new JobException($"a value within a list, struct or map is of type {id}, which has no text here; cast it, as in CAST(x AS VARCHAR)");
                json.Append(kind.ToJson(ValueText.Of(id, data, row, vector)));
                break;
        }
    }

    private static void Elements(StringBuilder json, nint elements, int from, int count)
    {
        json.Append('[');
        for (var i = 0; i < count; i++)
        {
            json.Append(i == 0 ? "" : ", ");
            Append(json, elements, from + i);
        }

        json.Append(']');
    }

    private static void Pairs(StringBuilder json, nint pairs, ListEntry map)
    {
        var (keys, values) = (StructChild(pairs, 0), StructChild(pairs, 1));
        json.Append('{');
        for (var i = (int)map.Offset; i < (int)(map.Offset + map.Length); i++)
        {
            var key = Json(keys, i);
            json.Append(i == (int)map.Offset ? "" : ", ").Append(key.StartsWith('"') ? key : CellKind.Text.ToJson(key)).Append(": ");
            Append(json, values, i);
        }

        json.Append('}');
    }
}
