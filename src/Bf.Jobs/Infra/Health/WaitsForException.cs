namespace Bf.Jobs.Infra.Health;

/// <summary>A service is there, and can't do what it is for because of another.</summary>
internal sealed class WaitsForException(InfraService other, string message) : Exception(message)
{
    /// <summary>The other.</summary>
    public InfraService Other { get; } = other;
}
