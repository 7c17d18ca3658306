using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace Bf.Jobs.Lake.Store.S3;

/// <summary>
/// Requests to a store, tried again while it is away for a moment. One that stays away, or says nothing, ends in <see cref="ServiceDownException"/>
/// within half a minute; from then on every request fails at once, so that what is left to tidy up does not wait as long again.
/// </summary>
internal sealed class S3Client : IDisposable
{
    private const int MostAttempts = 20; // of one request, also when some bytes flow each time
    private const int MostDamaged = 3;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan FirstContact = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Hurried = TimeSpan.FromSeconds(4);
    private readonly S3Settings _settings;
    private readonly AmazonS3Client _client;
    private readonly Backoff _backoff;
    private bool _hasAnswered;
    private bool _hurries;
    private ServiceDownException? _down;
    private long _downSince;

    public S3Client(S3Settings settings)
    {
        (_settings, _backoff) = (settings, new(settings.Clock));
        var config = new AmazonS3Config
        {
            ServiceURL = settings.Endpoint.ToString(),
            AuthenticationRegion = settings.Region,
            ForcePathStyle = settings.PathStyle,
            UseHttp = settings.Endpoint.Scheme == "http",
            MaxErrorRetry = 0, // tried again here, where it is known what an answer that was lost means
            ConnectTimeout = TimeSpan.FromSeconds(5),
            Timeout = TimeSpan.FromHours(1), // what counts is whether bytes flow
            IgnoreConfiguredEndpointUrls = true,
            DisableLogging = true,
        };
        if (settings.Endpoint.IsLoopback)
        {
            config.SetWebProxy(new WebProxy()); // none: a proxy of the environment is for the way out; its localhost is another
        }

        _client = new(new BasicAWSCredentials(settings.AccessKey, settings.SecretKey), config);
    }

    /// <summary>The store's address.</summary>
    public string Address => _settings.Endpoint.GetLeftPart(UriPartial.Authority);

    /// <summary>Makes a request. The store's answers that a caller may want to understand (nothing there, exists already) come as they are.</summary>
    /// <param name="request">Makes it; the watch is to be told when bytes flow.</param>
    /// <exception cref="ServiceDownException">The store can't be reached, or stopped answering.</exception>
    /// <exception cref="JobException">It refuses: a key or another setting is wrong.</exception>
    /// <exception cref="AmazonS3Exception">Any other answer.</exception>
    public T Call<T>(Func<AmazonS3Client, Watch, Task<T>> request)
    {
        if (_down is { } known && Stopwatch.GetElapsedTime(_downSince) < TimeSpan.FromSeconds(30))
        {
            throw new ServiceDownException(known.Message);
        }

        var start = Stopwatch.GetTimestamp();
        for (var attempt = 0; ; attempt++)
        {
            using var watch = new Watch(Silence - Stopwatch.GetElapsedTime(start), Silence);
            try
            {
                var answer = request(_client, watch).ConfigureAwait(false).GetAwaiter().GetResult();
                _hasAnswered = true;
                _down = null;
                return answer;
            }
            catch (AmazonClientException e) when (attempt == MostDamaged)
            {
                throw new IOException($"{Address}: what came is not what the store says of it: {e.Message}", e);
            }
            catch (Exception e) when (IsPassing(e))
            {
                start = watch.HasFlowed ? Math.Max(start, watch.Last) : start;
                if (watch.IsSilent || attempt == MostAttempts || Stopwatch.GetElapsedTime(start) > (_hasAnswered && !_hurries ? _settings.Patience : FirstContact))
                {
                    throw Down(e, watch);
                }

                Log.Debug($"{Address}: {e.Message}; trying again");
                _backoff.WaitBetween(FirstPause * (1 << Math.Min(attempt, 4)), 3 * FirstPause * (1 << Math.Min(attempt, 4)));
            }
            catch (AmazonServiceException e) when (Refusal(e) is { } refusal)
            {
                _hasAnswered = true;
                throw new JobException(refusal);
            }
        }
    }

    /// <summary>From now on the store is not waited for: a command that fails has little left to say to it.</summary>
    public void Hurry() => _hurries = true;

