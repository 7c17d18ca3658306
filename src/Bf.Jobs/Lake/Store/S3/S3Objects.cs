using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace Bf.Jobs.Lake.Store.S3;

/// <summary>What is done to single objects of a bucket. One that is not there is an answer, and no error.</summary>
/// <param name="client">Makes the requests.</param>
internal sealed class S3Objects(S3Client client)
{
    private const string WriterTag = "bf-writer";

    /// <summary>An object's content; null where there is none.</summary>
    public byte[]? Read(string bucket, string key) => OrNull(() => client.Call(async (s3, watch) =>
    {
        using var answer = await s3.GetObjectAsync(bucket, key, watch.Token).ConfigureAwait(false);
        var content = new byte[answer.ContentLength];
        await answer.ResponseStream.ReadExactlyAsync(content, watch.Token).ConfigureAwait(false);
        S3Bytes.Read(content.Length);
        return content;
    }));

    /// <summary>What a store says of an object; null where there is none.</summary>
    public GetObjectMetadataResponse? Head(string bucket, string key) => OrNull(() => client.Call((s3, watch) => s3.GetObjectMetadataAsync(bucket, key, watch.Token)));

    /// <summary>Writes an object's content to a file, whole; false where there is none.</summary>
    public bool Download(string bucket, string key, string file)
    {
        try
        {
            return client.Call(async (s3, watch) =>
            {
                using var answer = await s3.GetObjectAsync(bucket, key, watch.Token).ConfigureAwait(false);
                var output = File.Create(file);
                await using (output.ConfigureAwait(false))
                {
                    var buffer = new byte[1 << 17];
                    for (int read; (read = await answer.ResponseStream.ReadAsync(buffer, watch.Token).ConfigureAwait(false)) > 0;)
                    {
                        watch.Flows();
                        output.Write(buffer, 0, read);
                        S3Bytes.Read(read);
                    }
                }

                return new FileInfo(file).Length == answer.ContentLength ? true : throw new HttpIOException(HttpRequestError.ResponseEnded, $"{key} ended before its length");
            });
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    /// <summary>Creates an object; false when it exists already.</summary>
    public bool TryCreate(string bucket, string key, byte[] content)
    {
        var writer = Guid.NewGuid().ToString("N");
        try
        {
            client.Write(bucket, (s3, watch) =>
            {
                var put = Request(bucket, key, content);
                put.IfNoneMatch = "*";
                put.Metadata[WriterTag] = writer;
                S3Bytes.Written(content.Length);
                return s3.PutObjectAsync(put, watch.Token);
            });
            return true;
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.PreconditionFailed)
        {
            // the answer to an attempt may have been lost: then what is there is our own
            return Head(bucket, key)?.Metadata[WriterTag] == writer;
        }
    }

    /// <summary>Writes an object, replacing what is there.</summary>
    public void Put(string bucket, string key, byte[] content) =>
        client.Write(bucket, (s3, watch) =>
        {
            S3Bytes.Written(content.Length);
            return s3.PutObjectAsync(Request(bucket, key, content), watch.Token);
        });

    /// <summary>Makes an object as young as if it were written now, with what was noted of it.</summary>
    public void Touch(string bucket, string key, GetObjectMetadataResponse head)
    {
        var copy = new CopyObjectRequest { SourceBucket = bucket, SourceKey = key, DestinationBucket = bucket, DestinationKey = key, MetadataDirective = S3MetadataDirective.REPLACE };
        foreach (var name in head.Metadata.Keys)
        {
            copy.Metadata[name] = head.Metadata[name];
        }

        OrNull(() => client.Call((s3, watch) => s3.CopyObjectAsync(copy, watch.Token))); // one that is gone is looked at next
    }

    /// <summary>Removes an object.</summary>
    public void Delete(string bucket, string key) => OrNull(() => client.Call((s3, watch) => s3.DeleteObjectAsync(bucket, key, watch.Token)));

    /// <summary>Removes an upload in parts that was not completed.</summary>
    public void Abort(string bucket, string key, string upload) => OrNull(() => client.Call((s3, watch) => s3.AbortMultipartUploadAsync(bucket, key, upload, watch.Token)));

    private static PutObjectRequest Request(string bucket, string key, byte[] content) =>
        new() { BucketName = bucket, Key = key, InputStream = new MemoryStream(content, writable: false), AutoCloseStream = true };

    private static T? OrNull<T>(Func<T> request)
        where T : class
    {
        try
        {
            return request();
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
