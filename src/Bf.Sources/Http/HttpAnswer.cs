using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Bf.Sources.Http;

/// <summary>A server's answer, read whole.</summary>
/// <param name="Status">The status.</param>
/// <param name="Body">The content.</param>
/// <param name="RetryAfter">How long the server asks to wait, or null.</param>
public sealed partial record HttpAnswer(HttpStatusCode Status, byte[] Body, TimeSpan? RetryAfter = null)
{
    /// <summary>Whether the status is 200.</summary>
    public bool Ok => Status == HttpStatusCode.OK;

    /// <summary>Whether the content is a web page: a consent form, a block, a notice of maintenance.</summary>
    public bool IsWebPage => Body.AsSpan().TrimStart(" \t\r\n\uFEFF"u8) is [(byte)'<', ..];

    /// <summary>Whether it is worth to ask again.</summary>
    public bool IsPassing => Status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || (int)Status >= 500;

    /// <summary>The beginning of the content, as one line for a message.</summary>
    public string Beginning
    {
        get
        {
            var text = Blank().Replace(Encoding.UTF8.GetString(Body.AsSpan(0, Math.Min(Body.Length, 400))), " ").Trim();
            return text.Length <= 100 ? text : text[..100] + "...";
        }
    }

    [GeneratedRegex(@"[\s\p{C}]+")]
    private static partial Regex Blank();
}
