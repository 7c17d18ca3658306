using Amazon.S3;
using Amazon.S3.Model;

namespace Bf.Jobs.Lake.Store.S3;

/// <summary>Uploads a local file: a small one with one request, a large one in parts, so that a part that fails is all that is sent again. Parts go from the disk: memory does not grow with the file.</summary>
internal sealed class S3Upload(S3Client client, long partSize)
{
    private const int MostParts = 9_000, AtOnce = 3;

    /// <summary>Uploads.</summary>
    /// <returns>The object's ETag; null when the answer that had it was lost.</returns>
    public string? Run(string file, long size, string bucket, string key, (string Name, string Value) tag) =>
        size <= partSize ? Whole(file, size, bucket, key, tag) : InParts(file, size, bucket, key, tag);

    private string Whole(string file, long size, string bucket, string key, (string Name, string Value) tag) => client.Write(bucket, (s3, watch) =>
    {
        var put = new PutObjectRequest { BucketName = bucket, Key = key, FilePath = file };
        put.Metadata[tag.Name] = tag.Value;
        put.StreamTransferProgress += (_, _) => watch.Flows();
        S3Bytes.Written(size);
        return s3.PutObjectAsync(put, watch.Token);
    }).ETag;

    private string? InParts(string file, long size, string bucket, string key, (string Name, string Value) tag)
    {
        var length = Math.Max(partSize, size / MostParts);
        var begin = new InitiateMultipartUploadRequest { BucketName = bucket, Key = key, ChecksumAlgorithm = ChecksumAlgorithm.CRC32 };
        begin.Metadata[tag.Name] = tag.Value;
        var upload = client.Write(bucket, (s3, watch) => s3.InitiateMultipartUploadAsync(begin, watch.Token)).UploadId;
        try
        {
            var parts = new PartETag[(size + length - 1) / length];
            Parallel.For(0, parts.Length, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, i =>
                parts[i] = Part(file, bucket, key, upload, i + 1, i * length, Math.Min(length, size - (i * length))));
            return Complete(bucket, key, upload, parts, size);
        }
        catch (Exception e)
        {
            Abort(bucket, key, upload);
            throw e is AggregateException { InnerExceptions: [var first, ..] } ? first : e;
        }
    }

    private PartETag Part(string file, string bucket, string key, string upload, int number, long at, long length)
    {
        var answer = client.Call((s3, watch) =>
        {
            var part = new UploadPartRequest { BucketName = bucket, Key = key, UploadId = upload, PartNumber = number, FilePath = file, FilePosition = at, PartSize = length, ChecksumAlgorithm = ChecksumAlgorithm.CRC32 };
            part.StreamTransferProgress += (_, _) => watch.Flows();
            S3Bytes.Written(length);
            return s3.UploadPartAsync(part, watch.Token);
        });
        return new PartETag { PartNumber = number, ETag = answer.ETag, ChecksumCRC32 = answer.ChecksumCRC32 };
    }

    private string? Complete(string bucket, string key, string upload, PartETag[] parts, long size)
    {
        try
        {
            var complete = new CompleteMultipartUploadRequest { BucketName = bucket, Key = key, UploadId = upload, PartETags = [.. parts] };
            return client.Call((s3, watch) => s3.CompleteMultipartUploadAsync(complete, watch.Token)).ETag;
        }
        catch (AmazonS3Exception e) when (e.ErrorCode == "NoSuchUpload")
        {
            // an attempt whose answer was lost has completed it
            var there = client.Call((s3, watch) => s3.GetObjectMetadataAsync(bucket, key, watch.Token));
            return there.ContentLength == size ? null : throw new IOException($"s3://{bucket}/{key} came about with {there.ContentLength} bytes of {size}");
        }
    }

    private void Abort(string bucket, string key, string upload)
    {
        try
        {
            client.Call((s3, watch) => s3.AbortMultipartUploadAsync(bucket, key, upload, watch.Token));
        }
        catch (Exception e) when (e is AmazonS3Exception or ServiceDownException or JobException)
        {
            Log.Debug($"the parts of s3://{bucket}/{key} stay: {e.Message}"); // bf table vacuum, or the store itself, removes them
        }
    }
}
