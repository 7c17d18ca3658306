using System.Text;

namespace Bf.EndToEnd;

/// <summary>Messages that are no bars, of many kinds, and the rule that each breaks.</summary>
internal static class BrokenMessages
{
    private const string Whole = """{"ts":"2023-03-01T00:00:00Z","symbol":"S01","o":10,"h":11,"l":9,"c":10,"a":10,"v":100}""";

    private static readonly (string? Key, byte[]? Value, string Rule)[] Kinds =
    [
        ("S01", "hello"u8.ToArray(), "unreadable_message"),
        ("S01", Encoding.UTF8.GetBytes(Whole[..^7]), "unreadable_message"),
        ("S01", [0xff, 0x00, 0xfe, 0x7b, 0x22], "unreadable_message"),
        ("S01", [], "unreadable_message"),
        ("S01", null, "unreadable_message"),
        ("S01", "[1,2,3]"u8.ToArray(), "unreadable_message"),
        ("S01", Encoding.UTF8.GetBytes($$"""{"x":{{new string('[', 3000)}}"""), "unreadable_message"),
        ("S01", Encoding.UTF8.GetBytes(Whole + Whole), "unreadable_message"),
        ("S01", With("\"o\":10", "\"o\":true"), "unreadable_message"),
        ("S01", With("\"o\":10", "\"o\":\"ten\""), "unreadable_number"),
        ("S01", With("\"c\":10", "\"c\":\"NaN\""), "price_not_finite"),
        ("S01", With("\"h\":11", "\"h\":1e999"), "price_not_finite"),
        ("S01", With("\"l\":9", "\"l\":-9"), "price_not_positive"),
        ("S01", With("\"h\":11", "\"h\":8"), "high_below_low"),
        ("S01", With("\"v\":100", "\"v\":-100"), "volume_negative"),
        ("S01", With("2023-03-01", "2999-03-01"), "future_date"),
        ("S01", With("2023-03-01", "2023-33-01"), "unreadable_date"),
        ("S01", With("00:00:00", "09:35:00"), "other_interval"),
        ("S01", With("\"symbol\":\"S01\",", ""), "symbol_missing"),
        (null, Encoding.UTF8.GetBytes(Whole), "no_key"),
        ("S02", Encoding.UTF8.GetBytes(Whole), "key_differs"),
        ("S01", With("S01", "s02"), "key_differs"),
    ];

    /// <summary>One of them.</summary>
    public static (byte[]? Key, byte[]? Value, string Rule) Of(int number)
    {
        var (key, value, rule) = Kinds[number % Kinds.Length];
        return number % 8191 == 8190 ? (null, LargeText(), "unreadable_message") : (key is null ? null : Encoding.UTF8.GetBytes(key), value, rule);
    }

    private static byte[] With(string part, string instead) => Encoding.UTF8.GetBytes(Whole.Replace(part, instead, StringComparison.Ordinal));

    /// <summary>Nearly the most that Kafka takes.</summary>
    private static byte[] LargeText()
    {
        var text = new byte[990_000];
        text.AsSpan().Fill((byte)'x');
        return text;
    }
}
