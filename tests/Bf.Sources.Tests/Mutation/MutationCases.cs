using System.Globalization;

namespace Bf.Sources.Tests.Mutation;

/// <summary>
/// Runs mutated cases, each from a seed of its own: BF_MUTATIONS says how many in all, BF_MUTATION_SEED the first, which runs alone without BF_MUTATIONS.
/// A case must end by itself or by an exception that the program turns into an error line, in bounded time and memory.
/// </summary>
internal static class MutationCases
{
    private const int UsualCount = 6_000;
    private const long MostBytesAllocated = 256L << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The seeds to run.</summary>
    /// <param name="share">Which part of BF_MUTATIONS the target takes.</param>
    public static (long First, long Count) Seeds(double share) =>
        (Number("BF_MUTATION_SEED") ?? 1, (long)Math.Ceiling(share * (Number("BF_MUTATIONS") ?? (Number("BF_MUTATION_SEED") is null ? UsualCount : 1))));

    /// <summary>Runs a target's cases in this process, and fails with the seed of the first that misbehaves.</summary>
    /// <param name="share">Which part of BF_MUTATIONS the target takes.</param>
    /// <param name="run">Runs the case of a seed.</param>
    /// <param name="isDocumented">Whether the program turns an exception into an error line.</param>
    public static void Run(double share, Action<Random> run, Func<Exception, bool> isDocumented)
    {
        var (first, count) = Seeds(share);
        var current = first - 1;
        var read = 0L;
        var cases = Task.Factory.StartNew(
            () =>
            {
                for (var seed = first; seed < first + count; seed++)
                {
                    Volatile.Write(ref current, seed);
                    read += One(seed, run, isDocumented) ? 1 : 0;
                }
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        for (var seen = first - 1; !Finished(cases); seen = Volatile.Read(ref current))
        {
            Assert.True(seen != Volatile.Read(ref current), $"seed {seen}: no end after {Patience.TotalSeconds:0} s. {Again(seen)}");
        }

        Assert.Equal(first + count - 1, current);
        CheckMixture(read, count);
    }

    /// <summary>Mutations that are all refused, or all harmless, would try nothing.</summary>
    public static void CheckMixture(long read, long count)
    {
        if (count >= 100)
        {
            TestContext.Current.SendDiagnosticMessage($"{read} of {count} mutated inputs were read, the others refused");
            Assert.InRange(read, count / 20, count - (count / 20));
        }
    }

    /// <summary>Runs the case of a seed; whether it ended without an error line.</summary>
    public static bool One(long seed, Action<Random> run, Func<Exception, bool> isDocumented)
    {
        var ended = false;
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            run(new Random((int)seed));
            ended = true;
        }
        catch (Exception e) when (isDocumented(e))
        {
            // an error line
        }
        catch (Exception e)
        {
            Assert.Fail($"seed {seed}: {e}\n{Again(seed)}");
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated <= MostBytesAllocated, $"seed {seed}: {allocated >> 20} MB were allocated. {Again(seed)}");
        return ended;
    }

    /// <summary>How to run one case alone.</summary>
    public static string Again(long seed) => $"Again: BF_MUTATION_SEED={seed} dotnet test --project tests/{typeof(MutationCases).Assembly.GetName().Name} -- --filter-class '{TestContext.Current.TestClass?.TestClassName}'";

    private static long? Number(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? long.Parse(text, CultureInfo.InvariantCulture) : null;

    private static bool Finished(Task cases)
    {
        try
        {
            return cases.Wait(Patience);
        }
        catch (AggregateException e)
        {
            throw e.InnerException!;
        }
    }
}
