using System.Text;

namespace Bf.Cli;

/// <summary>The command line is wrong in a way that only the command itself can tell.</summary>
internal sealed class UsageException(string message) : Exception(message)
{
    /// <summary>What a settings record says of one of its fields, under the name of the option that gives it: StopLoss is --stop-loss.</summary>
    public static UsageException Of(ArgumentException e) =>
        new(e.ParamName is { } field && e.Message.StartsWith(field, StringComparison.Ordinal) ? OptionOf(field) + e.Message[field.Length..] : e.Message);

    private static string OptionOf(string field)
    {
        var option = new StringBuilder("-");
        foreach (var c in field)
        {
            option.Append(char.IsUpper(c) ? "-" : "").Append(char.ToLowerInvariant(c));
        }

        return option.ToString();
    }
}
