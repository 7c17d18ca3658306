namespace Bf.Jobs.Search.Bulk;

/// <summary>
/// Documents that wait, in order. Of several writes to one document only the newest waits, and it waits while an older one is under way, so that
/// the newest is the last to arrive. Not safe for several threads: its owner locks.
/// </summary>
internal sealed class BulkQueue
{
    private readonly LinkedList<BulkItem> _waiting = [];
    private readonly Dictionary<string, LinkedListNode<BulkItem>> _byKey = new(StringComparer.Ordinal);
    private readonly HashSet<string> _underWay = new(StringComparer.Ordinal);
    private readonly SortedSet<long> _open = []; // the numbers of those that wait or are under way

    /// <summary>The bytes that wait.</summary>
    public long Bytes { get; private set; }

    /// <summary>The number of the last document that was put.</summary>
    public long Line { get; private set; }

    /// <summary>Whether a document up to this number waits or is under way.</summary>
    public bool Reaches(long line) => _open.Count > 0 && _open.Min <= line;

    /// <summary>Adds a document; takes the place of an older write that waits.</summary>
    public void Put(BulkItem item)
    {
        if (_byKey.TryGetValue(item.Key, out var older))
        {
            Bytes += item.Size - older.Value.Size;
            item.Number = older.Value.Number;
            older.Value = item;
            return;
        }

        Bytes += item.Size;
        item.Number = ++Line;
        _open.Add(item.Number);
        _byKey[item.Key] = _waiting.AddLast(item);
    }

    /// <summary>Takes the next documents that may be sent, for one request; none when none may.</summary>
    public List<BulkItem> Take(int most, long bytes)
    {
        var taken = new List<BulkItem>();
        for (var node = _waiting.First; node is not null && taken.Count < most;)
        {
            var (item, next) = (node.Value, node.Next);
            if (taken.Count > 0 && item.Size > bytes)
            {
                break;
            }

            if (_underWay.Add(item.Key))
            {
                _waiting.Remove(node);
                _byKey.Remove(item.Key);
                Bytes -= item.Size;
                bytes -= item.Size;
                taken.Add(item);
            }

            node = next;
        }

        return taken;
    }

    /// <summary>A document has arrived, or is given up.</summary>
    public void Done(BulkItem item)
    {
        _underWay.Remove(item.Key);
        _open.Remove(item.Number);
    }

    /// <summary>A document has not arrived: it waits again, before all others, unless a newer write to it waits.</summary>
    public void GiveBack(BulkItem item)
    {
        _underWay.Remove(item.Key);
        if (_byKey.TryGetValue(item.Key, out var newer))
        {
            // nothing arrived for the older one's number before the newer write does
            _open.Remove(newer.Value.Number);
            newer.Value.Number = item.Number;
            return;
        }

        Bytes += item.Size;
        _byKey[item.Key] = _waiting.AddFirst(item);
    }
}
