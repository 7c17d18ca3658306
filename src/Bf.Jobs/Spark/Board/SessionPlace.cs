using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Bf.Jobs.Spark.Board;

/// <summary>What it takes to reach a session on a Spark Connect server from another process: whoever knows it may read its settings and interrupt it.</summary>
/// <param name="Session">The session's id.</param>
/// <param name="ServerSide">The server's own id of it, told back so that a session that has ended is not begun anew by asking for it.</param>
/// <param name="User">The user under whom the server keeps it.</param>
internal readonly record struct SessionPlace(Guid Session, Guid ServerSide, string User)
{
    /// <summary>How the names of the board's views begin.</summary>
    public const string Prefix = "bf_run_";

    /// <summary>The place as the name of a view.</summary>
    public string ToName() => $"{Prefix}{Session:N}_{ServerSide:N}_{Convert.ToHexStringLower(Encoding.UTF8.GetBytes(User))}";

    /// <summary>Reads a view's name.</summary>
    public static bool TryParse(string name, out SessionPlace place)
    {
        place = default;
        if (!name.StartsWith(Prefix, StringComparison.Ordinal) || name[Prefix.Length..].Split('_') is not [var session, var server, var user]
            || !Guid.TryParseExact(session, "N", out var id) || !Guid.TryParseExact(server, "N", out var serverSide) || !TryHex(user, out var bytes))
        {
            return false;
        }

        place = new(id, serverSide, Encoding.UTF8.GetString(bytes));
        return true;
    }

    private static bool TryHex(string text, [NotNullWhen(true)] out byte[]? bytes)
    {
        var even = text.Length > 0 && text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit);
        bytes = even ? Convert.FromHexString(text) : null;
        return even;
    }
}
