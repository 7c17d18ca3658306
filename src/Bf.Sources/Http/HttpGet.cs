using System.Net;
using System.Net.Http.Headers;
using Bf.Sources.Fetch;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Bf.Sources.Http;

/// <summary>
/// Reads web addresses: a bounded time and size, and another try where that may help (429, 5xx, no connection, a broken one),
/// after a wait that doubles or that the server names. Serves any number of threads.
/// </summary>
public sealed class HttpGet : IDisposable
{
    // Yahoo answers 429 to clients that name themselves as libraries do.
    private const string Agent = "Mozilla/5.0 (compatible; bf)";
    private readonly HttpLimits _limits;
    private readonly TimeProvider _clock;
    private readonly Lazy<HttpClient> _client;
    private readonly ResiliencePipeline<HttpAnswer> _pipeline;

    /// <summary>Makes a reader; nothing is opened before the first request.</summary>
    /// <param name="clock">The time, which waits and time-outs go by.</param>
    /// <param name="limits">Limits; the usual ones when null.</param>
    public HttpGet(TimeProvider clock, HttpLimits? limits = null)
    {
        (_clock, _limits) = (clock, limits ?? new());
        _client = new(Client);
        _pipeline = Pipeline();
    }

    /// <summary>The answer of an address. Statuses that asking again does not change (404, 400) are answers.</summary>
    /// <exception cref="SourceException">No answer came, or none but passing failures, or one that is too large.</exception>
    public async Task<HttpAnswer> Get(Uri address, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(address);
        HttpAnswer answer;
        try
        {
            answer = await _pipeline.ExecuteAsync(async (client, end) => await Ask(client, address, end).ConfigureAwait(false), _client.Value, cancel).ConfigureAwait(false);
        }
        catch (TimeoutRejectedException)
        {
            throw new SourceException(SourceFailure.Unreachable, $"{address.Host} did not answer in {_limits.Attempt.TotalSeconds:0.#} s, {Tries}. Try again later, or with a lower --parallel");
        }
        catch (Exception e) when (IsBroken(e))
        {
            throw IsUnreachable(e)
                ? new SourceException(SourceFailure.Unreachable, $"{address.Host}:{address.Port} can't be reached: {e.Message.Replace($" ({address.Host}:{address.Port})", "", StringComparison.Ordinal)}. Is there a network? Another address: --source-url URL; files at hand: bf data import FILE")
                : new SourceException(SourceFailure.Busy, $"{address.Host} broke its answer off, {Tries}: {e.Message}. Try again later");
        }

        return answer.IsPassing ? throw Passing(address, answer) : answer;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_client.IsValueCreated)
        {
            _client.Value.Dispose();
        }
    }

    private string Tries => _limits.Retries == 0 ? "once" : $"{_limits.Retries + 1} times";

    private static SourceException Passing(Uri address, HttpAnswer answer)
    {
        var wait = answer.RetryAfter is { } after ? $" and asks to wait {after.TotalSeconds:0} s" : "";
        return answer.Status == HttpStatusCode.TooManyRequests
            ? new(SourceFailure.Busy, $"{address.Host} wants fewer requests (HTTP 429{wait}). Try again later, with a lower --parallel")
            : new(SourceFailure.Busy, $"{address.Host} is out of order (HTTP {(int)answer.Status}{wait}). Try again later");
    }

    private async Task<HttpAnswer> Ask(HttpClient client, Uri address, CancellationToken cancel)
    {
        using var response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancel).ConfigureAwait(false);
        var stream = await response.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            using var body = new MemoryStream();
            var buffer = new byte[1 << 16];
            int read;
            while ((read = await stream.ReadAsync(buffer, cancel).ConfigureAwait(false)) > 0)
            {
                if (body.Length + read > _limits.MostBytes)
                {
                    throw new SourceException(SourceFailure.Malformed, $"{address.Host} sent more than {_limits.MostBytes >> 20} MB. Ask for a shorter range with --start-date");
                }

                body.Write(buffer, 0, read);
            }

            return new HttpAnswer(response.StatusCode, body.ToArray(), Wait(response.Headers.RetryAfter));
        }
    }

    private TimeSpan? Wait(RetryConditionHeaderValue? after) =>
        after?.Delta ?? (after?.Date is { } date ? TimeSpan.FromTicks(Math.Max(0, (date - _clock.GetUtcNow()).Ticks)) : null);

    private ResiliencePipeline<HttpAnswer> Pipeline()
    {
        var builder = new ResiliencePipelineBuilder<HttpAnswer> { TimeProvider = _clock };
        builder.AddTimeout(_limits.Whole);
        if (_limits.Retries > 0)
        {
            builder.AddRetry(new RetryStrategyOptions<HttpAnswer>
            {
                MaxRetryAttempts = _limits.Retries,
                Delay = _limits.FirstWait,
                MaxDelay = _limits.LongestWait,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = tried => ValueTask.FromResult(tried.Outcome switch
                {
                    { Result: { } answer } => answer.IsPassing && !(answer.RetryAfter > _limits.LongestWait),
                    { Exception: { } e } => e is TimeoutRejectedException || IsBroken(e),
                    _ => false,
                }),
                DelayGenerator = tried => ValueTask.FromResult(tried.Outcome.Result?.RetryAfter),
            });
        }

        return builder.AddTimeout(_limits.Attempt).Build();
    }

    private static HttpClient Client()
    {
        var client = new HttpClient(new SocketsHttpHandler
        {
            AutomaticDecompression = DecompressionMethods.All,
            MaxAutomaticRedirections = 5,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan, // the pipeline's own
        };
        client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", Agent);
        return client;
    }

    private static bool IsBroken(Exception e) => e is HttpRequestException or IOException;

    private static bool IsUnreachable(Exception e) => e is HttpRequestException
    {
        HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
    };
}
