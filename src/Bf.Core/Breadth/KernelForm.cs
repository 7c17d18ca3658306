namespace Bf.Core.Breadth;

/// <summary>How a <see cref="BreadthKernel"/> computes. All forms give the same integers.</summary>
public enum KernelForm
{
    /// <summary>The widest form that the processor has.</summary>
    Auto,
    /// <summary>One bar at a time, in checked arithmetic: the form to read, and the oracle of the others.</summary>
    Scalar,
    /// <summary>Vectors of 256 bits (AVX2).</summary>
    Vector256,
    /// <summary>Vectors of 512 bits (AVX-512).</summary>
    Vector512,
}
