namespace Bf.Core.Breadth;

/// <summary>
/// Memory with room before index 0 and after the last index, so that loops over windows and over whole vectors need no
/// test at their ends. It does not move (pointers into it stay good while the buffer lives), and index 0 is aligned to
/// a cache line.
/// </summary>
/// <param name="before">What stands at the indices below 0.</param>
internal sealed unsafe class PaddedBuffer<T>(T before)
    where T : unmanaged
{
    /// <summary>Elements below index 0: as many as the longest window reaches back, in whole cache lines.</summary>
    public const int Lead = 256;

    /// <summary>Elements above the length asked for: what the last vector may touch.</summary>
    public const int Tail = 64;

    private const int CacheLine = 64;

    private T[] _memory = [];
    private int _length = -1;
    private nint _start; // not a T*: generic code with such a field is not compiled ahead of time

    /// <summary>The address of index 0.</summary>
    public T* Start => (T*)_start;

    /// <summary>The elements from 0 to <paramref name="length"/>.</summary>
    public Span<T> Span(int from, int length) => new(Start + from, length);

    /// <summary>Whether there is room for so many values.</summary>
    public bool Holds(int length) => length <= _length;

    /// <summary>Makes room for <paramref name="length"/> elements.</summary>
    public void Reserve(int length)
    {
        if (length <= _length)
        {
            return;
        }

        _length = Math.Max(length, 2 * _length);
        _memory = GC.AllocateArray<T>(Lead + _length + Tail + (CacheLine / sizeof(T)), pinned: true);
        fixed (T* memory = _memory)
        {
            var misaligned = (int)((nuint)memory % CacheLine);
            _start = (nint)(memory + (misaligned == 0 ? 0 : (CacheLine - misaligned) / sizeof(T)) + Lead);
        }

        new Span<T>(Start - Lead, Lead).Fill(before);
    }
}
