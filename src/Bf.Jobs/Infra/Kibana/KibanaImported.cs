namespace Bf.Jobs.Infra.Kibana;

/// <summary>What Kibana took.</summary>
/// <param name="Place">Where it is.</param>
/// <param name="Space">The space; null for the usual one.</param>
/// <param name="Version">Its version; null where it does not say.</param>
/// <param name="Objects">How many objects of each type.</param>
/// <param name="Dashboard">Where the dashboard opens.</param>
public sealed record KibanaImported(string Place, string? Space, string? Version, IReadOnlyList<(string Type, int Count)> Objects, Uri Dashboard);
