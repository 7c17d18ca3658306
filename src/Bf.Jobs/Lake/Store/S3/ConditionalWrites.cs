using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace Bf.Jobs.Lake.Store.S3;

/// <summary>
/// Finds out, before the first write to a lake, whether the store keeps two writers from creating one object: without that, of two commits with
/// one version the second would replace the first without a word. A mark in the lake says that it was found out before.
/// </summary>
internal sealed class ConditionalWrites(S3Client client, S3Place root)
{
    /// <summary>Where the mark lies, below the lake's root.</summary>
    public const string Mark = "_bf/conditional-writes";

    private readonly Lock _gate = new();
    private bool _proven;

    /// <summary>Returns when the store is fit to be written to.</summary>
    /// <exception cref="JobException">It is not; the message says why.</exception>
    public void Check()
    {
        lock (_gate)
        {
            if (!_proven && !IsMarked())
            {
                Try();
                client.Write(root.Bucket, (s3, watch) => s3.PutObjectAsync(Text(Mark, "this store was found to create an object only once\n"), watch.Token));
            }

            _proven = true;
        }
    }

    private bool IsMarked()
    {
        try
        {
            client.Call((s3, watch) => s3.GetObjectMetadataAsync(root.Bucket, root.Key(Mark), watch.Token));
            return true;
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    private void Try()
    {
        var probe = $"_bf/probe-{Guid.NewGuid():N}";
        try
        {
            Creates(probe);
            if (Creates(probe))
            {
                throw Unfit("it replaced an object in spite of If-None-Match: *");
            }
        }
        finally
        {
            client.Call((s3, watch) => s3.DeleteObjectAsync(root.Bucket, root.Key(probe), watch.Token));
        }
    }

    /// <summary>Creates an object, which is to fail where it lies already.</summary>
    private bool Creates(string path)
    {
        try
        {
            client.Write(root.Bucket, (s3, watch) =>
            {
                var put = Text(path, "a try\n");
                put.IfNoneMatch = "*";
                return s3.PutObjectAsync(put, watch.Token);
            });
            return true;
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.PreconditionFailed)
        {
            return false;
        }
        catch (AmazonS3Exception e) when (e.StatusCode is HttpStatusCode.NotImplemented or HttpStatusCode.BadRequest)
        {
            throw Unfit($"it answers {(int)e.StatusCode} {e.ErrorCode}");
        }
    }

    private PutObjectRequest Text(string path, string text) => new() { BucketName = root.Bucket, Key = root.Key(path), ContentBody = text };

    private JobException Unfit(string why) => new(
        $"{root} is not written to: the store at {client.Address} does not know conditional writes ({why}), so two writers at once could lose each other's rows. It can be read. Stores that know them: AWS S3, MinIO from 2024-11 on, Cloudflare R2, Ceph from 20 on");
}
