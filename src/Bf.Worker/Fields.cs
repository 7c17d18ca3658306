using System.Buffers.Text;
using System.Text;

namespace Bf.Worker;

/// <summary>The fields of a line, one after the other; a field that is not what was asked for is an error that names the line.</summary>
/// <param name="line">The line.</param>
/// <param name="number">Its number.</param>
internal ref struct Fields(ReadOnlySpan<byte> line, long number)
{
    private ReadOnlySpan<byte> _rest = line;
    private bool _ended;

    /// <summary>The next field, as it stands.</summary>
    public ReadOnlySpan<byte> Next(string name)
    {
        if (_ended)
        {
            throw new LineException(number, $"it ends before the field {name}");
        }

        var tab = _rest.IndexOf((byte)'\t');
        var field = tab < 0 ? _rest : _rest[..tab];
        _rest = tab < 0 ? [] : _rest[(tab + 1)..];
        _ended = tab < 0;
        return field;
    }

    /// <summary>The next field as an integer.</summary>
    public long Integer(string name)
    {
        var field = Next(name);
        return Utf8Parser.TryParse(field, out long value, out var used) && used == field.Length ? value : throw Wrong(name, field, "an integer");
    }

    /// <summary>The next field as a price.</summary>
    public double Price(string name)
    {
        var field = Next(name);
        // what the parser takes besides: it reads \N, which is NULL, as no error
        return !field.IsEmpty && field[0] != '\\' && Utf8Parser.TryParse(field, out double value, out var used) && used == field.Length ? value : throw Wrong(name, field, "a number");
    }

    /// <summary>Checks that the line has no more fields.</summary>
    public readonly void End()
    {
        if (!_ended)
        {
            throw new LineException(number, "it has more fields than it should");
        }
    }

    private readonly LineException Wrong(string name, ReadOnlySpan<byte> field, string kind) =>
        new(number, $"{name} is '{Encoding.UTF8.GetString(field)}', not {kind}");
}
