using System.Diagnostics;
using Bf.Jobs.Infra;
using Bf.Jobs.Infra.Native;

namespace Bf.Jobs.Tests.Infra;

/// <summary>Native services, with programs that only run in place of the real ones.</summary>
public sealed class NativeProviderTests
{
    private static readonly InfraService[] Spark = [InfraService.SparkMaster, InfraService.SparkWorker, InfraService.SparkConnect];

    [Fact]
    public void A_service_starts_when_what_it_needs_answers_and_not_before()
    {
        InfraFolder.NeedsLinux();
        using var folder = new InfraFolder().WithArchives();
        var provider = Provider(folder);
        using (var start = provider.Open([InfraService.Minio, .. Spark], _ => { }, TestContext.Current.CancellationToken))
        {
            var healthy = new HashSet<InfraService>();
            List<string> After()
            {
                start.Advance(healthy.Contains, CancellationToken.None);
                return [.. InfraService.All.Where(provider.Runs).Select(s => s.Name)];
            }

            Assert.Equal(["minio", "spark-master"], After());
            Assert.Equal("spark-master", start.Waiting(InfraService.SparkWorker));
            healthy.Add(InfraService.SparkMaster);
            Assert.Equal(["minio", "spark-master", "spark-worker"], After());
            Assert.Equal("minio, spark-worker", start.Waiting(InfraService.SparkConnect));
            healthy.UnionWith([InfraService.Minio, InfraService.SparkWorker]);
            Assert.Equal(["minio", "spark-master", "spark-worker", "spark-connect"], After());
        }

        Assert.DoesNotContain("minioadmin", string.Concat(Directory.EnumerateFiles(folder.At(".infra", "logs")).Select(File.ReadAllText))); // arguments, which any user sees
        Assert.Equal(4, provider.Stop(InfraService.All, _ => { }, CancellationToken.None).Count);
        Assert.DoesNotContain(InfraService.All, provider.Runs);
    }

    [Fact]
    public void What_runs_stays_and_what_died_is_started_again()
    {
        InfraFolder.NeedsLinux();
        using var folder = new InfraFolder().WithArchives();
        var provider = Provider(folder);
        Start(provider, InfraService.Minio, InfraService.SparkMaster);
        var (minio, master) = (provider.Process(InfraService.Minio).Id, provider.Process(InfraService.SparkMaster).Id);

        Kill(minio!);
        Assert.Contains("ended by itself", provider.Process(InfraService.Minio).Note);
        Start(provider, InfraService.Minio, InfraService.SparkMaster);

        Assert.NotEqual(minio, provider.Process(InfraService.Minio).Id);
        Assert.Equal(master, provider.Process(InfraService.SparkMaster).Id);
        provider.Stop(InfraService.All, _ => { }, CancellationToken.None);
    }

    [Fact]
    public void A_number_that_another_process_has_by_now_is_not_taken_for_the_service_and_not_killed()
    {
        InfraFolder.NeedsLinux();
        using var folder = new InfraFolder().WithArchives();
        using var other = Process.Start("sleep", "100");
        var provider = Provider(folder);
        provider.Home.Make();
        var stale = NativeProcess.Of(other.Id, TimeProvider.System)!;
        (stale with { Ticks = stale.Ticks - 1 }).Write(provider.Home.Pid("minio"));

        Assert.False(provider.Runs(InfraService.Minio));
        Assert.Empty(provider.Stop(InfraService.All, _ => { }, CancellationToken.None));

        Assert.False(other.HasExited);
        other.Kill();
    }

    [Fact]
    public void A_service_that_ends_as_it_starts_is_said_with_the_end_of_its_log()
    {
        InfraFolder.NeedsLinux();
        using var folder = new InfraFolder();
        folder.Script("bin/minio", "i=0; while [ $i -lt 30 ]; do i=$((i+1)); echo line $i; done; exit 1");
        var provider = Provider(folder);
        using var start = provider.Open([InfraService.Minio], _ => { }, CancellationToken.None);

        SpinWait.SpinUntil(() =>
        {
            start.Advance(_ => false, CancellationToken.None);
            return start.Failure(InfraService.Minio) is not null;
        }, TimeSpan.FromSeconds(20));

        var failure = start.Failure(InfraService.Minio)!;
        Assert.Equal((15, "line 30", provider.Home.Log("minio")), (failure.LastLines.Count, failure.LastLines[^1], failure.Log));
    }

