using System.Globalization;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.Store;
using Bf.Jobs.Maintenance;

namespace Bf.Jobs.Transfer;

/// <summary>Copies what one table has beyond its copy.</summary>
internal sealed class TableCopy
{
    private readonly IObjectStore _from;
    private readonly IObjectStore _to;
    private readonly LogFolder _source;
    private readonly LogFolder _target;
    private readonly DeltaLog _log;
    private readonly Snapshot _snapshot;

    public TableCopy(DataLake from, DataLake to, string name)
    {
        (_from, _to, Name) = (from.Store, to.Store, name);
        (_source, _target) = (LogFolder.Of(from, name), LogFolder.Of(to, name));
        _log = LakeTables.Log(from, name);
        _snapshot = _log.Load(_source.Newest);
    }

    /// <summary>The table's name.</summary>
    public string Name { get; }

    private string Place => $"{_to.Root.TrimEnd('/')}/{Name}";

    /// <summary>Checks that the target is an older or newer state of the same table.</summary>
    /// <exception cref="JobException">It went another way.</exception>
    public void Check()
    {
        if (_target.Newest < 0)
        {
            return;
        }

        // an entry names its files and its time, so that two that are equal rest on equal ones
        var common = _source.Entries.Intersect(_target.Entries).DefaultIfEmpty(-1).Max();
        if (common < 0 || !_from.Read(Entry(common))!.AsSpan().SequenceEqual(_to.Read(Entry(common))))
        {
            throw new JobException($"{Place} went another way than {_log.Place}: {(common < 0 ? "they have no version in common" : $"version {common.ToString(CultureInfo.InvariantCulture)} is another one there")}. Nothing was copied. Copy into another lake, or move that table away first");
        }
    }

    /// <summary>Copies.</summary>
    public CopiedTable Run(Action<int, int> progress, CancellationToken cancel)
    {
        var before = _target.Newest;
        if (before > _source.Newest)
        {
            return new(Name, before, before, 0, 0, 0, 0, before - _source.Newest);
        }

        var (copied, skipped, gone, bytes, done) = (0, 0, 0, 0L, 0);
        var files = Files().ToList();
        foreach (var (path, checksum) in files)
        {
            cancel.ThrowIfCancellationRequested();
            progress(done++, files.Count);
            if (_from.Look(path) is not { } there)
            {
                gone++;
            }
            else if (_to.Look(path)?.Size == there.Size && _to.ChecksumOf(path) == (checksum ?? _from.ChecksumOf(path)))
            {
                skipped++;
            }
            else
            {
                Copy(path, checksum);
                (copied, bytes) = (copied + 1, bytes + there.Size);
            }
        }

        CopyLog(cancel);
        return new(Name, before, _source.Newest, copied, bytes, skipped, gone, 0);
    }

    /// <summary>The data files of the newest version, and those that entries name which the target lacks, with the checksums that the log has.</summary>
    private IEnumerable<(string Path, string? Checksum)> Files()
    {
        var entries = _source.Entries.Where(v => !_target.Entries.Contains(v)).SelectMany(v => _log.Commit(v)!).Select(l => l.Add).OfType<AddFile>();
        return _snapshot.Files.Concat(entries)
            .SelectMany(f => (IEnumerable<(string Path, string? Checksum)>)[(Own(DataPath.Resolve(Name, f.Path)), f.Tags?.GetValueOrDefault(Checksum.Tag)), .. f.DeletionVector?.FileOf(Name) is { } vector ? [(Own(vector), null)] : (IEnumerable<(string, string?)>)[]])
            .DistinctBy(f => f.Path, StringComparer.Ordinal);
    }

    private string Own(string path) =>
        path.StartsWith($"{Name}/", StringComparison.Ordinal) ? path : throw new JobException($"{_log.Place} can't be copied: its file {path} lies outside of it");

    private void Copy(string path, string? checksum)
    {
        var staged = _to.Stage(path);
        try
        {
            _from.Download(path, staged);
            if (checksum is not null && Checksum.Of(staged) != checksum)
            {
                throw new JobException($"{_from.PlaceOf(path)} has other bytes than were written, and is not copied; see bf table check {Name}");
            }

            _to.Publish(path);
        }
        finally
        {
            File.Delete(staged); // it is gone, unless something failed
        }
    }

    /// <summary>
    /// The newest checkpoint first, where there is one: from then on a reader sees that version, all of whose files are there. Then the entries after it, then the older ones:
    /// of those some may name files that were vacuumed.
    /// </summary>
    private void CopyLog(CancellationToken cancel)
    {
        var start = 0L;
        if (_source.Checkpoints.Keys.LastOrDefault(v => v > _target.Newest) is > 0 and var version)
        {
            foreach (var sidecar in _from.List($"{Name}/_delta_log/_sidecars"))
            {
                Copy(sidecar.Path, null);
            }

            _source.Checkpoints[version].ForEach(path => Copy(path, null));
            start = version + 1;
        }

        foreach (var entry in _source.Entries.Where(v => !_target.Entries.Contains(v)).OrderBy(v => v < start).ThenBy(v => v))
        {
            cancel.ThrowIfCancellationRequested();
            var content = _from.Read(Entry(entry))!;
            if (!_to.TryCreate(Entry(entry), content) && !content.AsSpan().SequenceEqual(_to.Read(Entry(entry))))
            {
                throw new JobException($"{Place} went another way than {_log.Place} meanwhile: another command wrote version {entry.ToString(CultureInfo.InvariantCulture)}. What was copied before is whole");
            }
        }

        if (start > 0 && _from.Read($"{Name}/_delta_log/_last_checkpoint") is { } hint)
        {
            _to.Put($"{Name}/_delta_log/_last_checkpoint", hint);
        }
    }

    private string Entry(long version) => $"{Name}/_delta_log/{version.ToString("D20", CultureInfo.InvariantCulture)}.json";
}
