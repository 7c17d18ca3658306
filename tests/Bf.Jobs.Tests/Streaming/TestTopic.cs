using System.Text;
using Bf.Core.Exchange;
using Bf.Core.Market;
using Bf.Jobs.Streaming.Bus;

namespace Bf.Jobs.Tests.Streaming;

/// <summary>A topic in memory that keeps its messages, whose members get and lose partitions as a test says.</summary>
internal sealed class TestTopic(string name, int partitions)
{
    private readonly List<(byte[] Key, byte[] Value)>[] _messages = [.. Enumerable.Range(0, partitions).Select(_ => new List<(byte[], byte[])>())];
    private readonly List<byte[]> _words = [];

    public int Partitions => partitions;

    /// <summary>Whether it answers when it is asked for its ends.</summary>
    public bool Answers { get; set; } = true;

    /// <summary>How many messages it has.</summary>
    public int Count => _messages.Sum(m => m.Count);

    /// <summary>Adds bars, each to its symbol's partition.</summary>
    public void Add(IEnumerable<Bar> bars)
    {
        var value = new byte[1024];
        foreach (var bar in bars)
        {
            var symbol = Encoding.UTF8.GetBytes(bar.Symbol);
            Add(PartitionOf(bar.Symbol), symbol, value.AsSpan(0, BarJson.Write(value, symbol, bar)).ToArray());
        }
    }

    public void Add(int partition, byte[] key, byte[] value) => _messages[partition].Add((key, value));

    public int PartitionOf(string symbol) => symbol.Sum(c => c) % partitions;

    /// <summary>A member that has no partition yet.</summary>
    public Member Join(int seed = 1) => new(this, seed);

    /// <summary>What members say to each other.</summary>
    public IBroadcast Broadcast() => new Words(_words);

    /// <summary>One member: each poll hands over a few messages of its partitions, by chance.</summary>
    internal sealed class Member(TestTopic topic, int seed) : IBarLog
    {
        private readonly Random _random = new(seed);
        private readonly Dictionary<int, long> _next = [];
        private int[]? _give;
        private (int[] Partitions, bool Lost)? _take;

        public string Topic => name;

        public int Partitions => topic.Partitions;

        public bool IsAway { get; set; }

        private string name => topic.Name;

        /// <summary>A partition whose messages do not arrive, as of a broker that hangs.</summary>
        public int? Hangs { get; set; }

        /// <summary>Gives it partitions with the next poll.</summary>
        public Member Give(params int[] partitions)
        {
            _give = partitions;
            return this;
        }

        /// <summary>Gives it all partitions with the next poll.</summary>
        public Member GiveAll() => Give([.. Enumerable.Range(0, topic.Partitions)]);

        /// <summary>Takes partitions from it with the next poll.</summary>
        public void Take(bool lost, params int[] partitions) => _take = (partitions, lost);

        public void Poll(IBarReceiver receiver, TimeSpan wait)
        {
            if (_take is { } take)
            {
                _take = null;
                receiver.Revoked(take.Partitions, take.Lost);
                Array.ForEach(take.Partitions, p => _next.Remove(p));
            }

            if (_give is { } give)
            {
                _give = null;
                var offsets = receiver.Assigned(give);
                for (var i = 0; i < give.Length; i++)
                {
                    _next[give[i]] = offsets[i];
                }
            }

            foreach (var partition in _next.Keys.Where(p => p != Hangs).ToList())
            {
                Hand(receiver, partition, _random.Next(0, 60));
            }
        }

        public IReadOnlyList<long>? Ends() => topic.Answers ? [.. topic._messages.Select(m => (long)m.Count)] : null;

        public void Inform(int partition, long offset)
        {
        }

        public long? Lag(int partition) => topic._messages[partition].Count - _next.GetValueOrDefault(partition);

        public void Dispose()
        {
        }

        private void Hand(IBarReceiver receiver, int partition, int most)
        {
            var messages = topic._messages[partition];
            for (; most > 0 && _next[partition] < messages.Count; most--)
            {
                var at = _next[partition]++;
                receiver.Message(partition, at, messages[(int)at].Key, messages[(int)at].Value);
            }

            if (_next[partition] == messages.Count)
            {
                receiver.End(partition, _next[partition]);
            }
        }
    }

    public string Name => name;

    private sealed class Words(List<byte[]> all) : IBroadcast
    {
        private int _next = Count(all);

        public void Say(ReadOnlySpan<byte> message)
        {
            lock (all)
            {
                all.Add(message.ToArray());
            }
        }

        public byte[]? Hear()
        {
            lock (all)
            {
                return _next < all.Count ? all[_next++] : null;
            }
        }

        public void Dispose()
        {
        }

        private static int Count(List<byte[]> all)
        {
            lock (all)
            {
                return all.Count;
            }
        }
    }
}
