using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bf.Cli;

/// <summary>What a command says: text for people, or one JSON document for scripts.</summary>
internal sealed class Output(TextWriter writer, bool json, bool quiet)
{
    private const int UsualWidth = 100;
    private static readonly JsonSerializerOptions Pretty = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions InLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether a JSON document is wanted.</summary>
    public bool Json { get; } = json;

    /// <summary>Whether only errors are to be said.</summary>
    public bool Quiet { get; } = quiet;

    /// <summary>Whether a person looks at stdout.</summary>
    public bool Terminal { get; } = !Console.IsOutputRedirected && !json;

    /// <summary>Columns that a text should keep to: the terminal's, or a usual terminal's where the output goes elsewhere.</summary>
    public static int Width => !Console.IsOutputRedirected && Console.WindowWidth > 0 ? Console.WindowWidth : UsualWidth;

    /// <summary>A line for people.</summary>
    public void Line(string text = "")
    {
        if (!Json && !Quiet)
        {
            writer.WriteLine(text);
        }
    }

    /// <summary>A sentence or more for people: broken between words on a terminal, one line for whoever reads lines.</summary>
    public void Prose(string text)
    {
        foreach (var line in Terminal ? Words.Fold(text, Width) : [text])
        {
            Line(line);
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

    /// <summary>One of several JSON documents, each on a line.</summary>
    public void DocumentLine(Func<JsonNode> make)
    {
        if (Json)
        {
            writer.WriteLine(make().ToJsonString(InLine));
        }
    }

    /// <summary>A table for people.</summary>
    public void Table(TextTable table)
    {
        if (!Json)
        {
            table.WriteTo(writer, Width);
        }
    }
}
