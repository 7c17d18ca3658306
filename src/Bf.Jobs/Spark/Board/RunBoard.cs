using Bf.Jobs.Spark.Connect;

namespace Bf.Jobs.Spark.Board;

/// <summary>
/// The sessions in which bf is at work, for all to see who use the same Spark Connect server: each leaves a global temporary view whose name
/// says where the session is. The protocol has no list of sessions, and Spark's own REST API stands on another port, which is often switched
/// off or not open to users; views of this kind are shared by all sessions, cost nothing, and go with the server.
/// </summary>
internal static class RunBoard
{
    // spark.sql.globalTempDatabase renames it
    private const string UsualDatabase = "global_temp";

    /// <summary>Puts up where a session is.</summary>
    public static void Post(SparkSession session, SessionPlace place) =>
        session.Execute($"CREATE OR REPLACE GLOBAL TEMPORARY VIEW {place.ToName()} AS SELECT 'a run of bf' AS what");

    /// <summary>Takes it down.</summary>
    public static void Remove(SparkSession session, SessionPlace place, CancellationToken cancel = default) =>
        session.Execute($"DROP VIEW IF EXISTS {Database(session)}.{place.ToName()}", cancel: cancel);

    /// <summary>The sessions that are up.</summary>
    public static IReadOnlyList<SessionPlace> Read(SparkSession session, CancellationToken cancel)
    {
        List<SessionPlace> places = [];
        foreach (var batch in session.Show($"SHOW VIEWS IN {Database(session)} LIKE '{SessionPlace.Prefix}*'", cancel))
        {
            var name = batch.Column("viewName");
            for (var row = 0; row < batch.Rows; row++)
            {
                if (SessionPlace.TryParse(batch.Text(name, row), out var place))
                {
                    places.Add(place);
                }
            }
        }

        return places;
    }

    private static string Database(SparkSession session) => session.Get("spark.sql.globalTempDatabase") ?? UsualDatabase;
}
