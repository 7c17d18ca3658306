using Bf.Jobs.Tests;

namespace Bf.EndToEnd;

/// <summary>Kafka and Elasticsearch for tests that stop them, and a lake with what a batch makes of the sample: a stream has to come to the same.</summary>
public sealed class ChaosServers : IDisposable
{
    private readonly Lazy<Stack> _stack = new(() => Stack.Own("kafka", "elasticsearch"));
    private readonly Lazy<BfProgram> _batch = new(() =>
    {
        var bf = new BfProgram();
        bf.Run("data", "import", Repository.Sample).Done();
        bf.Run("signals", "generate", "--universe", "all").Done();
        return bf;
    });

    /// <summary>The servers; the test is skipped where there are none.</summary>
    internal Stack Stack => _stack.Value;

    /// <summary>The bars of the sample, and what the batch made of them.</summary>
    internal BfProgram Batch => _batch.Value;

    public void Dispose()
    {
        if (_stack.IsValueCreated)
        {
            _stack.Value.Dispose();
        }

        if (_batch.IsValueCreated)
        {
            _batch.Value.Dispose();
        }
    }
}
