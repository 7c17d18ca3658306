using System.Net;
using System.Text;
using Bf.Core.Market;
using Bf.Sources.Fetch;
using Bf.Sources.Http;
using Bf.Sources.Yahoo;

namespace Bf.Sources.Tests.Fetch;

public sealed class MutatedAnswerTests
{
    private static readonly string[] Tokens = ["null", "[]", "{}", "-1", "1e300", "99999999999999999999", "\"\"", "true", "0.5", "}", "]", ",", "\0"];

    [Theory]
    [InlineData("1d")]
    [InlineData("5m")]
    public void A_mutated_chart_is_read_or_refused(string interval)
    {
        using var server = new FakeServer();
        var good = server.Chart(Asking.January("AAPL", 5, 6, 7), interval).ToJsonString();
        var request = new SourceRequest("AAPL", null, Asking.Day(2026, 2, 1), Interval.Parse(interval));
        var random = new Random(5);
        var (read, refused) = (0, 0);
        for (var i = 0; i < 5000; i++)
        {
            var text = Mutate(good, random);
            try
            {
                var answer = YahooChart.Read(new HttpAnswer(HttpStatusCode.OK, Encoding.UTF8.GetBytes(text)), request, server.Now);
                Assert.InRange(answer.Rows.Count + answer.Gaps + answer.Unfinished, 0, 4);
                read++;
            }
            catch (SourceException)
            {
                refused++;
            }
            catch (Exception e)
            {
                Assert.Fail($"{e.GetType().Name} {e.Message}: {text}");
            }
        }

        Assert.True(read > 100 && refused > 100, $"{read} read, {refused} refused");
    }

    // cuts, doubled stretches, other bytes, and other values in place of one
    private static string Mutate(string text, Random random)
    {
        var at = random.Next(text.Length);
        var length = Math.Min(random.Next(1, 30), text.Length - at);
        switch (random.Next(5))
        {
            case 0:
                return text[..at];
            case 1:
                return text[..at] + text[(at + length)..];
            case 2:
                return text.Insert(random.Next(text.Length), text.Substring(at, length));
            case 3:
                return text[..at] + (char)random.Next(1, 256) + text[(at + 1)..];
            default:
                var value = text.IndexOfAny([':', ','], at);
                var end = value < 0 ? -1 : text.IndexOfAny([',', '}', ']'], value + 1);
                return end < 0 ? text : text[..(value + 1)] + Tokens[random.Next(Tokens.Length)] + text[end..];
        }
    }
}
