using System.Text;

namespace Bf.Cli;

/// <summary>Text in lines of a width.</summary>
internal static class Words
{
    /// <summary>The text in lines of at most <paramref name="width"/> characters, broken at spaces; a word that is longer stands alone.</summary>
    public static IEnumerable<string> Fold(string text, int width)
    {
        var line = new StringBuilder();
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear().Append(word);
            }
            else
            {
                line.Append(line.Length > 0 ? " " : "").Append(word);
            }
        }

        yield return line.ToString();
    }
}
