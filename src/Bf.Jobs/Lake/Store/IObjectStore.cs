namespace Bf.Jobs.Lake.Store;

/// <summary>An object of a store: its path below the store's root, its size in bytes and when it was last written.</summary>
internal sealed record StoredObject(string Path, long Size, DateTimeOffset Modified);

/// <summary>
/// Where a lake's files lie: a folder, or a bucket with a prefix. Paths are relative, with slashes.
/// Data files never change once written; what must not be lost is on stable storage when a method returns.
/// </summary>
internal interface IObjectStore
{
    /// <summary>The root as a user would write it.</summary>
    string Root { get; }

    /// <summary>An object as a user would write it; one object has one such text.</summary>
    string PlaceOf(string path);

    /// <summary>The content of an object, or null when there is none.</summary>
    byte[]? Read(string path);

    /// <summary>Size and time of an object; null when there is none.</summary>
    StoredObject? Look(string path);

    /// <summary>The objects directly below a folder, by ordinal order of their paths.</summary>
    IReadOnlyList<StoredObject> List(string folder);

    /// <summary>What was being written directly below a folder and never became an object: by a command at work now, or by one that was killed.</summary>
    IReadOnlyList<StoredObject> Leftovers(string folder);

    /// <summary>The folders directly below a folder, by name.</summary>
    IReadOnlyList<string> Folders(string folder);

    /// <summary>Whether a folder is only a link to another.</summary>
    bool IsLink(string folder) => false;

    /// <summary>Creates an object, whole or not at all; false when it exists already. Of two callers one wins.</summary>
    bool TryCreate(string path, ReadOnlySpan<byte> content);

    /// <summary>Writes an object, replacing what is there, whole or not at all.</summary>
    void Put(string path, ReadOnlySpan<byte> content);

    /// <summary>A local file name to write a data file to, before <see cref="Publish"/>.</summary>
    string Stage(string path);

    /// <summary>Makes a staged file an object, durable when this returns, and gives its size in bytes.</summary>
    long Publish(string path);

    /// <summary>A local file with the object's content, to read from; it stays as long as the process needs it.</summary>
    string Locate(string path);

    /// <summary>The same with what the store has now, not what was fetched once: for who checks.</summary>
    string LocateAnew(string path) => Locate(path);

    /// <summary>Says which objects will be located next, so that they can be fetched at once.</summary>
    void Prepare(IEnumerable<string> paths)
    {
    }

    /// <summary>Writes an object's content to a local file.</summary>
    void Download(string path, string file);

    /// <summary>The CRC-32C of an object's content, as <see cref="Delta.Checksum"/> writes it; null when there is no object.</summary>
    string? ChecksumOf(string path);

    /// <summary>Makes an object as young as if it were written now, so that <see cref="DeleteOlder"/> leaves it alone.</summary>
    void MakeYoung(string path, DateTimeOffset now);

    /// <summary>Removes an object if it is there.</summary>
    void Delete(string path);

    /// <summary>Removes an object, or a leftover, that was last written before a moment.</summary>
    void DeleteOlder(string path, DateTimeOffset cutoff);

    /// <summary>Says that what comes is worth no waiting: from now on a store that does not answer within seconds counts as gone.</summary>
    void Hurry()
    {
    }

    /// <summary>Removes a folder with all that is in it.</summary>
    void DeleteFolder(string folder)
    {
        foreach (var below in Folders(folder))
        {
            DeleteFolder($"{folder}/{below}");
        }

        foreach (var file in List(folder).Concat(Leftovers(folder)))
        {
            Delete(file.Path);
        }

        Delete($"{folder}/"); // Hadoop keeps an empty folder as an object of this name
    }
}
