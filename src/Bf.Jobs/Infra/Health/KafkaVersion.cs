using Bf.Jobs.Infra.Health.Wire;

namespace Bf.Jobs.Infra.Health;

/// <summary>
/// A broker's version. Brokers do not say it, but the newest format of metadata that they know (the supported feature <c>metadata.version</c> of KRaft), which says the release.
/// </summary>
internal static class KafkaVersion
{
    private const int SupportedFeatures = 0;

    // the first level of each release (Kafka's MetadataVersion.java)
    private static readonly (int Level, string Release)[] Releases =
    [
        (31, "4.4 or later"), (30, "4.3"), (28, "4.2"), (26, "4.1"), (22, "4.0"), (21, "3.9"), (20, "3.8"), (15, "3.7"), (12, "3.6"), (9, "3.5"), (8, "3.4"), (4, "3.3"),
    ];

    /// <summary>Asks; null where the broker does not say.</summary>
    public static string? Of(KafkaConnection broker, CancellationToken cancel)
    {
        var answer = broker.Ask(KafkaApi.ApiVersions, 3, new KafkaWriter().Byte(0).CompactText("bf").CompactText("1").Byte(0), cancel);
        if (answer.Short() != 0)
        {
            return null; // an old one
        }

        for (var apis = answer.Compact() - 1; apis > 0; apis--)
        {
            answer.Take(6);
            Skip(answer);
        }

        answer.Int(); // throttled
        for (var tags = answer.Compact(); tags > 0; tags--)
        {
            var (tag, length) = (answer.Compact(), answer.Compact());
            var field = new KafkaReader(answer.Take(length).ToArray());
            if (tag == SupportedFeatures)
            {
                return Release(field);
            }
        }

        return null;
    }

    private static string? Release(KafkaReader features)
    {
        for (var count = features.Compact() - 1; count > 0; count--)
        {
            var name = System.Text.Encoding.UTF8.GetString(features.Take(features.Compact() - 1));
            features.Short(); // the oldest
            var newest = features.Short();
            Skip(features);
            if (name == "metadata.version")
            {
                return Array.Find(Releases, r => newest >= r.Level).Release;
            }
        }

        return null;
    }

    private static void Skip(KafkaReader reader)
    {
        for (var tags = reader.Compact(); tags > 0; tags--)
        {
            reader.Compact();
            reader.Take(reader.Compact());
        }
    }
}
