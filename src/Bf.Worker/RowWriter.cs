using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Bf.Worker;

/// <summary>Writes rows of fields between tabs, as Spark's TRANSFORM reads them.</summary>
/// <param name="output">Where to.</param>
internal sealed class RowWriter(Stream output)
{
    private byte[] _buffer = new byte[1 << 16];
    private int _count;
    private bool _begun;

    /// <summary>Adds a field of text; null is NULL. Text holds no tab and no line's end.</summary>
    public void Text(string? text)
    {
        Separate();
        text ??= @"\N";
        Reserve(Encoding.UTF8.GetMaxByteCount(text.Length));
        _count += Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_count));
    }

    /// <summary>Adds a field of an integer.</summary>
    public void Number(long value)
    {
        Separate();
        Reserve(20);
        Utf8Formatter.TryFormat(value, _buffer.AsSpan(_count), out var written);
        _count += written;
    }

    /// <summary>Adds a field of an integer; null is NULL.</summary>
    public void Number(long? value)
    {
        if (value is { } number)
        {
            Number(number);
        }
        else
        {
            Text(null);
        }
    }

    /// <summary>Adds a field of a number, with the digits that give it back; null is NULL.</summary>
    public void Price(double? value)
    {
        if (value is not { } price)
        {
            Text(null);
            return;
        }

        Separate();
        Reserve(32);
        price.TryFormat(_buffer.AsSpan(_count), out var written, "R", CultureInfo.InvariantCulture);
        _count += written;
    }

    /// <summary>Ends the row.</summary>
    public void End()
    {
        Put((byte)'\n');
        _begun = false;
        if (_count > 1 << 15)
        {
            Flush();
        }
    }

    /// <summary>Hands over what was written.</summary>
    public void Flush()
    {
        output.Write(_buffer, 0, _count);
        output.Flush();
        _count = 0;
    }

    private void Separate()
    {
        if (_begun)
        {
            Put((byte)'\t');
        }

        _begun = true;
    }

    private void Put(byte value)
    {
        Reserve(1);
        _buffer[_count++] = value;
    }

    private void Reserve(int bytes)
    {
        if (_count + bytes > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _count + bytes));
        }
    }
}
