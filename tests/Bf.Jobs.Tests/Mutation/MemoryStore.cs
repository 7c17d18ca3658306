using Bf.Jobs.Lake.Store;

namespace Bf.Jobs.Tests.Mutation;

/// <summary>A lake in memory, for a hundred thousand tables a test.</summary>
internal sealed class MemoryStore(SortedDictionary<string, byte[]> objects) : IObjectStore
{
    public string Root => "/memory";

    public string PlaceOf(string path) => Locate(path);

    public StoredObject? Look(string path) => objects.TryGetValue(path, out var content) ? new(path, content.Length, DateTimeOffset.UnixEpoch) : null;

    public byte[]? Read(string path) => objects.GetValueOrDefault(path);

    public IReadOnlyList<StoredObject> List(string folder) =>
        [.. objects.Where(o => Path.GetDirectoryName(o.Key) == folder).Select(o => new StoredObject(o.Key, o.Value.Length, DateTimeOffset.UnixEpoch))];

    public IReadOnlyList<StoredObject> Leftovers(string folder) => [];

    public IReadOnlyList<string> Folders(string folder) => [];

    public bool TryCreate(string path, ReadOnlySpan<byte> content) => objects.TryAdd(path, content.ToArray());

    public void Put(string path, ReadOnlySpan<byte> content) => objects[path] = content.ToArray();

    public string Stage(string path) => throw new NotSupportedException();

    public long Publish(string path) => throw new NotSupportedException();

    public string Locate(string path) => Path.Combine(Root, path);

    public void Download(string path, string file) => throw new NotSupportedException();

    public string? ChecksumOf(string path) => throw new NotSupportedException();

    public void MakeYoung(string path, DateTimeOffset now) => throw new NotSupportedException();

    public void DeleteOlder(string path, DateTimeOffset cutoff) => throw new NotSupportedException();

    public void Delete(string path) => objects.Remove(path);
}
