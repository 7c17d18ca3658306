using System.Diagnostics;
using System.Text;
using Bf.Core.Exchange;
using Bf.Core.Market;
using Bf.Jobs.Streaming.Kafka;
using Bf.Jobs.Streaming.Bus;
using Bf.Jobs.Streaming.Replay;
using TopicEnds = Bf.Jobs.Streaming.Replay.TopicEnds;

namespace Bf.Bench.Stream;

/// <summary>Puts a market into a topic, time by time, by the producer that <c>bf data replay</c> has.</summary>
internal static class StreamFeed
{
    /// <summary>Fills a topic, unless it has the market already.</summary>
    public static void Fill(KafkaSettings kafka, string topic, int partitions, Market market)
    {
        using (var topics = new KafkaTopics(kafka))
        {
            if (!topics.Ensure(topic, partitions).Created)
            {
                using var ends = new TopicEnds(kafka, topic, partitions, TimeProvider.System);
                if (ends.Messages == market.Bars)
                {
                    return;
                }

                throw new BenchException($"the topic {topic} has {ends.Messages} messages, not {market.Bars}: delete it");
            }
        }

        Send(kafka, topic, partitions, market, Interval.Day, null);
    }

    /// <summary>Sends a market's bars.</summary>
    /// <param name="kafka">Where Kafka is.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="partitions">Its partitions.</param>
    /// <param name="market">The market; its symbols have the same times.</param>
    /// <param name="interval">The bars' length.</param>
    /// <param name="pace">Bars a second, evenly; null for as many as go.</param>
    public static void Send(KafkaSettings kafka, string topic, int partitions, Market market, Interval interval, double? pace)
    {
        using var target = new KafkaTarget(kafka, new(Universe.All, interval, null, null, null) { Topic = topic }, partitions, TimeProvider.System);
        (byte[] Name, int Partition)[] symbols = [.. market.Symbols.Select(s => Encoding.UTF8.GetBytes(s.Symbol)).Select(n => (n, KeyPartition.Of(n, partitions)))];
        var order = Enumerable.Range(0, symbols.Length).ToArray();
        var random = new Random(1);
        var value = new byte[512];
        var (began, sent) = (Stopwatch.GetTimestamp(), 0L);
        for (var t = 0; t < market.Symbols[0].Ts.Length; t++)
        {
            random.Shuffle(order);
            foreach (var s in order)
            {
                var (name, partition) = symbols[s];
                var length = BarJson.Write(value, name, BarOf(market.Symbols[s], t));
                while (!target.TryPut(partition, name, value.AsSpan(0, length), "bench"u8))
                {
                    target.Tick();
                    Thread.Sleep(1);
                }

                if (++sent % 1000 == 0)
                {
                    target.Tick();
                }

                while (Stopwatch.GetElapsedTime(began).TotalSeconds * pace < sent)
                {
                    target.Tick();
                    Thread.Sleep(1);
                }
            }
        }

        for (target.Hurry(); target.Pending > 0; target.Hurry())
        {
            target.Tick();
        }
    }

    /// <summary>A whole bar about the close: what of it is counted are its adjusted close and its volume.</summary>
    private static Bar BarOf(SymbolColumns symbol, int t)
    {
        var (close, open) = (symbol.AdjClose[t], symbol.AdjClose[Math.Max(0, t - 1)]);
        return new(symbol.Symbol, symbol.Ts[t], open, Math.Max(open, close), Math.Min(open, close), close, close, symbol.Volume[t]);
    }
}
