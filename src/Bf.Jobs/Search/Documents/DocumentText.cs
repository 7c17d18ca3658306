using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Bf.Jobs.Search.Documents;

/// <summary>Writes documents one after the other into the same memory. What is not known is left out.</summary>
internal sealed class DocumentText : IDisposable
{
    // quotes as \", not as \u0022: settings and memory are full of them
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ArrayBufferWriter<byte> _bytes = new(4096);

    public DocumentText() => Json = new(_bytes, Options);

    /// <summary>Where fields are written to.</summary>
    public Utf8JsonWriter Json { get; }

    /// <summary>Begins a document.</summary>
    public void Begin()
    {
        _bytes.ResetWrittenCount();
        Json.Reset();
        Json.WriteStartObject();
    }

    /// <summary>Ends the document.</summary>
    /// <returns>Its text.</returns>
    public byte[] End()
    {
        Json.WriteEndObject();
        Json.Flush();
        return _bytes.WrittenSpan.ToArray();
    }

    /// <summary>Writes a number where it is one.</summary>
    public static void Real(Utf8JsonWriter json, JsonEncodedText name, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, value);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Json.Dispose();
}
