using System.CommandLine;

namespace Bf.Cli;

/// <summary>Options that take one of some words.</summary>
internal static class OptionChoices
{
    /// <summary>
    /// Accepts these words only, in this spelling, and offers them for completion. The library's own AcceptOnlyFromAmong lets a command's name
    /// pass, because it looks at the words that it took for arguments: <c>--side run</c> after <c>backtest run</c>.
    /// </summary>
    public static void AcceptOnly<T>(this Option<T> option, params string[] words)
    {
        option.CompletionSources.Clear();
        option.CompletionSources.Add(words);
        option.Validators.Add(given =>
        {
            foreach (var token in given.Tokens)
            {
                if (Array.IndexOf(words, token.Value) < 0)
                {
                    given.AddError($"{option.Name}: '{token.Value}' is not one of {string.Join(", ", words)}");
                    return;
                }
            }
        });
    }
}
