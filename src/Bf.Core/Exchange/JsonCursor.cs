using System.Text;

namespace Bf.Core.Exchange;

/// <summary>Walks through the fields of one JSON object. A wrong text ends the walk, and nothing is thrown: bad messages may come by the million.</summary>
internal ref struct JsonCursor(ReadOnlySpan<byte> text)
{
    private const int Deepest = 64;
    private readonly ReadOnlySpan<byte> _text = text;
    private int _at;
    private bool _first = true;

    /// <summary>Whether the object was read to its end, and nothing follows it.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Goes into the object.</summary>
    public bool Open() => Is('{');

    /// <summary>Goes to the next field's value; false at the end, and where something else stands there.</summary>
    public bool NextField(out ReadOnlySpan<byte> name)
    {
        name = default;
        if (Is('}'))
        {
            Blank();
            IsWhole = _at == _text.Length;
            return false;
        }

        if (!_first && !Is(','))
        {
            return false;
        }

        _first = false;
        return TryString(out name) && Is(':');
    }

    /// <summary>Takes a text or a number, as its characters; null is empty.</summary>
    public bool TryScalar(out ReadOnlySpan<byte> value)
    {
        Blank();
        value = default;
        return _at < _text.Length && (_text[_at] == '"' ? TryString(out value) : TryWord("null"u8) || TryNumber(out value));
    }

    /// <summary>Passes over any value.</summary>
    public bool TrySkip() => TrySkip(0);

    private bool TrySkip(int depth)
    {
        Blank();
        if (_at == _text.Length || depth > Deepest)
        {
            return false;
        }

        return _text[_at] switch
        {
            (byte)'"' => TryString(out _),
            (byte)'{' => TrySkipAll('}', named: true, depth),
            (byte)'[' => TrySkipAll(']', named: false, depth),
            (byte)'t' => TryWord("true"u8),
            (byte)'f' => TryWord("false"u8),
            (byte)'n' => TryWord("null"u8),
            _ => TryNumber(out _),
        };
    }

    private bool TrySkipAll(char end, bool named, int depth)
    {
        _at++;
        for (var first = true; !Is(end); first = false)
        {
            if ((!first && !Is(',')) || (named && !(TryString(out _) && Is(':'))) || !TrySkip(depth + 1))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryString(out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!Is('"'))
        {
            return false;
        }

        var from = _at;
        var escapes = false;
        while (_at < _text.Length)
        {
            var c = _text[_at];
            if (c == '"')
            {
                value = _text[from.._at++];
                return !escapes || TryUnescape(ref value);
            }

            if (c < ' ')
            {
                return false;
            }

            escapes |= c == '\\';
            _at += c == '\\' ? 2 : 1;
        }

        return false;
    }

    private static bool TryUnescape(ref ReadOnlySpan<byte> value)
    {
        var plain = new StringBuilder(value.Length);
        for (var rest = value; !rest.IsEmpty;)
        {
            var plainUntil = rest.IndexOf((byte)'\\') is >= 0 and var at ? at : rest.Length;
            plain.Append(Encoding.UTF8.GetString(rest[..plainUntil]));
            rest = rest[plainUntil..];
            if (rest.IsEmpty)
            {
                break;
            }

            var escaped = rest.Length < 2 ? '\0' : (char)rest[1];
            var length = 2;
            if (escaped == 'u')
            {
                length = 6;
                if (rest.Length < length || !ushort.TryParse(rest[2..length], System.Globalization.NumberStyles.AllowHexSpecifier, null, out var code))
                {
                    return false;
                }

                plain.Append((char)code);
            }
            else if ("\"\\/bfnrt".IndexOf(escaped, StringComparison.Ordinal) is >= 0 and var which)
            {
                plain.Append("\"\\/\b\f\n\r\t"[which]);
            }
            else
            {
                return false;
            }

            rest = rest[length..];
        }

        value = Encoding.UTF8.GetBytes(plain.ToString());
        return true;
    }

    private bool TryNumber(out ReadOnlySpan<byte> value)
    {
        var from = _at;
        while (_at < _text.Length && _text[_at] is (>= (byte)'0' and <= (byte)'9') or (byte)'-' or (byte)'+' or (byte)'.' or (byte)'e' or (byte)'E')
        {
            _at++;
        }

        value = _text[from.._at];
        return value.Length > 0;
    }

    private bool TryWord(ReadOnlySpan<byte> word)
    {
        if (!_text[_at..].StartsWith(word))
        {
            return false;
        }

        _at += word.Length;
        return true;
    }

    private bool Is(char c)
    {
        Blank();
        if (_at == _text.Length || _text[_at] != c)
        {
            return false;
        }

        _at++;
        return true;
    }

    private void Blank()
    {
        while (_at < _text.Length && _text[_at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            _at++;
        }
    }
}
