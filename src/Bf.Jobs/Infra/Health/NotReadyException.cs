namespace Bf.Jobs.Infra.Health;

/// <summary>A service answers that it can't do its work yet.</summary>
internal sealed class NotReadyException(string message) : Exception(message);
