using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bf.Jobs.Search.Elastic;

namespace Bf.Jobs.Infra.Health;

/// <summary>A service that tells of itself by HTTP: its pages as JSON or text.</summary>
internal sealed class HealthPage : IDisposable
{
    private readonly HttpClient _client;
    private readonly Uri _root;
    private readonly ServerTrust? _trust;

    /// <param name="root">Its address.</param>
    /// <param name="login">The login that it takes, and whose certificates are believed; null for neither.</param>
    public HealthPage(Uri root, ElasticSettings? login = null)
    {
        _root = root;
        var handler = new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false };
        if (login is not null)
        {
            _trust = new(login.CertificateFile);
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, errors) => _trust.Believes(certificate, errors);
        }

        _client = new(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.Authorization = login?.Authorization;
        _client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("bf", null));
    }

    /// <summary>Gets a page.</summary>
    /// <exception cref="ServiceDownException">There is no answer.</exception>
    public (int Status, string Text) Get(string path, CancellationToken cancel) => Send(new(HttpMethod.Get, new Uri(_root, path)), cancel);

    /// <summary>Sends something to a page.</summary>
    /// <exception cref="ServiceDownException">There is no answer.</exception>
    public (int Status, string Text) Post(string path, Func<HttpContent> content, CancellationToken cancel) => Send(new(HttpMethod.Post, new Uri(_root, path)) { Content = content() }, cancel);

    private (int Status, string Text) Send(HttpRequestMessage message, CancellationToken cancel)
    {
        try
        {
            using var request = message;
            using var answer = _client.Send(request, HttpCompletionOption.ResponseContentRead, cancel);
            using var text = new StreamReader(answer.Content.ReadAsStream(cancel), Encoding.UTF8);
            return ((int)answer.StatusCode, text.ReadToEnd());
        }
        catch (HttpRequestException) when (_trust?.Objection is { } objection)
        {
            throw new JobException(objection);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new ServiceDownException((e.InnerException ?? e).Message);
        }
    }

    /// <summary>Gets a page that is JSON.</summary>
    /// <exception cref="ServiceDownException">There is no answer, or it is an error.</exception>
    /// <exception cref="NotReadyException">The service starts still.</exception>
    /// <exception cref="JobException">What answers is another service, or refuses the login.</exception>
    public JsonNode Json(string path, string service, CancellationToken cancel)
    {
        var (status, text) = Get(path, cancel);
        return status is 401 or 403 ? throw new JobException($"{service} refuses the login ({status})")
            : status == 503 ? throw new NotReadyException($"it answers 503: {Brief(text)}")
            : status >= 500 ? throw new ServiceDownException($"it answers {status}: {Brief(text)}")
            : (status == 200 ? Parse(text) : null) ?? throw new JobException($"what answers at {_root.Authority} is not {service} ({path}: {status})");
    }

    /// <summary>JSON, or null where a text is none.</summary>
    public static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The beginning of a text, on one line.</summary>
    public static string Brief(string text)
    {
        const int Most = 120;
        var line = text.ReplaceLineEndings(" ").Trim();
        return line.Length > Most ? $"{line[..Most]}..." : line;
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();
}
