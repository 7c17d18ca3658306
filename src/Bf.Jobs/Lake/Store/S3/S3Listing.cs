using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace Bf.Jobs.Lake.Store.S3;

/// <summary>What a bucket has below a prefix, page by page. A bucket that is not there has nothing.</summary>
internal sealed class S3Listing(S3Client client, int? pageSize)
{
    /// <summary>The objects directly below a prefix.</summary>
    public IEnumerable<S3Object> Objects(string bucket, string prefix) =>
        Pages(bucket, prefix).SelectMany(p => p.S3Objects ?? []).Where(o => o.Key.Length > prefix.Length); // some tools make an object of the folder itself

    /// <summary>The prefixes directly below a prefix, each with a slash at its end.</summary>
    public IEnumerable<string> Folders(string bucket, string prefix) => Pages(bucket, prefix).SelectMany(p => p.CommonPrefixes ?? []);

    /// <summary>The uploads in parts below a prefix that were not completed.</summary>
    public List<MultipartUpload> Uploads(string bucket, string prefix)
    {
        var all = new List<MultipartUpload>();
        var request = new ListMultipartUploadsRequest { BucketName = bucket, Prefix = prefix };
        ListMultipartUploadsResponse page;
        do
        {
            try
            {
                page = client.Call((s3, watch) => s3.ListMultipartUploadsAsync(request, watch.Token));
            }
            catch (AmazonS3Exception e) when (e.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.NotImplemented)
            {
                break;
            }

            all.AddRange(page.MultipartUploads ?? []);
            (request.KeyMarker, request.UploadIdMarker) = (page.NextKeyMarker, page.NextUploadIdMarker);
        }
        while (page.IsTruncated == true);
        return all;
    }

    private IEnumerable<ListObjectsV2Response> Pages(string bucket, string prefix)
    {
        var request = new ListObjectsV2Request { BucketName = bucket, Prefix = prefix, Delimiter = "/", MaxKeys = pageSize };
        while (Page(request) is { } page)
        {
            yield return page;
            if (page.IsTruncated != true)
            {
                break;
            }

            request.ContinuationToken = page.NextContinuationToken;
        }
    }

    private ListObjectsV2Response? Page(ListObjectsV2Request request)
    {
        try
        {
            return client.Call((s3, watch) => s3.ListObjectsV2Async(request, watch.Token));
        }
        catch (AmazonS3Exception e) when (e.ErrorCode == "NoSuchBucket")
        {
            return null;
        }
    }
}
