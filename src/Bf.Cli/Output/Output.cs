using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bf.Cli;

/// <summary>What a command says: text for people, or one JSON document for scripts.</summary>
internal sealed class Output(TextWriter writer, bool json, bool quiet)
{
    private static readonly JsonSerializerOptions Pretty = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether a JSON document is wanted.</summary>
    public bool Json { get; } = json;

    /// <summary>Whether only errors are to be said.</summary>
    public bool Quiet { get; } = quiet;

    /// <summary>Whether a person looks at stdout.</summary>
    public bool Terminal { get; } = !Console.IsOutputRedirected && !json;

    /// <summary>A line for people.</summary>
    public void Line(string text = "")
    {
        if (!Json && !Quiet)
        {
            writer.WriteLine(text);
        }
    }

    /// <summary>Lines that are the command's very result, said even when quiet.</summary>
    public void Result(string text)
    {
        if (!Json)
        {
            writer.WriteLine(text);
        }
    }

    /// <summary>The JSON document, when one is wanted.</summary>
    public void Document(Func<JsonNode> make)
    {
        if (Json)
        {
            writer.WriteLine(make().ToJsonString(Pretty));
        }
    }

    /// <summary>A table for people.</summary>
    public void Table(TextTable table)
    {
        if (!Json)
        {
            table.WriteTo(writer);
        }
    }
}
