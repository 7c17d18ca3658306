namespace Bf.Core.Breadth;

/// <summary>
/// The operations of a vector register of some width, so that the vector form is written once. A register is passed as
/// its 64-bit lanes and read as what an operation's name says: I64, I32 or F64. Being static and abstract, the operations
/// are inlined; a width is a type argument.
/// </summary>
/// <typeparam name="TRegister">The register.</typeparam>
internal unsafe interface ILanes<TRegister>
    where TRegister : struct
{
    /// <summary>64-bit lanes; there are twice as many of 32 bits.</summary>
    static abstract int Count { get; }

    static abstract TRegister Load(void* source);

    static abstract void Store(TRegister value, void* target);

    /// <summary>As many 32-bit integers as there are 64-bit lanes, zero-extended; as many again must be readable.</summary>
    static abstract TRegister LoadWide(int* source);

    static abstract TRegister AllI64(long value);

    static abstract TRegister AllI32(int value);

    static abstract TRegister AllF64(double value);

    static abstract TRegister And(TRegister a, TRegister b);

    static abstract TRegister AndNot(TRegister a, TRegister without);

    static abstract TRegister Or(TRegister a, TRegister b);

    static abstract TRegister AddI64(TRegister a, TRegister b);

    static abstract TRegister SubI64(TRegister a, TRegister b);

    static abstract TRegister ShiftI64(TRegister a, int left);

    /// <summary>Inclusive sums of the lanes, from the first on.</summary>
    static abstract TRegister ScanI64(TRegister a);

    /// <summary>The last lane in every lane.</summary>
    static abstract TRegister SpreadLastI64(TRegister a);

    /// <summary>The lower halves of the lanes of both, as 32-bit lanes.</summary>
    static abstract TRegister NarrowI64(TRegister low, TRegister high);

    static abstract TRegister MaxI32(TRegister a, TRegister b);

    static abstract TRegister MinI32(TRegister a, TRegister b);

    /// <summary><paramref name="flag"/> where a > b, else 0.</summary>
    static abstract TRegister IfGreaterI32(TRegister a, TRegister b, TRegister flag);

    /// <summary><paramref name="flag"/> where a = b, else 0.</summary>
    static abstract TRegister IfEqualI32(TRegister a, TRegister b, TRegister flag);

    /// <summary><paramref name="flag"/> where a > b, else 0.</summary>
    static abstract TRegister IfGreaterI64(TRegister a, TRegister b, TRegister flag);

    /// <summary>a + b where <paramref name="word"/> has the bit, else a.</summary>
    static abstract TRegister AddIfI64(TRegister a, TRegister b, TRegister word, TRegister bit);

    /// <summary>a + b where <paramref name="word"/> has none of the bits, else a.</summary>
    static abstract TRegister AddUnlessI64(TRegister a, TRegister b, TRegister word, TRegister bits);

    /// <summary>Integers below 2^51 in magnitude as doubles.</summary>
    static abstract TRegister ToF64(TRegister integers);

    /// <summary>Whole doubles below 2^51 in magnitude as integers.</summary>
    static abstract TRegister ToI64(TRegister whole);

    static abstract TRegister AddF64(TRegister a, TRegister b);

    static abstract TRegister SubF64(TRegister a, TRegister b);

    static abstract TRegister MulF64(TRegister a, TRegister b);

    static abstract TRegister DivF64(TRegister a, TRegister b);

    static abstract TRegister TruncateF64(TRegister a);

    /// <summary>The greater of each lane; what comes of a NaN is not defined.</summary>
    static abstract TRegister MaxF64(TRegister a, TRegister b);

    /// <inheritdoc cref="MaxF64"/>
    static abstract TRegister MinF64(TRegister a, TRegister b);

    /// <summary><paramref name="value"/> where low &lt;= a &lt;= high, else 0.</summary>
    static abstract TRegister IfBetweenF64(TRegister a, TRegister low, TRegister high, TRegister value);
}