    [Fact]
    public void A_master_that_was_lost_takes_its_worker_along()
    {
        InfraFolder.NeedsLinux();
        using var folder = new InfraFolder().WithArchives();
        var provider = Provider(folder);
        Start(provider, Spark);
        var worker = provider.Process(InfraService.SparkWorker).Id;
        Kill(provider.Process(InfraService.SparkMaster).Id!);

        var told = new List<string>();
        using (var start = provider.Open([InfraService.SparkMaster], told.Add, CancellationToken.None))
        {
            Assert.Equal(Spark, start.Services);
            Advance(start);
        }

        Assert.Contains("spark-worker and spark-connect have lost spark-master", Assert.Single(told));
        Assert.NotEqual(worker, provider.Process(InfraService.SparkWorker).Id);
        provider.Stop(InfraService.All, _ => { }, CancellationToken.None);
    }

    [Fact]
    public async Task Of_two_starts_at_once_one_waits_for_the_other()
    {
        InfraFolder.NeedsLinux();
        using var folder = new InfraFolder().WithArchives();
        var provider = Provider(folder);
        var first = provider.Open([InfraService.Minio], _ => { }, CancellationToken.None);
        var waits = new TaskCompletionSource();
        var second = Task.Run(() => provider.Open([InfraService.Minio], _ => waits.SetResult(), CancellationToken.None));

        await waits.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.False(second.IsCompleted);
        first.Dispose();
        (await second.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken)).Dispose();
    }

    [Fact]
    public void Only_what_bf_made_is_deleted()
    {
        InfraFolder.NeedsLinux();
        using var folder = new InfraFolder().WithArchives();
        var provider = Provider(folder);
        Start(provider, InfraService.Minio);
        folder.Write(".infra/notes.txt", "mine");
        provider.Stop(InfraService.All, _ => { }, CancellationToken.None);

        provider.Remove(CancellationToken.None);

        Assert.Equal([folder.At(".infra", "notes.txt")], Directory.EnumerateFileSystemEntries(folder.Home));
    }

    [Fact]
    public void A_folder_with_files_of_others_is_refused()
    {
        InfraFolder.NeedsLinux();
        using var folder = new InfraFolder().WithArchives();
        folder.Write(".infra/data/mine.txt", "mine");
        var provider = Provider(folder);

        Assert.Contains("has files that are not bf's", Assert.Throws<JobException>(() => provider.Open([InfraService.Minio], _ => { }, CancellationToken.None)).Message);
        provider.Remove(CancellationToken.None);
        Assert.True(File.Exists(folder.At(".infra", "data", "mine.txt")));
    }

    [Fact]
    public void What_was_started_again_meanwhile_is_not_deleted()
    {
        InfraFolder.NeedsLinux();
        using var folder = new InfraFolder().WithArchives();
        var provider = Provider(folder);
        Start(provider, InfraService.Minio);

        Assert.Contains("nothing was deleted: minio was started again meanwhile", Assert.Throws<JobException>(() => provider.Remove(CancellationToken.None)).Message);

        Assert.True(provider.Runs(InfraService.Minio));
        provider.Stop(InfraService.All, _ => { }, CancellationToken.None);
    }

    [Fact]
    public async Task A_start_that_waited_while_the_folder_was_deleted_makes_it_anew()
    {
        InfraFolder.NeedsLinux();
        using var folder = new InfraFolder().WithArchives();
        var provider = Provider(folder);
        var held = provider.Home.Lock(TimeProvider.System, _ => { }, CancellationToken.None);
        var waits = new TaskCompletionSource();
        var start = Task.Run(() => provider.Open([InfraService.Minio], _ => waits.SetResult(), CancellationToken.None));
        await waits.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        provider.Home.Remove();
        held.Dispose();

        using (var open = await start.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken))
        {
            Advance(open);
        }

        Assert.True(provider.Home.IsOurs && provider.Runs(InfraService.Minio));
        provider.Stop(InfraService.All, _ => { }, CancellationToken.None);
    }

    [Fact]
    public void A_folder_of_the_users_home_is_not_one_that_is_named_tilde()
    {
        using var folder = new InfraFolder();
        folder.Set("BF_INFRA_HOME", "~/services");
        var machine = folder.Machine with { Variable = name => name == "HOME" ? "/home/me" : folder.Machine.Variable(name) };

        Assert.Equal("/home/me/services", new NativeProvider(folder.Settings, machine, new(folder.Settings, machine), "").Home.Folder);
    }

    [Fact]
    public void A_folder_of_any_name_reaches_Kafka_and_Java_as_it_is()
    {
        InfraFolder.NeedsLinux();
        using var folder = new InfraFolder();
        folder.Script("kafka/bin/kafka-server-start.sh", "echo \"locale $LC_ALL\"; exec sleep 100");
        folder.Script("kafka/bin/kafka-storage.sh", "true");
        folder.Set("KAFKA_HOME", folder.At("kafka")).Set("BF_INFRA_HOME", "wä ü\\");
        var provider = Provider(folder);

        Start(provider, InfraService.Kafka);
        SpinWait.SpinUntil(() => File.ReadAllText(provider.Home.Log("kafka")).Contains("locale", StringComparison.Ordinal), TimeSpan.FromSeconds(20));
        provider.Stop(InfraService.All, _ => { }, CancellationToken.None);

        Assert.Contains($"log.dirs={folder.Path}/w\\u00e4 \\u00fc\\\\/data/kafka\n", File.ReadAllText(provider.Home.Conf("kafka.properties")));
        Assert.Contains("locale C.UTF-8", File.ReadAllText(provider.Home.Log("kafka")));
    }

    [Fact]
    public void A_group_whose_leader_nobody_reaps_ends_all_the_same()
    {
        InfraFolder.NeedsLinux();
        using var folder = new InfraFolder();
        // the one that would reap the leader has become a program that never does
        folder.Script("parent", $"setsid /bin/sh -c 'sleep 100 & echo $! >{folder.At("child")}; exec sleep 100' & echo $! >{folder.At("leader")}; exec sleep 100");
        using var parent = Process.Start(folder.At("parent"));
        SpinWait.SpinUntil(() => File.Exists(folder.At("child")) && File.ReadAllText(folder.At("child")).EndsWith('\n'), TimeSpan.FromSeconds(20));
        var child = int.Parse(File.ReadAllText(folder.At("child")));
        var leader = NativeProcess.Of(int.Parse(File.ReadAllText(folder.At("leader"))), TimeProvider.System)!;
        Process.GetProcessById(leader.Id).Kill();
        SpinWait.SpinUntil(() => !leader.Runs, TimeSpan.FromSeconds(20));

        leader.End();

        Assert.True(SpinWait.SpinUntil(() => NativeProcess.Of(child, TimeProvider.System) is null, TimeSpan.FromSeconds(20)));
        parent.Kill();
    }

    private static NativeProvider Provider(InfraFolder folder) => new(folder.Settings, folder.Machine, new(folder.Settings, folder.Machine), "");

    private static void Start(NativeProvider provider, params InfraService[] services)
    {
        using var start = provider.Open(services, _ => { }, CancellationToken.None);
        Advance(start);
    }

    private static void Advance(IInfraStart start)
    {
        for (var i = 0; i < 3; i++)
        {
            start.Advance(_ => true, CancellationToken.None);
        }
    }

    private static void Kill(string id)
    {
        using var process = Process.GetProcessById(int.Parse(id));
        process.Kill();
        process.WaitForExit();
    }
}
