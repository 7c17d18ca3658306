using Bf.Jobs.Config;
using Bf.Jobs.Infra;
using Bf.Jobs.Infra.Health;
using Bf.Jobs.Lake.Store.S3;
using Bf.Jobs.Spark.Connect;
using Bf.Jobs.Streaming.Kafka;

namespace Bf.Jobs.Tests.Infra.Health;

public sealed class RealHealthTests
{
    private static readonly InfraService[] Here =
        [InfraService.Minio, InfraService.Kafka, InfraService.Elasticsearch, InfraService.SparkMaster, InfraService.SparkWorker, InfraService.SparkConnect];

    [Fact]
    public async Task The_real_servers_do_what_they_are_for_and_nothing_but_an_empty_index_and_a_topic_stays()
    {
        var stack = Stack.Shared("minio", "kafka", "elasticsearch", "spark");
        (string, string)[] settings = [.. stack.Settings.Where(s => Setting.All.Any(k => k.Name == s.Key)).Select(s => (s.Key, s.Value)), ("SPARK_UI_PORT", $"{8080 + stack.Offset}")];
        var provider = new FakeProvider(Asked.Settings(settings));

        using (var session = SparkSession.Open(SparkAddress.Parse(stack.Settings["SPARK_REMOTE"])))
        {
            Assert.Single(session.Query("SELECT count(*) FROM range(10)")); // the first count on a cold cluster takes its time
        }

        var all = HealthCheck.Run(provider, Asked.Settings(settings), Here, HealthCheck.Longest, TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.All(all, h => Assert.True(h.State == HealthState.Healthy, h.ToString()));
        Assert.All(all, h => Assert.NotNull(h.Latency));
        Assert.Equal(["kafka 4.3", "elasticsearch 8.19.13", "spark-master 4.0.1", "spark-worker 4.0.1", "spark-connect 4.0.1"], all.Where(h => h.Version is not null).Select(h => $"{h.Service} {h.Version}"));
        using var topics = new KafkaTopics(KafkaSettings.Of(Asked.Settings(settings)));
        Assert.Equal(1, topics.Partitions(KafkaProbe.Topic));
        using var http = new HttpClient { BaseAddress = new($"http://{stack.Settings["ELASTICSEARCH_HOST"]}/") };
        await http.GetStringAsync("bf-health/_refresh", TestContext.Current.CancellationToken);
        Assert.Contains("\"count\":0", await http.GetStringAsync("bf-health/_count", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.DoesNotContain("bf-health", await http.GetStringAsync("_cat/indices", TestContext.Current.CancellationToken), StringComparison.Ordinal); // hidden
    }

    [Fact]
    public void The_lakes_own_bucket_is_asked_once_it_is_there_and_is_left_as_it_was()
    {
        var stack = Stack.Shared("minio");
        var bucket = $"health-{Guid.NewGuid():N}";
        (string, string)[] settings = [.. stack.Settings.Where(s => s.Key.StartsWith("MINIO_", StringComparison.Ordinal)).Select(s => (s.Key, s.Value)), ("BF_LAKE", $"s3://{bucket}/lake")];
        using var client = new S3Client(S3Settings.From("the bucket", Asked.Settings(settings)));

        var before = Asked.One(InfraService.Minio, settings);
        Assert.DoesNotContain(bucket, Buckets());
        client.Call((s3, watch) => s3.PutBucketAsync(bucket, watch.Token));
        var after = Asked.One(InfraService.Minio, settings);

        Assert.Equal((HealthState.Healthy, "an object put, got and deleted"), (before.State, before.Detail));
        Assert.Equal((HealthState.Healthy, $"an object put, got and deleted in s3://{bucket}"), (after.State, after.Detail));
        Assert.DoesNotContain("bf-health", Buckets());
        Assert.Empty(client.Call((s3, watch) => s3.ListObjectsV2Async(new() { BucketName = bucket }, watch.Token)).S3Objects ?? []);

        List<string> Buckets() => client.Call((s3, watch) => s3.ListBucketsAsync(watch.Token)).Buckets?.ConvertAll(b => b.BucketName) ?? [];
    }

    [Fact]
    public void A_wrong_key_is_told_from_a_store_that_is_gone()
    {
        var stack = Stack.Shared("minio");
        (string, string) At(string name) => (name, stack.Settings[name]);

        var key = Asked.One(InfraService.Minio, At("MINIO_ENDPOINT"), ("MINIO_ACCESS_KEY", "nobody"), ("MINIO_SECRET_KEY", "pssst!pssst!"));
        var secret = Asked.One(InfraService.Minio, At("MINIO_ENDPOINT"), At("MINIO_ACCESS_KEY"), ("MINIO_SECRET_KEY", "pssst!pssst!"));

        Assert.Contains("MINIO_ACCESS_KEY", key.Detail, StringComparison.Ordinal);
        Assert.Contains("MINIO_SECRET_KEY", secret.Detail, StringComparison.Ordinal);
        Assert.All((ServiceHealth[])[key, secret], h => Assert.Contains("correct the setting", h.Remedy, StringComparison.Ordinal));
        Assert.DoesNotContain("pssst!", key.ToString() + secret, StringComparison.Ordinal);
    }
}
