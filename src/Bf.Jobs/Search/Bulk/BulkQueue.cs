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

    /// <summary>The bytes that wait.</summary>
    public long Bytes { get; private set; }

    /// <summary>The documents that wait or are under way.</summary>
    public int Count => _waiting.Count + _underWay.Count;

    /// <summary>Adds a document; takes the place of an older write that waits.</summary>
    public void Put(BulkItem item)
    {
        if (_byKey.TryGetValue(item.Key, out var older))
        {
            Bytes += item.Size - older.Value.Size;
            older.Value = item;
            return;
        }

        Bytes += item.Size;
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
    public void Done(BulkItem item) => _underWay.Remove(item.Key);

    /// <summary>A document has not arrived: it waits again, before all others, unless a newer write to it waits.</summary>
    public void GiveBack(BulkItem item)
    {
        _underWay.Remove(item.Key);
        if (!_byKey.ContainsKey(item.Key))
        {
            Bytes += item.Size;
            _byKey[item.Key] = _waiting.AddFirst(item);
        }
    }
}
