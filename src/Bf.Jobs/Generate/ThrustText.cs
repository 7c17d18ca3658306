using System.Text;
using Bf.Core.Signals;

namespace Bf.Jobs.Generate;

/// <summary>
/// Thrusts in memory and where each detector stands, as JSON by date. Written as bytes, since there are two texts a date and universe.
/// </summary>
internal sealed class ThrustText(ThrustMemory memory)
{
    private static readonly byte[][] Keys = [.. Detectors.All.Select(d => Encoding.UTF8.GetBytes($"\"{d.Name}\":"))];
    private static readonly byte[][] Stands = Array.ConvertAll(Enum.GetValues<ThrustState>(), s => Encoding.UTF8.GetBytes($"\"{ThrustStates.Name(s)}\""));
    private static readonly byte[][] Numbers = [.. Enumerable.Range(0, ThrustMemory.Dates + 1).Select(n => Encoding.UTF8.GetBytes($"{n}"))];

    private readonly byte[] _text = new byte[2 + Keys.Sum(k => k.Length + 16)];
    private int _length;

    /// <summary>Dates since each detector's last fire, of those in memory. Good until the next call.</summary>
    public ReadOnlySpan<byte> Memory(int index)
    {
        Begin();
        for (var d = 0; d < Keys.Length; d++)
        {
            if (memory.Since(d, index) is { } since)
            {
                Add(Keys[d], Numbers[since]);
            }
        }

        return End();
    }

    /// <summary>Where each detector stands; one that stands nowhere is left out. Good until the next call.</summary>
    public ReadOnlySpan<byte> States(int index)
    {
        Begin();
        for (var d = 0; d < Keys.Length; d++)
        {
            if (memory.StateOf(d, index) is not ThrustState.None and var state)
            {
                Add(Keys[d], Stands[(int)state]);
            }
        }

        return End();
    }

    private void Begin()
    {
        _text[0] = (byte)'{';
        _length = 1;
    }

    private void Add(byte[] key, byte[] value)
    {
        if (_length > 1)
        {
            _text[_length++] = (byte)',';
        }

        key.CopyTo(_text, _length);
        value.CopyTo(_text, _length + key.Length);
        _length += key.Length + value.Length;
    }

    private ReadOnlySpan<byte> End()
    {
        _text[_length++] = (byte)'}';
        return _text.AsSpan(0, _length);
    }
}
