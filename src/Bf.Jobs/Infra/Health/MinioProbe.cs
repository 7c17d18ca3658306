using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.Store.S3;

namespace Bf.Jobs.Infra.Health;

/// <summary>
/// Puts an object into the store, gets it and deletes it. It lies in the lake's bucket, where the lake is in one;
/// otherwise, and before that bucket is made, in a bucket <c>bf-health</c> that is removed again.
/// </summary>
internal sealed class MinioProbe(S3Settings settings, string lake) : IHealthProbe
{
    private const string OwnBucket = "bf-health";
    private const int Attempts = 5; // another check may remove the bucket between its making and the object

    /// <inheritdoc/>
    public string Address => settings.Endpoint.GetLeftPart(UriPartial.Authority);

    /// <inheritdoc/>
    public (string Host, int Port) Listens => (settings.Endpoint.Host, settings.Endpoint.Port);

    /// <inheritdoc/>
    public Finding Ask(TimeSpan within, CancellationToken cancel)
    {
        using var client = new S3Client(settings with { Silence = within, Patience = within / 2 });
        try
        {
            return Ask(client, cancel);
        }
        catch (ServiceDownException e) when (e.Message.Contains("it answers 503", StringComparison.Ordinal))
        {
            throw new NotReadyException(e.Message);
        }
    }

    private Finding Ask(S3Client client, CancellationToken cancel)
    {
        if (DataPath.IsS3Uri(lake) && S3Place.Parse(lake) is var place && TryTrip(client, place.Bucket, place.Key($"_bf/health-{Guid.NewGuid():N}")))
        {
            return new(null, $"an object put, got and deleted in s3://{place.Bucket}");
        }

        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            cancel.ThrowIfCancellationRequested();
            Make(client);
            if (TryTrip(client, OwnBucket, $"{Guid.NewGuid():N}"))
            {
                Remove(client);
                return new(null, "an object put, got and deleted");
            }
        }

        throw new ServiceDownException($"the bucket {OwnBucket} was made and is not there");
    }

    /// <summary>An object there and back; false where there is no such bucket.</summary>
    private static bool TryTrip(S3Client client, string bucket, string key)
    {
        var text = $"bf {key}";
        try
        {
            client.Call((s3, watch) => s3.PutObjectAsync(new() { BucketName = bucket, Key = key, ContentBody = text }, watch.Token));
        }
        catch (AmazonS3Exception e) when (e.ErrorCode == "NoSuchBucket")
        {
            return false;
        }

        string came;
        try
        {
            came = client.Call(async (s3, watch) =>
            {
                using var got = await s3.GetObjectAsync(bucket, key, watch.Token).ConfigureAwait(false);
                using var reader = new StreamReader(got.ResponseStream, Encoding.UTF8);
                return await reader.ReadToEndAsync(watch.Token).ConfigureAwait(false);
            });
        }
        finally
        {
            client.Call((s3, watch) => s3.DeleteObjectAsync(bucket, key, watch.Token));
        }

        return came == text ? true : throw new JobException("what came back is not what was put");
    }

    private static void Make(S3Client client)
    {
        try
        {
            client.Call((s3, watch) => s3.PutBucketAsync(new PutBucketRequest { BucketName = OwnBucket, UseClientRegion = true }, watch.Token));
        }
        catch (AmazonS3Exception e) when (e.ErrorCode is "BucketAlreadyOwnedByYou")
        {
            // another check is under way
        }
        catch (AmazonS3Exception e) when (e.ErrorCode is "BucketAlreadyExists")
        {
            throw new JobException($"the bucket {OwnBucket} belongs to somebody else; with BF_LAKE=s3://BUCKET/FOLDER the lake's own bucket is asked");
        }
    }

    private static void Remove(S3Client client)
    {
        try
        {
            client.Call((s3, watch) => s3.DeleteBucketAsync(OwnBucket, watch.Token));
        }
        catch (AmazonS3Exception e) when (e.ErrorCode is "BucketNotEmpty" or "NoSuchBucket")
        {
            // another check is under way, and removes it
        }
    }
}
