using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Amazon.S3.Model;
using Bf.Jobs.Lake.Delta;
using Checksum = Bf.Jobs.Lake.Delta.Checksum;

namespace Bf.Jobs.Lake.Store.S3;

/// <summary>
/// A lake in a bucket. Objects are created by conditional PUTs, so that of two writers one wins; files are written locally and then uploaded,
/// and fetched whole into a local cache to be read. The bucket is made with the first write; one that is not there reads as an empty lake.
/// </summary>
internal sealed class S3Store : IObjectStore, IDisposable
{
    private const string ChecksumTag = "bf-crc32c";
    private const int AtOnce = 4;
    private readonly S3Place _root;
    private readonly S3Settings _settings;
    private readonly S3Client _client;
    private readonly S3Objects _objects;
    private readonly S3Listing _listing;
    private readonly S3Upload _upload;
    private readonly FileCache _cache;
    private readonly ConditionalWrites _conditional;
    private readonly ConcurrentDictionary<string, string> _staged = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, S3Version> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _listed = new(StringComparer.Ordinal);
    private string? _anew;

    public S3Store(S3Place root, S3Settings settings)
    {
        (_root, _settings, _client) = (root, settings, new(settings));
        _objects = new(_client);
        (_listing, _upload) = (new(_client, settings.PageSize), new(_client, settings.PartSize));
        (_cache, _conditional) = (new(settings.Cache, settings.CacheBytes, settings.Clock), new(_client, root));
    }

    /// <summary>Opens a lake in a bucket.</summary>
    /// <exception cref="JobException">A setting is missing, or the URL names no bucket.</exception>
    public static S3Store Open(string url, Config.Settings settings) => new(S3Place.Parse(url), S3Settings.From(url, settings));

    /// <inheritdoc/>
    public string Root => _root.ToString();

    /// <inheritdoc/>
    public string PlaceOf(string path)
    {
        var (bucket, key) = At(path);
        return $"s3://{bucket}/{key}";
    }

    /// <inheritdoc/>
    public byte[]? Read(string path)
    {
        var (bucket, key) = At(path);
        return _objects.Read(bucket, key);
    }

    /// <inheritdoc/>
    public StoredObject? Look(string path) => Head(path) is { } head ? new(path, head.ContentLength, Time(head.LastModified)) : null;

    /// <inheritdoc/>
    public IReadOnlyList<StoredObject> List(string folder)
    {
        var (bucket, prefix) = FolderAt(folder);
        var objects = new List<StoredObject>();
        foreach (var found in _listing.Objects(bucket, prefix))
        {
            var path = $"{(folder.Length == 0 ? "" : folder + "/")}{found.Key[prefix.Length..]}";
            _known[path] = new(found.ETag, found.Size ?? 0);
            objects.Add(new(path, found.Size ?? 0, Time(found.LastModified)));
        }

        objects.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        return objects;
    }