    /// <summary>Makes a request that writes to a bucket, and the bucket if there is none.</summary>
    public T Write<T>(string bucket, Func<AmazonS3Client, Watch, Task<T>> request)
    {
        try
        {
            return Call(request);
        }
        catch (AmazonS3Exception e) when (e.ErrorCode == "NoSuchBucket")
        {
            return Create(bucket, request);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private TimeSpan Silence => _hurries ? Hurried : _settings.Silence;

    private T Create<T>(string bucket, Func<AmazonS3Client, Watch, Task<T>> request)
    {
        _backoff.WaitBetween(TimeSpan.Zero, TimeSpan.FromMilliseconds(300)); // many that begin at once: one makes the bucket, the others find it
        try
        {
            return Call(request);
        }
        catch (AmazonS3Exception e) when (e.ErrorCode == "NoSuchBucket")
        {
        }

        try
        {
            Call((s3, watch) => s3.PutBucketAsync(new PutBucketRequest { BucketName = bucket, UseClientRegion = true }, watch.Token));
        }
        catch (AmazonS3Exception e) when (e.ErrorCode is "BucketAlreadyOwnedByYou" or "BucketAlreadyExists")
        {
            // another process was first
        }
        catch (AmazonS3Exception e)
        {
            throw new JobException($"the bucket {bucket} is not there and can't be made at {Address}: {e.Message}");
        }

        return Call(request);
    }

    private ServiceDownException Down(Exception e, Watch watch)
    {
        var why = e switch
        {
            AmazonServiceException { StatusCode: not 0 } s => $"it answers {(int)s.StatusCode} {s.ErrorCode}",
            _ when watch.IsSilent => $"no byte came for {Silence.TotalSeconds:0} s",
            _ => Innermost(e) is AuthenticationException tls ? $"no connection by TLS ({tls.Message.TrimEnd('.')}); without https:// it is spoken to in plain http" : Innermost(e).Message.TrimEnd('.'),
        };
        _downSince = Stopwatch.GetTimestamp();
        return _down = new ServiceDownException(
            $"the object store at {Address} {(_hasAnswered ? "stopped answering" : "can't be reached")}: {why}. Is it running (bf infra health)? Its address is the setting MINIO_ENDPOINT. What was committed is whole; run the same command again when it is back");
    }

    private static Exception Innermost(Exception e) => e.InnerException is null ? e : Innermost(e.InnerException);

    /// <summary>Whether a failure may be over in a moment.</summary>
    private static bool IsPassing(Exception e) => e switch
    {
        AmazonServiceException s => (s.StatusCode == 0 && s.ErrorCode is null or "") || s.StatusCode is >= HttpStatusCode.InternalServerError and not HttpStatusCode.NotImplemented || s.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout
            || s.ErrorCode is "RequestTimeout" or "SlowDown" or "ConditionalRequestConflict" or "OperationAborted",
        HttpRequestException or HttpIOException or TimeoutException or SocketException or OperationCanceledException => true,
        IOException => e.InnerException is SocketException or HttpIOException,
        AmazonClientException => true, // an answer that is cut short, or whose checksum is wrong
        _ => false,
    };

    /// <summary>What a refusal means and which setting is wrong; null for an answer that callers understand.</summary>
    private string? Refusal(AmazonServiceException e) => e.ErrorCode switch
    {
        "InvalidAccessKeyId" or "InvalidClientTokenId" => $"{Address} does not know the access key: see the setting MINIO_ACCESS_KEY",
        "SignatureDoesNotMatch" => $"{Address} refuses the secret key: see the setting MINIO_SECRET_KEY",
        "AuthorizationHeaderMalformed" or "PermanentRedirect" or "IllegalLocationConstraintException" => $"{Address} wants another region than {_settings.Region} (MINIO_REGION), or another address (MINIO_ENDPOINT): {e.Message}",
        "RequestTimeTooSkewed" => $"{Address}: this machine's clock differs too much from the store's: {e.Message}",
        "AccessDenied" or "AllAccessDisabled" or "AccountProblem" => $"{Address}: the access key (MINIO_ACCESS_KEY) may not do that: {e.Message}",
        "InvalidBucketName" => $"{Address}: {e.Message}",
        _ when e.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized => $"{Address} refuses the access key or the secret key: see the settings MINIO_ACCESS_KEY and MINIO_SECRET_KEY",
        _ => null,
    };
}
