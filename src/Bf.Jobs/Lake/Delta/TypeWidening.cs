using System.Text.Json.Nodes;

namespace Bf.Jobs.Lake.Delta;

/// <summary>Changes of a column's type after files were written with the old one: sound ones are read, others refused (Delta protocol, "Type Widening").</summary>
internal static class TypeWidening
{
    private static readonly string[] Whole = ["byte", "short", "integer", "long"];

    /// <summary>Checks every change that a schema notes.</summary>
    /// <exception cref="DeltaException">A change is none of the protocol's.</exception>
    public static void Check(string table, JsonNode schema)
    {
        foreach (var metadata in DeltaSchema.Metadata(schema))
        {
            foreach (var change in metadata["delta.typeChanges"] as JsonArray ?? [])
            {
                var (from, to) = ((string?)change!["fromType"] ?? "", (string?)change["toType"] ?? "");
                if (!IsSound(from, to))
                {
                    throw Features.Refuse(table, $"typeWidening from {from} to {to}", "read");
                }
            }
        }
    }

    /// <summary>Whether every value of one type is the same value in the other.</summary>
    public static bool IsSound(string from, string to)
    {
        if (from == to || (from, to) is ("float", "double") or ("date", "timestamp_ntz"))
        {
            return true;
        }

        var (less, more) = (Array.IndexOf(Whole, from), Array.IndexOf(Whole, to));
        if (less >= 0)
        {
            return more > less
                || (to == "double" && from != "long")
                || (DeltaType.Decimal(to) is { } d && d.Precision - d.Scale >= (from == "long" ? 20 : 10));
        }

        return DeltaType.Decimal(from) is { } narrow && DeltaType.Decimal(to) is { } wide && wide.Scale >= narrow.Scale && wide.Precision - wide.Scale >= narrow.Precision - narrow.Scale;
    }
}
