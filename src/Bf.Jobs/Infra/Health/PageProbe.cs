using Bf.Jobs.Search.Elastic;

namespace Bf.Jobs.Infra.Health;

/// <summary>Asks a service by its pages.</summary>
/// <param name="root">Where they begin.</param>
/// <param name="login">What they want, where they want any.</param>
internal abstract class PageProbe(Uri root, ElasticSettings? login = null) : IHealthProbe
{
    /// <inheritdoc/>
    public string Address { get; } = root.GetLeftPart(UriPartial.Authority);

    /// <inheritdoc/>
    public (string Host, int Port) Listens => (root.Host, root.Port);

    /// <inheritdoc/>
    public Finding Ask(TimeSpan within, CancellationToken cancel)
    {
        using var page = new HealthPage(root, login);
        return Ask(page, cancel);
    }

    /// <summary>Asks.</summary>
    protected abstract Finding Ask(HealthPage page, CancellationToken cancel);
}
