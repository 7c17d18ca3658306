namespace Bf.Worker;

/// <summary>Reads lines of bytes from a stream; a line is valid until the next is read.</summary>
/// <param name="input">The stream.</param>
internal sealed class LineReader(Stream input)
{
    private byte[] _buffer = new byte[1 << 18];
    private int _from;
    private int _to;

    /// <summary>The number of the line read last, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Reads the next line, without its end; false when there is none.</summary>
    public bool Next(out ReadOnlySpan<byte> line)
    {
        var seen = 0;
        while (true)
        {
            var end = _buffer.AsSpan(_from + seen, _to - _from - seen).IndexOf((byte)'\n');
            if (end >= 0)
            {
                line = _buffer.AsSpan(_from, seen + end);
                _from += seen + end + 1;
                Number++;
                return true;
            }

            seen = _to - _from;
            if (!Fill())
            {
                line = _buffer.AsSpan(_from, seen);
                _from = _to;
                Number += seen > 0 ? 1 : 0;
                return seen > 0;
            }
        }
    }

    /// <summary>Reads to the end: who writes to a reader that has gone fails with a broken pipe, and hides the reason.</summary>
    public void Drain()
    {
        while (input.Read(_buffer) > 0)
        {
        }
    }

    private bool Fill()
    {
        if (_from > 0)
        {
            _buffer.AsSpan(_from, _to - _from).CopyTo(_buffer);
            (_from, _to) = (0, _to - _from);
        }

        if (_to == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = input.Read(_buffer, _to, _buffer.Length - _to);
        _to += read;
        return read > 0;
    }
}