    /// <inheritdoc/>
    /// <remarks>Uploads in parts that were not completed. Some stores (MinIO) do not tell them by folder, and remove them by themselves after a day.</remarks>
    public IReadOnlyList<StoredObject> Leftovers(string folder)
    {
        var (bucket, prefix) = FolderAt(folder);
        return [.. _listing.Uploads(bucket, prefix).Where(u => !u.Key[prefix.Length..].Contains('/', StringComparison.Ordinal))
            .Select(u => new StoredObject($"{(folder.Length == 0 ? "" : folder + "/")}{u.Key[prefix.Length..]}{TemporaryFile.Suffix}", 0, Time(u.Initiated)))
            .OrderBy(u => u.Path, StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Folders(string folder)
    {
        var (bucket, prefix) = FolderAt(folder);
        return [.. _listing.Folders(bucket, prefix).Select(p => p[prefix.Length..^1]).Order(StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public bool TryCreate(string path, ReadOnlySpan<byte> content)
    {
        _conditional.Check();
        var (bucket, key) = At(path);
        return _objects.TryCreate(bucket, key, content.ToArray());
    }

    /// <inheritdoc/>
    public void Put(string path, ReadOnlySpan<byte> content)
    {
        _conditional.Check();
        var (bucket, key) = At(path);
        _objects.Put(bucket, key, content.ToArray());
        _known.TryRemove(path, out _);
    }

    /// <inheritdoc/>
    public string Stage(string path) => _staged[path] = _cache.Work(path);

    /// <inheritdoc/>
    public long Publish(string path)
    {
        _staged.TryRemove(path, out var file);
        try
        {
            _conditional.Check();
            var (bucket, key) = At(path);
            var size = new FileInfo(file!).Length;
            var etag = _upload.Run(file!, size, bucket, key, (ChecksumTag, Checksum.Of(file!))) ?? Head(path)!.ETag;
            var version = _known[path] = new(etag, size);
            Note(path, _cache.Keep(file!, NameOf(path, version)));
            return size;
        }
        finally
        {
            File.Delete(file!);
        }
    }

    /// <inheritdoc/>
    public string Locate(string path)
    {
        var version = Known(path);
        var name = NameOf(path, version);
        return Note(path, _cache.Get(name, version.Size, part => Download(path, part)));
    }

    /// <inheritdoc/>
    public string LocateAnew(string path)
    {
        _known.TryRemove(path, out _);
        var version = Known(path);
        if (_anew is not null)
        {
            File.Delete(_anew);
        }

        _anew = _cache.Work(path);
        Download(path, _anew);
        return Note(path, _cache.Keep(_anew, NameOf(path, version), anew: true));
    }

    /// <inheritdoc/>
    public void Prepare(IEnumerable<string> paths)
    {
        var all = paths.ToList();
        if (all.Count > 1)
        {
            try
            {
                Parallel.ForEach(all, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, path => Locate(path));
            }
            catch (AggregateException e)
            {
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
            }
        }
    }

    /// <inheritdoc/>
    public void Download(string path, string file)
    {
        var (bucket, key) = At(path);
        if (!_objects.Download(bucket, key, file))
        {
            throw Gone(path);
        }
    }

    /// <inheritdoc/>
    public string? ChecksumOf(string path)
    {
        if (Head(path) is not { } head)
        {
            return null;
        }

        if (head.Metadata[ChecksumTag] is { Length: > 0 } known)
        {
            return known;
        }

        var file = _cache.Work(path);
        try
        {
            Download(path, file);
            return Checksum.Of(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <inheritdoc/>
    public void MakeYoung(string path, DateTimeOffset now)
    {
        if (Head(path) is not { } head)
        {
            return;
        }

        var (bucket, key) = At(path);
        _objects.Touch(bucket, key, head);
        _known.TryRemove(path, out _);
    }

    /// <inheritdoc/>
    public void Delete(string path)
    {
        var (bucket, key) = At(path);
        _objects.Delete(bucket, key);
        if (_known.TryRemove(path, out var version))
        {
            _cache.Drop(NameOf(path, version));
        }
    }

    /// <inheritdoc/>
    public void DeleteOlder(string path, DateTimeOffset cutoff)
    {
        if (path.EndsWith(TemporaryFile.Suffix, StringComparison.Ordinal))
        {
            var (bucket, key) = At(path[..^TemporaryFile.Suffix.Length]);
            foreach (var upload in _listing.Uploads(bucket, key).Where(u => u.Key == key && Time(u.Initiated) < cutoff))
            {
                _objects.Abort(bucket, key, upload.UploadId);
            }
        }
        else if (Look(path) is { } there && there.Modified < cutoff)
        {
            Delete(path);
        }
    }

    /// <inheritdoc/>
    public void Hurry() => _client.Hurry();

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private (string Bucket, string Key) At(string path)
    {
        if (path.Contains("://", StringComparison.Ordinal))
        {
            var place = S3Place.Parse(path);
            return (place.Bucket, place.Prefix);
        }

        return path.StartsWith('/') ? throw new DeltaException($"the file {path} lies in a folder, and can't be read from {Root}") : (_root.Bucket, _root.Key(path));
    }

    private (string Bucket, string Prefix) FolderAt(string folder)
    {
        var (bucket, key) = At(folder);
        return (bucket, key.Length == 0 ? "" : key + "/");
    }

    private GetObjectMetadataResponse? Head(string path)
    {
        var (bucket, key) = At(path);
        return _objects.Head(bucket, key);
    }

    /// <summary>Content and size of an object. Its neighbours become known with it: a table's files are asked for together.</summary>
    private S3Version Known(string path)
    {
        if (_known.TryGetValue(path, out var known))
        {
            return known;
        }

        var folder = path.Contains("://", StringComparison.Ordinal) ? null : Path.GetDirectoryName(path);
        lock (_listed)
        {
            if (folder is { Length: > 0 } && _listed.Add(folder))
            {
                List(folder);
            }
        }

        return _known.TryGetValue(path, out known) ? known
            : Head(path) is { } head ? _known[path] = new(head.ETag, head.ContentLength)
            : throw Gone(path);
    }

    private DeltaException Gone(string path) =>
        new($"the file {PlaceOf(path)} is missing: it was vacuumed or removed. See what else is with: bf table check {TableOf(path)}, and bring the file back from a backup");

    private string NameOf(string path, S3Version version)
    {
        var place = SHA256.HashData(Encoding.UTF8.GetBytes($"{_settings.Endpoint}{PlaceOf(path)}"));
        var content = string.Concat(version.ETag.Where(char.IsAsciiLetterOrDigit));
        return $"{Convert.ToHexStringLower(place.AsSpan(0, 10))}-{content}-{version.Size}{Path.GetExtension(path)}";
    }

    private string Note(string path, string file)
    {
        LocatedFiles.Note(file, PlaceOf(path), TableOf(path));
        return file;
    }

    private static string TableOf(string path) => Path.GetFileName(path.Split("/_delta_log")[0].Contains('/', StringComparison.Ordinal) && !path.Contains("://", StringComparison.Ordinal) ? path.Split('/')[0] : Path.GetDirectoryName(path)!);

    private static DateTimeOffset Time(DateTime? time) => time is { } t ? new DateTimeOffset(t.ToUniversalTime()) : DateTimeOffset.UnixEpoch;
}

/// <summary>An object's content, as its store names it, and its size.</summary>
internal readonly record struct S3Version(string ETag, long Size);
