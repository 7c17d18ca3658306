namespace Bf.Jobs.Lake.Store;

/// <summary>A lake in a folder. A file appears by a link or a rename, after its content and before its folder are synced to disk.</summary>
internal sealed class LocalStore(string root) : IObjectStore
{
    /// <inheritdoc/>
    public string Root { get; } = Path.GetFullPath(root);

    /// <inheritdoc/>
    public string PlaceOf(string path) => Full(path);

    /// <inheritdoc/>
    public StoredObject? Look(string path)
    {
        var file = new FileInfo(Full(path));
        return file.Exists ? Look(file, path) : null;
    }

    /// <inheritdoc/>
    public bool IsLink(string folder) => new DirectoryInfo(Full(folder)).LinkTarget is not null;

    /// <inheritdoc/>
    public byte[]? Read(string path)
    {
        try
        {
            return File.ReadAllBytes(Full(path));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<StoredObject> List(string folder) => List(folder, whole: true);

    /// <inheritdoc/>
    public IReadOnlyList<StoredObject> Leftovers(string folder) => List(folder, whole: false);

    private StoredObject[] List(string folder, bool whole)
    {
        var directory = new DirectoryInfo(Full(folder));
        if (!directory.Exists)
        {
            return [];
        }

        var prefix = folder.Length == 0 ? "" : folder + "/";
        return [.. directory.EnumerateFiles()
            .Where(f => f.Name.EndsWith(TemporaryFile.Suffix, StringComparison.Ordinal) != whole)
            .Select(f => Look(f, prefix + f.Name))
            .OfType<StoredObject>()
            .OrderBy(f => f.Path, StringComparer.Ordinal)];
    }

    /// <summary>A file that was there a moment ago; null when its writer has finished or removed it since.</summary>
    private static StoredObject? Look(FileInfo file, string path)
    {
        try
        {
            return new StoredObject(path, file.Length, file.LastWriteTimeUtc);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Folders(string folder)
    {
        var directory = new DirectoryInfo(Full(folder));
        return directory.Exists ? [.. directory.EnumerateDirectories().Select(d => d.Name).Order(StringComparer.Ordinal)] : [];
    }

    /// <inheritdoc/>
    public bool TryCreate(string path, ReadOnlySpan<byte> content)
    {
        var full = Full(path);
        if (File.Exists(full))
        {
            return false;
        }

        var temporary = TemporaryFile.Beside(full);
        try
        {
            Durable.WriteFile(temporary, content);
            return Durable.TryLink(temporary, full);
        }
        finally
        {
            Delete(temporary);
        }
    }

    /// <inheritdoc/>
    public void Put(string path, ReadOnlySpan<byte> content)
    {
        var full = Full(path);
        var temporary = TemporaryFile.Beside(full);
        try
        {
            Durable.WriteFile(temporary, content);
            Durable.Rename(temporary, full);
        }
        finally
        {
            Delete(temporary); // it is gone, unless something failed
        }
    }

    /// <inheritdoc/>
    public string Stage(string path)
    {
        var full = Full(path);
        Durable.CreateFolder(Path.GetDirectoryName(full)!);
        return full + TemporaryFile.Suffix;
    }

    /// <inheritdoc/>
    public long Publish(string path)
    {
        var full = Full(path);
        try
        {
            Durable.Sync(full + TemporaryFile.Suffix);
            Durable.Rename(full + TemporaryFile.Suffix, full);
        }
        catch
        {
            Delete(full + TemporaryFile.Suffix);
            throw;
        }

        return new FileInfo(full).Length;
    }

    /// <inheritdoc/>
    public string Locate(string path) => Full(path);

    /// <inheritdoc/>
    public void Download(string path, string file) => File.Copy(Full(path), file, overwrite: true);

    /// <inheritdoc/>
    public string? ChecksumOf(string path) => File.Exists(Full(path)) ? Delta.Checksum.Of(Full(path)) : null;

    /// <inheritdoc/>
    public void MakeYoung(string path, DateTimeOffset now)
    {
        try
        {
            if (File.Exists(Full(path)))
            {
                File.SetLastWriteTimeUtc(Full(path), now.UtcDateTime);
            }
        }
        catch (Exception e) when (e is UnauthorizedAccessException or FileNotFoundException)
        {
            Log.Debug($"{Full(path)} keeps its time: {e.Message}"); // somebody else's, or gone, which is looked at next
        }
    }

    /// <summary>
    /// Removes a file that is still old. A restore at work makes young what it brings back and then looks whether it is there: it is out of
    /// its sight before its age is looked at, so that one of the two always notices the other.
    /// </summary>
    public void DeleteOlder(string path, DateTimeOffset cutoff)
    {
        var file = Full(path);
        var aside = file.EndsWith(TemporaryFile.Suffix, StringComparison.Ordinal) ? file : file + TemporaryFile.Suffix;
        try
        {
            File.Move(file, aside, overwrite: true);
            if (File.GetLastWriteTimeUtc(aside) < cutoff.UtcDateTime)
            {
                File.Delete(aside);
            }
            else
            {
                File.Move(aside, file);
            }
        }
        catch (FileNotFoundException)
        {
            // another vacuum was faster
        }
    }

    /// <inheritdoc/>
    public void Delete(string path)
    {
        var full = Full(path);
        if (File.Exists(full))
        {
            File.Delete(full);
        }
    }

    /// <inheritdoc/>
    public void DeleteFolder(string folder)
    {
        var full = Full(folder);
        if (Directory.Exists(full))
        {
            Directory.Delete(full, recursive: true);
        }
    }

    private string Full(string path) =>
        Path.IsPathRooted(path) ? path
        : path.Contains("://", StringComparison.Ordinal) ? throw new Delta.DeltaException($"the file {path} lies in another store than {Root}, which can't be read from here")
        : Path.Combine(Root, path);
}
