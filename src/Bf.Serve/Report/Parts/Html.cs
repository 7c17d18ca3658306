using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace Bf.Serve.Report.Parts;

/// <summary>
/// Builds markup from interpolated strings: what stands in the literal is markup, what stands in a hole is text and gets escaped,
/// unless it is <see cref="Html"/> itself. So nothing that comes from data can become markup by oversight.
/// Holes take text, whole numbers and markup only; other numbers go through <see cref="Format"/> first.
/// </summary>
internal sealed class Html
{
    private readonly StringBuilder _text = new();

    /// <summary>Markup from one interpolated string.</summary>
    public static Html Of(Handler handler) => handler.Html;

    /// <summary>Adds markup.</summary>
    public Html Add([InterpolatedStringHandlerArgument("")] Handler handler)
    {
        _ = handler;
        return this;
    }

    public override string ToString() => _text.ToString();

    /// <summary>Takes an interpolated string apart; the compiler calls it.</summary>
    [InterpolatedStringHandler]
    public readonly struct Handler
    {
        public Handler(int literalLength, int formattedCount) => Html = new();

        public Handler(int literalLength, int formattedCount, Html html) => Html = html;

        public Html Html { get; }

        public void AppendLiteral(string markup) => Html._text.Append(markup);

        public void AppendFormatted(string? text) => Html._text.Append(WebUtility.HtmlEncode(text));

        public void AppendFormatted(long number) => Html._text.Append(number);

        public void AppendFormatted(Html? markup) => Html._text.Append(markup?._text);
    }
}
