namespace Bf.Sources.Synthetic;

/// <summary>Invented tickers that can be spoken: BAKO, TIMUR, ...; no two indices share one.</summary>
internal static class Tickers
{
    private const string Consonants = "BCDFGHJKLMNPQRSTVWXZ";
    private const string Vowels = "AEIOU";
    private const int Scatter = 7919; // a prime that divides neither number of tickers
    private const int Short = 10_000;
    private const int Long = 200_000;

    /// <summary>The ticker of an index below 210,000.</summary>
    public static string Of(int index)
    {
        var number = index < Short ? (long)index * Scatter % Short : (long)(index - Short) * Scatter % Long;
        return string.Create(index < Short ? 4 : 5, number, (letters, rest) =>
        {
            for (var i = 0; i < letters.Length; i++)
            {
                var of = i % 2 == 0 ? Consonants : Vowels;
                letters[i] = of[(int)(rest % of.Length)];
                rest /= of.Length;
            }
        });
    }
}
