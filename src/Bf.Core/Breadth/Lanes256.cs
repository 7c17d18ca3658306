using System.Runtime.Intrinsics;
using Register = System.Runtime.Intrinsics.Vector256<long>;

namespace Bf.Core.Breadth;

/// <summary>Registers of 256 bits.</summary>
internal readonly unsafe struct Lanes256 : ILanes<Register>
{
    private static Vector256<double> Magic => Vector256.Create(6755399441055744.0);

    public static int Count => Register.Count;

    public static Register Load(void* source) => Vector256.Load((long*)source);

    public static void Store(Register value, void* target) => value.Store((long*)target);

    // Reads past what it widens; one load is cheaper than putting a register together from a half.
    public static Register LoadWide(int* source) => Vector256.WidenLower(Vector256.Load((uint*)source)).AsInt64();

    public static Register AllI64(long value) => Vector256.Create(value);

    public static Register AllI32(int value) => Vector256.Create(value).AsInt64();

    public static Register AllF64(double value) => Vector256.Create(value).AsInt64();

    public static Register And(Register a, Register b) => a & b;

    public static Register AndNot(Register a, Register without) => Vector256.AndNot(a, without);

    public static Register Or(Register a, Register b) => a | b;

    public static Register AddI64(Register a, Register b) => a + b;

    public static Register SubI64(Register a, Register b) => a - b;

    public static Register ShiftI64(Register a, int left) => a << left;

    // An index past the last lane gives 0.
    public static Register ScanI64(Register a)
    {
        a += Vector256.Shuffle(a, Vector256.Create(4L, 0, 1, 2));
        return a + Vector256.Shuffle(a, Vector256.Create(4L, 4, 0, 1));
    }

    public static Register SpreadLastI64(Register a) => Vector256.Shuffle(a, Vector256.Create(3L, 3, 3, 3));

    public static Register NarrowI64(Register low, Register high) => Vector256.Narrow(low, high).AsInt64();

    public static Register MaxI32(Register a, Register b) => Vector256.Max(a.AsInt32(), b.AsInt32()).AsInt64();

    public static Register MinI32(Register a, Register b) => Vector256.Min(a.AsInt32(), b.AsInt32()).AsInt64();

    public static Register IfGreaterI32(Register a, Register b, Register flag) =>
        Vector256.ConditionalSelect(Vector256.GreaterThan(a.AsInt32(), b.AsInt32()), flag.AsInt32(), default).AsInt64();

    public static Register IfEqualI32(Register a, Register b, Register flag) =>
        Vector256.ConditionalSelect(Vector256.Equals(a.AsInt32(), b.AsInt32()), flag.AsInt32(), default).AsInt64();

    public static Register IfGreaterI64(Register a, Register b, Register flag) =>
        Vector256.ConditionalSelect(Vector256.GreaterThan(a, b), flag, default);

    public static Register AddIfI64(Register a, Register b, Register word, Register bit) =>
        a + Vector256.ConditionalSelect(Vector256.Equals(word & bit, bit), b, default);

    public static Register AddUnlessI64(Register a, Register b, Register word, Register bits) =>
        a + Vector256.ConditionalSelect(Vector256.Equals(word & bits, default), b, default);

    // AVX2 converts no 64-bit integers. Added to 1.5 x 2^52, a whole number stands in the low bits of the sum.
    public static Register ToF64(Register integers) => ((integers + Magic.AsInt64()).AsDouble() - Magic).AsInt64();

    public static Register ToI64(Register whole) => (whole.AsDouble() + Magic).AsInt64() - Magic.AsInt64();

    public static Register AddF64(Register a, Register b) => (a.AsDouble() + b.AsDouble()).AsInt64();

    public static Register SubF64(Register a, Register b) => (a.AsDouble() - b.AsDouble()).AsInt64();

    public static Register MulF64(Register a, Register b) => (a.AsDouble() * b.AsDouble()).AsInt64();

    public static Register DivF64(Register a, Register b) => (a.AsDouble() / b.AsDouble()).AsInt64();

    public static Register TruncateF64(Register a) => Vector256.Truncate(a.AsDouble()).AsInt64();

    public static Register MaxF64(Register a, Register b) => Vector256.MaxNative(a.AsDouble(), b.AsDouble()).AsInt64();

    public static Register MinF64(Register a, Register b) => Vector256.MinNative(a.AsDouble(), b.AsDouble()).AsInt64();

    public static Register IfBetweenF64(Register a, Register low, Register high, Register value) =>
        Vector256.ConditionalSelect(
            (Vector256.GreaterThanOrEqual(a.AsDouble(), low.AsDouble()) & Vector256.LessThanOrEqual(a.AsDouble(), high.AsDouble())).AsInt64(),
            value,
            default);
}
