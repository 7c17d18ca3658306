using System.Net;
using System.Net.Http.Headers;

namespace Bf.Jobs.Search.Elastic;

/// <summary>Requests to Elasticsearch: to the host that answered last, and to the next one where it does not.</summary>
internal sealed class ElasticHttp : IDisposable
{
    private static readonly TimeSpan Connecting = TimeSpan.FromSeconds(5), Idle = TimeSpan.FromMinutes(1);

    private readonly ElasticSettings _settings;
    private readonly ServerTrust _trust;
    private readonly HttpClient _client;
    private int _at;

    /// <exception cref="JobException">The file of certificates can't be read.</exception>
    public ElasticHttp(ElasticSettings settings)
    {
        _settings = settings;
        _trust = new(settings.CertificateFile);
        var handler = new SocketsHttpHandler
        {
            UseProxy = !settings.Hosts.All(h => h.IsLoopback), // a proxy of the environment is for the way out; its localhost is another
            ConnectTimeout = Connecting, PooledConnectionIdleTimeout = Idle, UseCookies = false, AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.GZip,
            SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, errors) => _trust.Believes(certificate, errors) },
        };
        _client = new(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.Authorization = settings.Authorization;
        _client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("bf", null));
    }

    /// <summary>Sends a request and reads the answer. A host that can't be reached, or says that it is not there, is left for the next.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">What follows the address.</param>
    /// <param name="body">Makes the body; null without one.</param>
    /// <param name="patience">How long one host may take.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>The status, and the answer's body.</returns>
    /// <exception cref="ServiceDownException">None can be reached.</exception>
    /// <exception cref="JobException">The login or the server's certificate is refused.</exception>
    public (int Status, byte[] Body) Send(HttpMethod method, string path, Func<HttpContent>? body, TimeSpan patience, CancellationToken cancel) =>
        TrySend(method, path, body, patience, out var why, cancel) ?? throw new ServiceDownException($"Elasticsearch does not answer at {_settings.Place} ({why}). Start it (bf infra start elasticsearch), or set ELASTICSEARCH_HOST");

    /// <summary>The same; null where none can be reached.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">What follows the address.</param>
    /// <param name="body">Makes the body; null without one.</param>
    /// <param name="patience">How long one host may take.</param>
    /// <param name="why">Why the last one could not be reached.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="JobException">The login or the server's certificate is refused.</exception>
    public (int Status, byte[] Body)? TrySend(HttpMethod method, string path, Func<HttpContent>? body, TimeSpan patience, out string why, CancellationToken cancel)
    {
        why = "";
        var first = Volatile.Read(ref _at);
        for (var i = 0; i < _settings.Hosts.Count; i++)
        {
            var at = (first + i) % _settings.Hosts.Count;
            var host = _settings.Hosts[at];
            try
            {
                var answer = Send(new Uri(host, path), method, body, patience, cancel);
                if (!IsAway(answer.Status) || i == _settings.Hosts.Count - 1)
                {
                    Volatile.Write(ref _at, at);
                    return answer;
                }
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
            {
                cancel.ThrowIfCancellationRequested();
                why = Because(host, e, patience);
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static bool IsAway(int status) => status is 502 or 503 or 504;

    private (int Status, byte[] Body) Send(Uri address, HttpMethod method, Func<HttpContent>? body, TimeSpan patience, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(patience);
        using var request = new HttpRequestMessage(method, address) { Content = body?.Invoke() };
        using var answer = _client.Send(request, HttpCompletionOption.ResponseContentRead, limit.Token);
        var text = new MemoryStream();
        using (var content = answer.Content.ReadAsStream(limit.Token))
        {
            content.CopyTo(text);
        }

        var status = (int)answer.StatusCode;
        return status is 401 or 403 && ElasticErrors.Refusal(_settings, ElasticSettings.PlaceOf(address), status, text.ToArray()) is { } refusal ? throw refusal : (status, text.ToArray());
    }

    private string Because(Uri host, Exception e, TimeSpan patience)
    {
        if (e is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError })
        {
            return _trust.Objection is { } objection ? throw new JobException($"{ElasticSettings.PlaceOf(host)}: {objection}") : $"no TLS came about: {e.InnerException?.Message ?? e.Message}";
        }

        return e switch
        {
            OperationCanceledException => $"no answer within {patience.TotalSeconds:0} seconds",
            HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ResponseEnded } when host.Scheme == Uri.UriSchemeHttp => $"{e.InnerException?.Message ?? e.Message} Where it speaks TLS, write https://",
            _ => e.InnerException?.Message ?? e.Message,
        };
    }
}
