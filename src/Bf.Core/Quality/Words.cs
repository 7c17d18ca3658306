using System.Globalization;

namespace Bf.Core.Quality;

/// <summary>Numbers in the checks' sentences.</summary>
internal static class Words
{
    public static string Number(double n) => n.ToString("#,0.####", CultureInfo.InvariantCulture);

    public static string Count(long n, string one) => $"{Number(n)} {one}{(n == 1 ? "" : "s")}";

    public static string Percent(double part, double whole) => string.Create(CultureInfo.InvariantCulture, $"{(whole > 0 ? 100 * part / whole : 0):0.##} %");
}
