using System.Runtime.Intrinsics;
using Register = System.Runtime.Intrinsics.Vector512<long>;

namespace Bf.Core.Breadth;

/// <summary>Registers of 512 bits.</summary>
internal readonly unsafe struct Lanes512 : ILanes<Register>
{
    public static int Count => Register.Count;

    public static Register Load(void* source) => Vector512.Load((long*)source);

    public static void Store(Register value, void* target) => value.Store((long*)target);

    // Reads past what it widens; one load is cheaper than putting a register together from a half.
    public static Register LoadWide(int* source) => Vector512.WidenLower(Vector512.Load((uint*)source)).AsInt64();

    public static Register AllI64(long value) => Vector512.Create(value);

    public static Register AllI32(int value) => Vector512.Create(value).AsInt64();

    public static Register AllF64(double value) => Vector512.Create(value).AsInt64();

    public static Register And(Register a, Register b) => a & b;

    public static Register AndNot(Register a, Register without) => Vector512.AndNot(a, without);

    public static Register Or(Register a, Register b) => a | b;

    public static Register AddI64(Register a, Register b) => a + b;

    public static Register SubI64(Register a, Register b) => a - b;

    public static Register ShiftI64(Register a, int left) => a << left;

    // An index past the last lane gives 0.
    public static Register ScanI64(Register a)
    {
        a += Vector512.Shuffle(a, Vector512.Create(8L, 0, 1, 2, 3, 4, 5, 6));
        a += Vector512.Shuffle(a, Vector512.Create(8L, 8, 0, 1, 2, 3, 4, 5));
        return a + Vector512.Shuffle(a, Vector512.Create(8L, 8, 8, 8, 0, 1, 2, 3));
    }

    public static Register SpreadLastI64(Register a) => Vector512.Shuffle(a, Vector512.Create(7L, 7, 7, 7, 7, 7, 7, 7));

    public static Register NarrowI64(Register low, Register high) => Vector512.Narrow(low, high).AsInt64();

    public static Register MaxI32(Register a, Register b) => Vector512.Max(a.AsInt32(), b.AsInt32()).AsInt64();

    public static Register MinI32(Register a, Register b) => Vector512.Min(a.AsInt32(), b.AsInt32()).AsInt64();

    public static Register IfGreaterI32(Register a, Register b, Register flag) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(a.AsInt32(), b.AsInt32()), flag.AsInt32(), default).AsInt64();

    public static Register IfEqualI32(Register a, Register b, Register flag) =>
        Vector512.ConditionalSelect(Vector512.Equals(a.AsInt32(), b.AsInt32()), flag.AsInt32(), default).AsInt64();

    public static Register IfGreaterI64(Register a, Register b, Register flag) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(a, b), flag, default);

    public static Register AddIfI64(Register a, Register b, Register word, Register bit) =>
        a + Vector512.ConditionalSelect(Vector512.Equals(word & bit, bit), b, default);

    public static Register AddUnlessI64(Register a, Register b, Register word, Register bits) =>
        a + Vector512.ConditionalSelect(Vector512.Equals(word & bits, default), b, default);

    public static Register ToF64(Register integers) => Vector512.ConvertToDouble(integers).AsInt64();

    public static Register ToI64(Register whole) => Vector512.ConvertToInt64Native(whole.AsDouble());

    public static Register AddF64(Register a, Register b) => (a.AsDouble() + b.AsDouble()).AsInt64();

    public static Register SubF64(Register a, Register b) => (a.AsDouble() - b.AsDouble()).AsInt64();

    public static Register MulF64(Register a, Register b) => (a.AsDouble() * b.AsDouble()).AsInt64();

    public static Register DivF64(Register a, Register b) => (a.AsDouble() / b.AsDouble()).AsInt64();

    public static Register TruncateF64(Register a) => Vector512.Truncate(a.AsDouble()).AsInt64();

    public static Register MaxF64(Register a, Register b) => Vector512.MaxNative(a.AsDouble(), b.AsDouble()).AsInt64();

    public static Register MinF64(Register a, Register b) => Vector512.MinNative(a.AsDouble(), b.AsDouble()).AsInt64();

    public static Register IfBetweenF64(Register a, Register low, Register high, Register value) =>
        Vector512.ConditionalSelect(
            (Vector512.GreaterThanOrEqual(a.AsDouble(), low.AsDouble()) & Vector512.LessThanOrEqual(a.AsDouble(), high.AsDouble())).AsInt64(),
            value,
            default);
}
