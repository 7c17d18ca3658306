using System.Text.Json.Nodes;
using Bf.Jobs.Universes;

namespace Bf.Cli.Commands;

/// <summary>Whether a report's universe is point-in-time, and what survivorship does to it: a line in text, two fields in JSON.</summary>
internal static class SurvivorshipText
{
    /// <summary>Says it to people.</summary>
    public static void Write(Output output, string universe, Survivorship survivorship) => output.Prose($"universe {universe}: {survivorship.Text}");

    /// <summary>Adds <c>point_in_time</c> and <c>survivorship</c> to a document.</summary>
    public static JsonObject With(this JsonObject document, Survivorship survivorship)
    {
        document["point_in_time"] = survivorship.PointInTime;
        document["survivorship"] = survivorship.Text;
        return document;
    }
}
